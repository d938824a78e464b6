package encryption

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// builder makes one key.
type builder struct {
	component.Base
	args *KeyArgs
	out  *Key
}

func (b *builder) build(opts []pulumi.ResourceOption) (*Key, error) {
	b.out = &Key{
		name: b.Name, uses: slices.Clone(b.args.Uses), trails: slices.Clone(b.args.TrailNames),
		deliveries: slices.Clone(b.args.LogDeliveryRegions), clusters: slices.Clone(b.args.ClusterNames),
	}
	return component.Build(&b.Base, b.out, opts, b.key, b.alias, b.secondRegion)
}

// key makes the key with its policy.
func (b *builder) key() (err error) {
	b.out.location = b.Location()
	b.out.Key, err = kms.NewKey(b.Ctx, b.Name, &kms.KeyArgs{
		Description:          pulumi.String(b.args.description(b.Name)),
		EnableKeyRotation:    pulumi.Bool(true),
		RotationPeriodInDays: pulumi.Int(b.args.rotationDays()),
		DeletionWindowInDays: pulumi.Int(b.args.Lifecycle.KeyDeletionDays()),
		Policy:               b.PolicyJSON(iampolicy.KeyPolicy, b.args.statements),
		Tags:                 b.args.Labels.Tags(b.Name),
	}, b.Child(b.args.Lifecycle.Stateful()...)...)
	if err != nil {
		return err
	}
	b.out.KeyArn, b.out.KeyId = b.out.Key.Arn, b.out.Key.KeyId
	return nil
}

// alias makes the name under which people find the key.
func (b *builder) alias() (err error) {
	b.out.Alias, err = kms.NewAlias(b.Ctx, b.Name, &kms.AliasArgs{
		Name:        pulumi.String("alias/" + b.args.alias(b.Name)),
		TargetKeyId: b.out.KeyId,
	}, b.Parent)
	if err != nil {
		return err
	}
	b.out.AliasName, b.out.AliasArn = b.out.Alias.Name, b.out.Alias.Arn
	return nil
}

// secondRegion makes another key with the same policy and alias there.
func (b *builder) secondRegion() (err error) {
	b.out.SecondRegionKeyArn = component.None()
	if b.args.SecondRegion == nil {
		return nil
	}
	args := *b.args
	args.SecondRegion, args.Alias = nil, b.args.alias(b.Name)
	second := &builder{Base: component.NewBase(b.Ctx, KeyType, b.Name+"-second-region"), args: &args}
	b.out.SecondRegion, err = second.build([]pulumi.ResourceOption{b.Parent, pulumi.Provider(b.args.SecondRegion)})
	if err != nil {
		return err
	}
	b.out.SecondRegionKeyArn = b.out.SecondRegion.KeyArn
	return nil
}
