package identity_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

func executionRole(change func(*identity.ExecutionRoleArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := identity.ExecutionRoleArgs{Labels: labels}
		change(&args)
		_, err := identity.NewExecutionRole(ctx, "api", &args)
		return err
	}
}

func everyExecution(a *identity.ExecutionRoleArgs) {
	a.RoleName = "audio-api-execution"
	a.PermissionsBoundaryArn = pulumi.String("arn:aws:iam::aws:policy/PowerUserAccess")
	a.LogGroupArns = strs(someLogGroup, "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/sidecar:*")
	a.RepositoryArns = strs(someRepository, "arn:aws:ecr:us-east-1:210987654321:repository/base")
	a.RegistryAccountIds = []string{"210987654321"}
	a.SecretArns = strs(someSecret, someSecret+":username::", someSecret+":password:AWSPREVIOUS:")
	a.ParameterArns = strs(someParameter)
	a.KeyArns = strs(someKey)
	a.LogKeyArns = strs(someKey)
}

func TestExecutionRoleConforms(t *testing.T) {
	unknown := pulumi.StringArray{componenttest.UnknownString()}
	componenttest.Conform(t, componenttest.Case{
		Token: identity.ExecutionRoleType, Golden: "execution-role",
		Args: identity.ExecutionRoleArgs{}, Component: identity.ExecutionRole{},
		Minimal: executionRole(func(*identity.ExecutionRoleArgs) {}),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := identity.NewExecutionRole(ctx, "api", nil)
			return err
		},
		Unknown: executionRole(func(a *identity.ExecutionRoleArgs) {
			a.LogGroupArns, a.RepositoryArns, a.SecretArns, a.ParameterArns, a.KeyArns = unknown, unknown, unknown, unknown, unknown
			a.LogKeyArns = unknown
			a.PermissionsBoundaryArn = componenttest.UnknownString()
		}),
		Variants: map[string]pulumi.RunFunc{
			"everything": executionRole(everyExecution),
			"nothing":    executionRole(func(a *identity.ExecutionRoleArgs) { a.SecretArns = strs() }),
			"logs": executionRole(func(a *identity.ExecutionRoleArgs) {
				a.LogGroupArns = strs(someLogGroup)
			}),
		},
		Bad: []componenttest.Bad{
			{Name: "everything at once", Program: func(ctx *pulumi.Context) error {
				_, err := identity.NewExecutionRole(ctx, "api", &identity.ExecutionRoleArgs{
					Labels: labels, RoleName: "a role", PermissionsBoundaryArn: pulumi.String("x"),
					LogGroupArns:       strs("/ecs/acme", "arn:aws:logs:eu-west-1:123456789012:log-group:*"),
					RepositoryArns:     strs("123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api", someRepository, someRepository),
					SecretArns:         strs("acme/db", someSecret[:len(someSecret)-7]),
					ParameterArns:      strs("/acme/mode", "arn:aws:ssm:eu-west-1:123456789012:parameter/acme/*"),
					KeyArns:            strs("alias/acme"),
					RegistryAccountIds: []string{"acme", "210987654321", "210987654321"},
				})
				return err
			}, Problems: []string{
				"roleName: role-name", "permissionsBoundaryArn: permissions-boundary",
				"logGroupArns[0]: log-group-arn", "logGroupArns[1]: log-group-arn",
				"repositoryArns[0]: repository-arn", "repositoryArns[2]: duplicate", "secretArns[0]: secret-arn",
				"secretArns[1]: secret-arn", "parameterArns[0]: parameter-arn", "parameterArns[1]: parameter-arn",
				"keyArns[0]: key-arn", "registryAccountIds[0]: account-id", "registryAccountIds[2]: duplicate",
			}},
			{Name: "secret suffixes", Program: executionRole(func(a *identity.ExecutionRoleArgs) {
				a.SecretArns = strs(someSecret+":username", someSecret+":username:", someSecret+":username:AWSCURRENT:id", someSecret+":::")
			}), Problems: []string{
				"secretArns[0]: secret-suffix", "secretArns[1]: secret-suffix", "secretArns[2]: secret-suffix", "secretArns[3]: secret-suffix",
			}},
			{
				Name: "keys of nothing", Program: executionRole(func(a *identity.ExecutionRoleArgs) { a.KeyArns = strs(someKey) }),
				Problems: []string{"keyArns: execution-keys"},
			},
			{
				Name: "keys of no log group", Program: executionRole(func(a *identity.ExecutionRoleArgs) { a.LogKeyArns = strs(someKey, "x") }),
				Problems: []string{"logKeyArns[1]: key-arn", "logKeyArns: execution-keys"},
			},
			{
				Name: "no labels", Program: executionRole(func(a *identity.ExecutionRoleArgs) { a.Labels.Owner = "" }),
				Problems: []string{"labels.owner: label-required"},
			},
		},
	})
}

func TestAMissingColonIsShownWhereItBelongs(t *testing.T) {
	_, err := componenttest.Update(executionRole(func(a *identity.ExecutionRoleArgs) { a.SecretArns = strs(someSecret + ":username") }))
	require.ErrorContains(t, err, `bulwark:identity:ExecutionRole "api": secretArns[0]: "`+someSecret+`:username": `+
		"expected a secret followed by :json-key:version-stage:version-id, all three colons included; "+
		"fix: write for example "+someSecret+":username::")
}

func TestArnsOfAnotherAccountOrRegionAreRefused(t *testing.T) {
	known := func(text string) pulumi.StringArray {
		return pulumi.StringArray{pulumi.String("").ToStringOutput().ApplyT(func(string) string { return text }).(pulumi.StringOutput)}
	}
	_, err := componenttest.Update(executionRole(func(a *identity.ExecutionRoleArgs) {
		a.LogGroupArns = strs("arn:aws:logs:eu-west-1:210987654321:log-group:/ecs/acme")
		a.RepositoryArns = strs("arn:aws:ecr:eu-west-1:210987654321:repository/acme")
		a.SecretArns = known("arn:aws:secretsmanager:us-east-1:123456789012:secret:acme/db-AbCdEf")
		a.ParameterArns = known("acme")
	}))
	require.ErrorContains(t, err, `bulwark:identity:ExecutionRole "api": 4 problems:`)
	for _, line := range []string{
		`logGroupArns[0]: "arn:aws:logs:eu-west-1:210987654321:log-group:/ecs/acme": expected one of account 123456789012`,
		`repositoryArns[0]: "arn:aws:ecr:eu-west-1:210987654321:repository/acme": expected one of account 123456789012, ` +
			"that of the role; fix: add its account to registryAccountIds",
		`secretArns[0]: "arn:aws:secretsmanager:us-east-1:123456789012:secret:acme/db-AbCdEf": expected one in eu-west-1`,
		`parameterArns[0]: "acme": expected the ARN of an SSM parameter`,
	} {
		assert.ErrorContains(t, err, line)
	}
}

func TestASecretIsNamedWithoutItsSuffix(t *testing.T) {
	text, _ := policyOf(t, executionRole(everyExecution))
	assert.Contains(t, text, `"Resource":"`+someSecret+`"`)
	assert.NotContains(t, text, "username")
	assert.NotContains(t, text, "AWSPREVIOUS")
}

func TestAnExecutionRoleThatTurnsOutToBeForNothingIsRefused(t *testing.T) {
	_, err := componenttest.Update(executionRole(func(a *identity.ExecutionRoleArgs) {
		a.SecretArns = strs().ToStringArrayOutput().ApplyT(func(v []string) []string { return v }).(pulumi.StringArrayOutput)
	}))
	require.ErrorContains(t, err, `secretArns: missing: expected at least one ARN; fix: leave the list out if there is none`)
}

func TestAListThatTurnsOutToBeEmptyIsLeftOut(t *testing.T) {
	_, d := policyOf(t, executionRole(func(a *identity.ExecutionRoleArgs) {
		a.LogGroupArns = strs(someLogGroup)
		a.RepositoryArns = strs().ToStringArrayOutput().ApplyT(func(v []string) []string { return v }).(pulumi.StringArrayOutput)
	}))
	require.Len(t, d.Statements, 1)
	assert.Equal(t, "Logs", d.Statements[0].Sid)
}

// What the role may do with each key, through each service, and what it may not.
func TestAnExecutionRoleDecryptsNothingElse(t *testing.T) {
	_, d := policyOf(t, executionRole(everyExecution))
	through := func(service, context, arn string) iampolicy.Context {
		return iampolicy.Context{"kms:ViaService": {service + ".eu-west-1.amazonaws.com"}, "kms:EncryptionContext:" + context: {arn}}
	}
	for _, c := range []struct {
		action, resource string
		context          iampolicy.Context
		want             iampolicy.Decision
	}{
		{"secretsmanager:GetSecretValue", someSecret, nil, iampolicy.Allowed},
		{"ssm:GetParameters", someParameter, nil, iampolicy.Allowed},
		{"kms:Decrypt", someKey, through("secretsmanager", "SecretARN", someSecret), iampolicy.Allowed},
		{"kms:Decrypt", someKey, through("ssm", "PARAMETER_ARN", someParameter), iampolicy.Allowed},
		{"kms:GenerateDataKey", someKey, through("logs", "aws:logs:arn", someLogGroup), iampolicy.Allowed},
		{"logs:PutLogEvents", someLogGroup + ":log-stream:api/1", nil, iampolicy.Allowed},
		{"ecr:BatchGetImage", someRepository, nil, iampolicy.Allowed},
		{"ecr:GetAuthorizationToken", "*", nil, iampolicy.Allowed},

		{"secretsmanager:GetSecretValue", someSecret + "2", nil, iampolicy.ImplicitDeny},
		{"secretsmanager:PutSecretValue", someSecret, nil, iampolicy.ImplicitDeny},
		{"ssm:GetParameters", someParameter + "2", nil, iampolicy.ImplicitDeny},
		{"kms:Decrypt", someKey, nil, iampolicy.ImplicitDeny},
		{"kms:Decrypt", someKey, through("secretsmanager", "SecretARN", someSecret+"2"), iampolicy.ImplicitDeny},
		{"kms:Decrypt", someKey, through("s3", "aws:s3:arn", audioBucket), iampolicy.ImplicitDeny},
		{"kms:GenerateDataKey", someKey, through("secretsmanager", "SecretARN", someSecret), iampolicy.ImplicitDeny},
		{"logs:PutLogEvents", someLogGroup + "-2:log-stream:api/1", nil, iampolicy.ImplicitDeny},
		{"logs:CreateLogGroup", someLogGroup, nil, iampolicy.ImplicitDeny},
		{"ecr:PutImage", someRepository, nil, iampolicy.ImplicitDeny},
		{"ecr:BatchGetImage", someRepository + "-2", nil, iampolicy.ImplicitDeny},
		{"s3:GetObject", audioBucket + "/uploads/a.mp3", nil, iampolicy.ImplicitDeny},
	} {
		assert.Equal(t, c.want, decide(t, d, c.action, c.resource, c.context), "%s on %s with %v", c.action, c.resource, c.context)
	}
}
