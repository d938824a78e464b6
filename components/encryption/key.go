package encryption

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// KeyType is the type token of Key.
const KeyType = "bulwark:encryption:Key"

// Key is a KMS key with its policy, alias and rotation. See NewKey.
type Key struct {
	pulumi.ResourceState

	// KeyArn is the ARN of the key.
	KeyArn pulumi.StringOutput `pulumi:"keyArn"`
	// KeyId is the id of the key.
	KeyId pulumi.StringOutput `pulumi:"keyId"`
	// AliasName begins with "alias/".
	AliasName pulumi.StringOutput `pulumi:"aliasName"`
	// AliasArn is the ARN of the alias.
	AliasArn pulumi.StringOutput `pulumi:"aliasArn"`
	// SecondRegionKeyArn is the ARN of the key in the second region; empty without a second region.
	SecondRegionKeyArn pulumi.StringOutput `pulumi:"secondRegionKeyArn"`

	// Key is the key itself.
	Key *kms.Key `pulumi:"key" provider:"type=aws@6.83.2:kms/key:Key"`
	// Alias is its alias.
	Alias *kms.Alias `pulumi:"alias" provider:"type=aws@6.83.2:kms/alias:Alias"`
	// SecondRegion is the key in the second region; nil without KeyArgs.SecondRegion.
	SecondRegion *Key

	name   string
	uses   []Use
	trails []string
	// deliveries are the further regions from which logs may come.
	deliveries []string
	// clusters are those whose ephemeral storage it encrypts.
	clusters []string
	location account.Output
}

// NewKey creates a key that rotates, and that only the given uses can use. It reports all problems with the arguments
// at once, before it creates anything.
func NewKey(ctx *pulumi.Context, name string, args *KeyArgs, opts ...pulumi.ResourceOption) (*Key, error) {
	b := &builder{Base: component.NewBase(ctx, KeyType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check(name)); err != nil {
		return nil, err
	}
	return b.build(opts)
}

// Serves says whether the key can be used for that.
func (k *Key) Serves(use Use) bool { return slices.Contains(k.uses, use) }

// ServesTrail says whether the trail of that name, whose home is the key's account and region, can encrypt with the
// key.
func (k *Key) ServesTrail(name string) bool { return slices.Contains(k.trails, name) }

// ServesCluster says whether Fargate can encrypt the ephemeral storage of the cluster of that name with the key.
func (k *Key) ServesCluster(name string) bool { return slices.Contains(k.clusters, name) }

// ServesLogDeliveryFrom says whether logs from another region can be delivered with the key.
func (k *Key) ServesLogDeliveryFrom(region string) bool {
	return k.Serves(UseLogDelivery) && slices.Contains(k.deliveries, region)
}
