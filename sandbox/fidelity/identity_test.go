//go:build sandbox

package fidelity

import (
	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
)

// identities makes the roles of GitHub's pipelines, under a permissions boundary.
func identities(ctx *pulumi.Context, _ *pulumiaws.Provider) error {
	provider, err := identity.NewGitHubProvider(ctx, "github", &identity.GitHubProviderArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable,
	})
	if err != nil {
		return err
	}
	_, err = identity.NewDeployRole(ctx, "deploy", &identity.DeployRoleArgs{
		Labels: labels, Provider: provider, GitHubEnvironment: "fidelity",
		Repository:             identity.GitHubRepository{Owner: "acme", Name: "infra", OwnerId: "1", Id: "2"},
		PermissionsBoundaryArn: pulumi.String("arn:aws:iam::aws:policy/PowerUserAccess"),
		State: &identity.PulumiState{
			BucketArn: pulumi.String("arn:aws:s3:::acme-pulumi-state"), Prefix: "bulwark/",
		},
	})
	return err
}
