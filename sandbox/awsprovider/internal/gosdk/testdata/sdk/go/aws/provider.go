package aws

func NewProvider(ctx *pulumi.Context,
	name string, args *ProviderArgs, opts ...pulumi.ResourceOption) (*Provider, error) {
	if args.SkipRegionValidation == nil {
		args.SkipRegionValidation = pulumi.BoolPtr(true)
	}
	if args.Token != nil {
		args.Token = pulumi.ToSecret(args.Token).(pulumi.StringPtrInput)
	}
	secrets := pulumi.AdditionalSecretOutputs([]string{
		"token",
	})
	err := ctx.RegisterResource("pulumi:providers:aws", name, args, &resource, opts...)
}

type providerArgs struct {
	SkipRegionValidation *bool   `pulumi:"skipRegionValidation"`
	Token                *string `pulumi:"token"`
}
