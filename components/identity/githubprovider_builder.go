package identity

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

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
