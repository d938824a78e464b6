//go:build sandbox

package identity_test

import (
	"net/url"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// roles makes every role of the package, with all that it can have.
func roles(ctx *pulumi.Context) error {
	bucket, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, AccessLogs: toggle.Disabled,
	})
	if err != nil {
		return err
	}
	key, err := encryption.NewKey(ctx, "secrets", &encryption.KeyArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Uses: []encryption.Use{encryption.UseSecrets},
	})
	if err != nil {
		return err
	}
	task, err := identity.NewTaskRole(ctx, "api", &identity.TaskRoleArgs{
		Labels:                 labels,
		Grants:                 []identity.Grant{bucket.ReadWrite("uploads/"), key.Decrypt(encryption.UseSecrets)},
		Statements:             []identity.Statement{{Sid: "Traces", Actions: []string{"xray:PutTraceSegments"}}},
		PermissionsBoundaryArn: pulumi.String("arn:aws:iam::aws:policy/PowerUserAccess"),
	})
	if err != nil {
		return err
	}
	execution, err := identity.NewExecutionRole(ctx, "api", &identity.ExecutionRoleArgs{
		Labels: labels, LogGroupArns: strs(someLogGroup), RepositoryArns: strs(someRepository),
		SecretArns: strs(someSecret + ":username::"), ParameterArns: strs(someParameter), KeyArns: pulumi.StringArray{key.KeyArn},
	})
	if err != nil {
		return err
	}
	provider, err := identity.NewGitHubProvider(ctx, "github", &identity.GitHubProviderArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable,
	})
	if err != nil {
		return err
	}
	deploy, err := identity.NewDeployRole(ctx, "deploy", &identity.DeployRoleArgs{
		Labels: labels, Provider: provider, Repository: infra, State: state(), SessionMinutes: 120,
		PolicyDocuments: []string{ownDocument},
	})
	if err != nil {
		return err
	}
	preview, err := identity.NewPreviewRole(ctx, "preview", &identity.PreviewRoleArgs{
		Labels: labels, Provider: provider, Repository: infra, State: state(),
	})
	if err != nil {
		return err
	}
	for name, output := range map[string]pulumi.StringOutput{
		"task": task.RoleName, "taskPolicy": task.PolicyJson, "execution": execution.RoleName,
		"executionPolicy": execution.PolicyJson, "provider": provider.ProviderArn, "deploy": deploy.RoleName,
		"preview": preview.RoleName,
	} {
		ctx.Export(name, output)
	}
	return nil
}

func TestRolesDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, roles, sandboxtest.Options{})
	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		client := iam.NewFromConfig(env.AWSConfig(""))
		plain := func(text *string) string {
			decoded, err := url.QueryUnescape(aws.ToString(text))
			require.NoError(t, err)
			return decoded
		}
		role := func(output string) *iam.GetRoleOutput {
			role, err := client.GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String(up.Output(t, output))})
			require.NoError(t, err)
			tags := map[string]string{}
			for _, tag := range role.Role.Tags {
				tags[*tag.Key] = *tag.Value
			}
			assert.Equal(t, "bulwark", tags["ManagedBy"], output)
			assert.Equal(t, "platform@acme.example", tags["Owner"], output)
			return role
		}
		inline := func(output, name string) string {
			policy, err := client.GetRolePolicy(t.Context(), &iam.GetRolePolicyInput{
				RoleName: aws.String(up.Output(t, output)), PolicyName: aws.String(name),
			})
			require.NoError(t, err)
			return plain(policy.PolicyDocument)
		}

		task := role("task")
		assert.Equal(t, "arn:aws:iam::aws:policy/PowerUserAccess", *task.Role.PermissionsBoundary.PermissionsBoundaryArn)
		assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Sid":"Tasks","Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:ecs:eu-west-1:123456789012:*"},"StringEquals":{"aws:SourceAccount":"123456789012"}}}]}`,
			plain(task.Role.AssumeRolePolicyDocument))
		assert.JSONEq(t, up.Output(t, "taskPolicy"), inline("task", "permissions"), "what was composed")
		assert.Contains(t, inline("task", "permissions"), `"s3:PutObject"`)

		execution := role("execution")
		assert.Nil(t, execution.Role.PermissionsBoundary)
		assert.JSONEq(t, up.Output(t, "executionPolicy"), inline("execution", "permissions"))
		assert.Contains(t, inline("execution", "permissions"), `"Resource":"`+someSecret+`"`)

		provider, err := client.GetOpenIDConnectProvider(t.Context(), &iam.GetOpenIDConnectProviderInput{
			OpenIDConnectProviderArn: aws.String(up.Output(t, "provider")),
		})
		require.NoError(t, err)
		assert.Equal(t, someProvider, up.Output(t, "provider"))
		assert.Equal(t, "token.actions.githubusercontent.com", *provider.Url)
		assert.Equal(t, []string{"sts.amazonaws.com"}, provider.ClientIDList)
		assert.NotEmpty(t, provider.Tags)

		for output, seconds := range map[string]int32{"deploy": 7200, "preview": 3600} {
			pipeline := role(output)
			assert.Equal(t, seconds, *pipeline.Role.MaxSessionDuration, output)
			assert.Contains(t, plain(pipeline.Role.AssumeRolePolicyDocument), `"repo:acme@1234/infra@5678:environment:test`)
			assert.Contains(t, inline(output, "state"), "arn:aws:s3:::acme-pulumi-state/test/.pulumi/*")
			attached, err := client.ListAttachedRolePolicies(t.Context(), &iam.ListAttachedRolePoliciesInput{RoleName: pipeline.Role.RoleName})
			require.NoError(t, err)
			assert.NotEmpty(t, attached.AttachedPolicies, output)
			for _, a := range attached.AttachedPolicies {
				policy, err := client.GetPolicy(t.Context(), &iam.GetPolicyInput{PolicyArn: a.PolicyArn})
				require.NoError(t, err)
				assert.NotEmpty(t, policy.Policy.Tags, *a.PolicyName)
				version, err := client.GetPolicyVersion(t.Context(), &iam.GetPolicyVersionInput{
					PolicyArn: a.PolicyArn, VersionId: policy.Policy.DefaultVersionId,
				})
				require.NoError(t, err)
				assert.LessOrEqual(t, len(plain(version.PolicyVersion.Document)), 6144, *a.PolicyName)
			}
		}
	})
}
