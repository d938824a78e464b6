package identity

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
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
	// LogKeyArns are the KMS keys of your own that encrypt these log groups. Default: none.
	LogKeyArns pulumi.StringArrayInput `pulumi:"logKeyArns,optional"`
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

// GitHubProviderArgs are the arguments of NewGitHubProvider.
type GitHubProviderArgs struct {
	// Labels become the tags of the provider.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: protected and retained, because every pipeline of the account needs it.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
}

// DeployRoleArgs are the arguments of NewDeployRole.
type DeployRoleArgs struct {
	// Labels become the tags of role and policies. Project and environment are those of the stack that the role deploys:
	// the role's permissions are kept to their names and tags.
	Labels tagging.Labels `pulumi:"labels"`
	// Provider makes the account trust GitHub. Required, unless ProviderArn is given.
	Provider *GitHubProvider `sibling:"providerArn"`
	// ProviderArn is the ARN of the account's existing provider for GitHub, instead of Provider. Required (in Go: or
	// Provider).
	ProviderArn pulumi.StringInput `pulumi:"providerArn,optional"`
	// Repository is the repository whose workflows deploy.
	Repository GitHubRepository `pulumi:"repository"`
	// GitHubEnvironment is the protected environment of the repository in which the job runs that deploys: whoever
	// GitHub's protection rules let into it gets the role. Default: the environment of the labels.
	GitHubEnvironment string `pulumi:"gitHubEnvironment,optional"`
	// Subjects are the subjects of the tokens that are let in, for a repository with a template of its own for them, such
	// as repo:acme/infra:environment:prod:job_workflow_ref:acme/flows/.github/workflows/deploy.yml@refs/heads/main.
	// Default: those of Repository and GitHubEnvironment.
	Subjects []string `pulumi:"subjects,optional"`
	// RoleName is the name of the role, 1 to 64 letters, digits and + = , . @ _ -. Another name replaces the role.
	// Default: <project>-<environment> and -deploy.
	RoleName string `pulumi:"roleName,optional"`
	// Regions are where the stack has resources; in others the role can do nothing. Default: every region.
	Regions []string `pulumi:"regions,optional"`
	// AllowDestroy lets the role delete what holds data or evidence: buckets, keys, log groups, trails, hosted zones.
	// Without it a stack can be updated and not be taken down. Default: false.
	AllowDestroy bool `pulumi:"allowDestroy,optional"`
	// CreatedRoleNames are names of roles, with wildcards or without, that the stack makes besides those that begin with
	// <project>-<environment>-. Default: none.
	CreatedRoleNames []string `pulumi:"createdRoleNames,optional"`
	// CreatedRoleBoundaryArn is the ARN of the permissions boundary without which the role can make no role. Default:
	// none.
	CreatedRoleBoundaryArn string `pulumi:"createdRoleBoundaryArn,optional"`
	// State is the bucket with Pulumi's state. Default: none, for state in Pulumi Cloud.
	State *PulumiState `pulumi:"state,optional"`
	// PolicyDocuments are further policies in JSON, at most 6144 characters each, for resources that the stack has beside
	// Bulwark's. Each becomes a managed policy; with those that the role has anyway there can be 10. Default: none.
	PolicyDocuments []string `pulumi:"policyDocuments,optional"`
	// SessionMinutes is how long a session may last, 60 to 720 minutes. Default: 60.
	SessionMinutes int `pulumi:"sessionMinutes,optional"`
	// PermissionsBoundaryArn is the ARN of the managed policy that limits what the role can be allowed. Default: none.
	PermissionsBoundaryArn pulumi.StringInput `pulumi:"permissionsBoundaryArn,optional"`
}

// PreviewRoleArgs are the arguments of NewPreviewRole.
type PreviewRoleArgs struct {
	// Labels become the tags of role and policies. Project and environment are those of the stack that is previewed.
	Labels tagging.Labels `pulumi:"labels"`
	// Provider makes the account trust GitHub. Required, unless ProviderArn is given.
	Provider *GitHubProvider `sibling:"providerArn"`
	// ProviderArn is the ARN of the account's existing provider for GitHub, instead of Provider. Required (in Go: or
	// Provider).
	ProviderArn pulumi.StringInput `pulumi:"providerArn,optional"`
	// Repository is the repository whose workflows preview.
	Repository GitHubRepository `pulumi:"repository"`
	// GitHubEnvironment is the environment of the repository in which the job runs that previews. It must not be the one
	// that deploys. Default: <environment of the labels>-preview.
	GitHubEnvironment string `pulumi:"gitHubEnvironment,optional"`
	// Subjects are the subjects of the tokens that are let in, for a repository with a template of its own for them.
	// Default: those of Repository and GitHubEnvironment.
	Subjects []string `pulumi:"subjects,optional"`
	// RoleName is the name of the role, 1 to 64 letters, digits and + = , . @ _ -. Another name replaces the role.
	// Default: <project>-<environment> and -preview.
	RoleName string `pulumi:"roleName,optional"`
	// Regions are where the stack has resources. Default: every region.
	Regions []string `pulumi:"regions,optional"`
	// State is the bucket with Pulumi's state, which the role can read only. Default: none, for state in Pulumi Cloud.
	State *PulumiState `pulumi:"state,optional"`
	// PolicyDocuments are further policies in JSON that allow reading only, at most 6144 characters each. Default: none.
	PolicyDocuments []string `pulumi:"policyDocuments,optional"`
	// SessionMinutes is how long a session may last, 60 to 720 minutes. Default: 60.
	SessionMinutes int `pulumi:"sessionMinutes,optional"`
	// PermissionsBoundaryArn is the ARN of the managed policy that limits what the role can be allowed. Default: none.
	PermissionsBoundaryArn pulumi.StringInput `pulumi:"permissionsBoundaryArn,optional"`
}

// PulumiState is where Pulumi keeps the state of a stack, for state in a bucket of your own: s3://<bucket>/<prefix>.
type PulumiState struct {
	// BucketArn is the ARN of the bucket.
	BucketArn pulumi.StringInput `pulumi:"bucketArn"`
	// Prefix is what follows the bucket in the address, with a closing /. Whoever can read the state of one stack there
	// can read that of all: keep environments apart. Default: none.
	Prefix string `pulumi:"prefix,optional"`
	// BucketKeyArn is the ARN of the KMS key that encrypts the bucket. Default: none, for SSE-S3 and aws/s3.
	BucketKeyArn pulumi.StringInput `pulumi:"bucketKeyArn,optional"`
	// SecretsKeyArn is the ARN of the KMS key of the secrets provider (awskms://). Default: none.
	SecretsKeyArn pulumi.StringInput `pulumi:"secretsKeyArn,optional"`
}

func (a *DeployRoleArgs) gitHubEnvironment() string {
	return cmp.Or(a.GitHubEnvironment, a.Labels.Environment)
}

func (a *PreviewRoleArgs) gitHubEnvironment() string {
	return cmp.Or(a.GitHubEnvironment, a.Labels.Environment+"-preview")
}

func (a *DeployRoleArgs) roleName() string { return pipelineRoleName(a.RoleName, a.Labels, "-deploy") }

func (a *PreviewRoleArgs) roleName() string {
	return pipelineRoleName(a.RoleName, a.Labels, "-preview")
}

// pipelineRoleName has no name of a component in it: there is one for each stack, and deployments are kept from
// changing roles that are called like this.
func pipelineRoleName(given string, labels tagging.Labels, ending string) string {
	return cmp.Or(given, naming.Role(naming.Base(labels.Project, labels.Environment, ""), ending))
}
