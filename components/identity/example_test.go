package identity_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// serviceRoles makes the two roles of a service: the application stores uploads and sends traces, ECS pulls its image,
// opens its log and reads its database password.
func serviceRoles(
	ctx *pulumi.Context, labels tagging.Labels, audio *storage.Bucket, logGroupArn, repositoryArn, passwordArn pulumi.StringInput,
) (*identity.TaskRole, *identity.ExecutionRole, error) {
	task, err := identity.NewTaskRole(ctx, "api", &identity.TaskRoleArgs{
		Labels:     labels,
		Grants:     []identity.Grant{audio.ReadWrite("uploads/")},
		Statements: []identity.Statement{{Sid: "Traces", Actions: []string{"xray:PutTraceSegments"}}},
	})
	if err != nil {
		return nil, nil, err
	}
	execution, err := identity.NewExecutionRole(ctx, "api", &identity.ExecutionRoleArgs{
		Labels:         labels,
		LogGroupArns:   pulumi.StringArray{logGroupArn},
		RepositoryArns: pulumi.StringArray{repositoryArn},
		SecretArns:     pulumi.StringArray{pulumi.Sprintf("%s:password::", passwordArn)},
	})
	return task, execution, err
}

// pipelineRoles are the roles of the pipeline that deploys prod from the repository acme/infra: a stack of its own,
// which an administrator deploys once.
func pipelineRoles(ctx *pulumi.Context, labels tagging.Labels) error {
	github, err := identity.NewGitHubProvider(ctx, "github", &identity.GitHubProviderArgs{Labels: labels})
	if err != nil {
		return err
	}
	infra := identity.GitHubRepository{Owner: "acme", OwnerId: "1234", Name: "infra", Id: "5678"}
	state := &identity.PulumiState{BucketArn: pulumi.String("arn:aws:s3:::acme-pulumi-state"), Prefix: "prod/"}
	deploy, err := identity.NewDeployRole(ctx, "deploy", &identity.DeployRoleArgs{
		Labels: labels, Provider: github, Repository: infra, State: state, Regions: []string{"eu-west-1"},
	})
	if err != nil {
		return err
	}
	preview, err := identity.NewPreviewRole(ctx, "preview", &identity.PreviewRoleArgs{
		Labels: labels, Provider: github, Repository: infra, State: state,
	})
	if err != nil {
		return err
	}
	ctx.Export("deployRoleArn", deploy.RoleArn)
	ctx.Export("previewRoleArn", preview.RoleArn)
	return nil
}

// In a program of your own, pulumi.Run takes the place of pulumi.RunErr and of the mocks.
func Example() {
	labels := tagging.Labels{
		Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
		DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
	}
	program := func(ctx *pulumi.Context) error {
		audio, err := audio(ctx)
		if err != nil {
			return err
		}
		if _, _, err := serviceRoles(ctx, labels, audio,
			pulumi.String(someLogGroup), pulumi.String(someRepository), pulumi.String(someSecret)); err != nil {
			return err
		}
		return pipelineRoles(ctx, labels)
	}

	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, r := range recorder.Find("aws:iam/role:Role") {
		fmt.Println(r.Input("name"))
	}
	// Unordered output:
	// acme-audio-prod-api-execution
	// acme-audio-prod-api-task
	// acme-audio-prod-deploy
	// acme-audio-prod-preview
}
