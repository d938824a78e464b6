package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
)

const (
	someProvider  = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
	someBoundary  = "arn:aws:iam::123456789012:policy/boundary"
	someQueue     = "arn:aws:sqs:eu-west-1:123456789012:orders"
	someSecret    = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/db-AbCdEf"
	someParameter = "arn:aws:ssm:eu-west-1:123456789012:parameter/acme/mode"
	someStream    = "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/acme"
	someImages    = "arn:aws:ecr:eu-west-1:123456789012:repository/acme/api"
	someState     = "arn:aws:s3:::acme-pulumi-state"
	readQueue     = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:GetQueueAttributes","Resource":"` + someQueue + `"}]}`
)

var (
	infra       = identity.GitHubRepository{Owner: "acme", OwnerId: "1234", Name: "infra", Id: "5678"}
	infraObject = object{"owner": "acme", "ownerId": "1234", "name": "infra", "id": "5678"}
)

var _ = addTwins(map[string]twin{
	identity.TaskRoleType: {
		inputs: object{
			"labels": labelsObject, "roleName": "audio-api", "permissionsBoundaryArn": someBoundary,
			"statements": []any{object{
				"sid": "Orders", "actions": []any{"sqs:SendMessage"}, "resourceArns": []any{someQueue},
				"conditions": []any{object{"operator": "Bool", "key": "aws:SecureTransport", "values": []any{"true"}}},
			}},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := identity.NewTaskRole(ctx, "it", &identity.TaskRoleArgs{
				Labels: labels, RoleName: "audio-api", PermissionsBoundaryArn: pulumi.String(someBoundary),
				Statements: []identity.Statement{{
					Sid: "Orders", Actions: []string{"sqs:SendMessage"}, ResourceArns: pulumi.ToStringArray([]string{someQueue}),
					Conditions: []identity.Condition{{
						Operator: identity.Bool, Key: "aws:SecureTransport", Values: pulumi.ToStringArray([]string{"true"}),
					}},
				}},
			})
			return err
		},
	},
	identity.ExecutionRoleType: {
		inputs: object{
			"labels": labelsObject, "logGroupArns": []any{someStream}, "repositoryArns": []any{someImages},
			"secretArns": []any{someSecret + ":username::"}, "parameterArns": []any{someParameter}, "keyArns": []any{someKey},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := identity.NewExecutionRole(ctx, "it", &identity.ExecutionRoleArgs{
				Labels: labels, LogGroupArns: pulumi.ToStringArray([]string{someStream}),
				RepositoryArns: pulumi.ToStringArray([]string{someImages}),
				SecretArns:     pulumi.ToStringArray([]string{someSecret + ":username::"}),
				ParameterArns:  pulumi.ToStringArray([]string{someParameter}), KeyArns: pulumi.ToStringArray([]string{someKey}),
			})
			return err
		},
	},
	identity.GitHubProviderType: {
		inputs: object{"labels": labelsObject, "lifecycle": "disposable"},
		program: func(ctx *pulumi.Context) error {
			_, err := identity.NewGitHubProvider(ctx, "it", &identity.GitHubProviderArgs{
				Labels: labels, Lifecycle: lifecycle.Disposable,
			})
			return err
		},
	},
	identity.DeployRoleType: {
		inputs: object{
			"labels": labelsObject, "providerArn": someProvider, "repository": infraObject, "gitHubEnvironment": "prod",
			"regions": []any{"eu-west-1"}, "allowDestroy": true, "sessionMinutes": 90.0,
			"state": object{"bucketArn": someState, "prefix": "test/", "secretsKeyArn": someKey},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := identity.NewDeployRole(ctx, "it", &identity.DeployRoleArgs{
				Labels: labels, ProviderArn: pulumi.String(someProvider), Repository: infra, GitHubEnvironment: "prod",
				Regions: []string{"eu-west-1"}, AllowDestroy: true, SessionMinutes: 90,
				State: &identity.PulumiState{
					BucketArn: pulumi.String(someState), Prefix: "test/", SecretsKeyArn: pulumi.String(someKey),
				},
			})
			return err
		},
	},
	identity.PreviewRoleType: {
		inputs: object{
			"labels": labelsObject, "providerArn": someProvider, "repository": infraObject,
			"policyDocuments": []any{readQueue}, "subjects": []any{"repo:acme/infra:environment:plans"},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := identity.NewPreviewRole(ctx, "it", &identity.PreviewRoleArgs{
				Labels: labels, ProviderArn: pulumi.String(someProvider), Repository: infra,
				PolicyDocuments: []string{readQueue}, Subjects: []string{"repo:acme/infra:environment:plans"},
			})
			return err
		},
	},
})
