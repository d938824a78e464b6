package identity

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// GitHubProviderType is the type token of GitHubProvider.
const GitHubProviderType = "bulwark:identity:GitHubProvider"

// GitHubProvider makes an account trust GitHub's tokens. See NewGitHubProvider.
type GitHubProvider struct {
	pulumi.ResourceState

	// ProviderArn is the ARN of the provider.
	ProviderArn pulumi.StringOutput `pulumi:"providerArn"`

	// Provider is the provider itself.
	Provider *iam.OpenIdConnectProvider `pulumi:"provider" provider:"type=aws@6.83.2:iam/openIdConnectProvider:OpenIdConnectProvider"`
}

// NewGitHubProvider makes the account trust the tokens of GitHub Actions: on its own it lets nobody in, roles do. AWS
// allows one provider for a URL and account. If there is one already, name it with DeployRoleArgs.ProviderArn instead:
// arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com. It reports all problems with the arguments
// at once, before it creates anything.
//
// AWS checks GitHub's certificate against its own list of authorities: no thumbprint has to be renewed.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
func NewGitHubProvider(
	ctx *pulumi.Context, name string, args *GitHubProviderArgs, opts ...pulumi.ResourceOption,
) (*GitHubProvider, error) {
	b := &gitHubProviderBuilder{Base: component.NewBase(ctx, GitHubProviderType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check()); err != nil {
		return nil, err
	}
	return b.build(opts)
}
