package identity

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
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

func (a *GitHubProviderArgs) check() validate.Problems {
	return append(a.Labels.Check("labels"), a.Lifecycle.Check("lifecycle")...)
}

// gitHubProviderBuilder makes the provider.
type gitHubProviderBuilder struct {
	component.Base
	args *GitHubProviderArgs
	out  *GitHubProvider
}

func (b *gitHubProviderBuilder) build(opts []pulumi.ResourceOption) (*GitHubProvider, error) {
	b.out = &GitHubProvider{}
	return component.Build(&b.Base, b.out, opts, b.provider)
}

func (b *gitHubProviderBuilder) provider() (err error) {
	b.out.Provider, err = iam.NewOpenIdConnectProvider(b.Ctx, b.Name, &iam.OpenIdConnectProviderArgs{
		Url: pulumi.String("https://" + gitHubHost), ClientIdLists: pulumi.ToStringArray([]string{gitHubAudience}),
		Tags: b.args.Labels.Tags(b.Name),
	}, b.Child(b.args.Lifecycle.Stateful()...)...)
	if err == nil {
		b.out.ProviderArn = b.out.Provider.Arn
	}
	return err
}
