package identity

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/tagging"
)

// TaskRoleArgs are the arguments of NewTaskRole.
type TaskRoleArgs struct {
	// Labels become the tags of the role.
	Labels tagging.Labels `pulumi:"labels"`
	// RoleName is the name of the role, 1 to 64 letters, digits and + = , . @ _ -. Another name replaces the role.
	// Default: <project>-<environment>-<name> and -task.
	RoleName string `pulumi:"roleName,optional"`
	// Grants are what the application may do, as components hand it out: bucket.ReadWrite("uploads/"). Their order does
	// not matter. Default: none.
	Grants []Grant `sibling:"statements"`
	// Statements are permissions of your own, beside the grants. Default: none.
	Statements []Statement `pulumi:"statements,optional"`
	// PermissionsBoundaryArn is the ARN of the managed policy that limits what the role can be allowed. Default: none.
	PermissionsBoundaryArn pulumi.StringInput `pulumi:"permissionsBoundaryArn,optional"`
}

// ExecutionRoleArgs are the arguments of NewExecutionRole. What they name is all that the role may use; every ARN is of
// the role's own account and of its provider's region.
type ExecutionRoleArgs struct {
	// Labels become the tags of the role.
	Labels tagging.Labels `pulumi:"labels"`
	// RoleName is the name of the role, 1 to 64 letters, digits and + = , . @ _ -. Another name replaces the role.
	// Default: <project>-<environment>-<name> and -execution.
	RoleName string `pulumi:"roleName,optional"`
	// LogGroupArns are the log groups that the containers' logs go to, with or without the closing :*. Default: none.
	LogGroupArns pulumi.StringArrayInput `pulumi:"logGroupArns,optional"`
	// RepositoryArns are the ECR repositories that images are pulled from. Default: none.
	RepositoryArns pulumi.StringArrayInput `pulumi:"repositoryArns,optional"`
	// RegistryAccountIds are further accounts, of which RepositoryArns may name repositories, in any region: their
	// repositories' policies have to let this account in. Default: none.
	RegistryAccountIds []string `pulumi:"registryAccountIds,optional"`
	// SecretArns are the Secrets Manager secrets that are injected into containers, as the task definition names them:
	// complete ARNs, with or without :json-key:version-stage:version-id. Default: none.
	SecretArns pulumi.StringArrayInput `pulumi:"secretArns,optional"`
	// ParameterArns are the SSM parameters that are injected into containers. Default: none.
	ParameterArns pulumi.StringArrayInput `pulumi:"parameterArns,optional"`
	// KeyArns are the KMS keys of your own that encrypt these secrets and parameters. Default: none, which is enough for
	// aws/secretsmanager and aws/ssm.
	KeyArns pulumi.StringArrayInput `pulumi:"keyArns,optional"`
	// PermissionsBoundaryArn is the ARN of the managed policy that limits what the role can be allowed. Default: none.
	PermissionsBoundaryArn pulumi.StringInput `pulumi:"permissionsBoundaryArn,optional"`
}

// Statement is a permission of your own, for what no component hands out a grant.
type Statement struct {
	// Sid names the statement: 1 to 64 letters and digits. Statements with the same Sid may be merged. Default: Own.
	Sid string `pulumi:"sid,optional"`
	// Actions are what is allowed, such as sqs:SendMessage; at least one, without wildcards.
	Actions []string `pulumi:"actions"`
	// ResourceArns are what it is allowed on. A wildcard may follow the beginning of a name, never stand for it. Required,
	// unless none of the actions can be kept to a resource.
	ResourceArns pulumi.StringArrayInput `pulumi:"resourceArns,optional"`
	// Conditions all have to hold. Default: none.
	Conditions []Condition `pulumi:"conditions,optional"`
	// ResourceAccountId is the account of the resources, if it is not the role's own: their policies have to let the role
	// in. Default: the role's account.
	ResourceAccountId string `pulumi:"resourceAccountId,optional"`
}

// Condition narrows a statement down.
type Condition struct {
	// Operator compares, such as StringEquals.
	Operator Operator `pulumi:"operator"`
	// Key is a condition key that every action of the statement knows, such as aws:ResourceTag/Team.
	Key string `pulumi:"key"`
	// Values are what it is compared with; one of them has to match.
	Values pulumi.StringArrayInput `pulumi:"values"`
}
