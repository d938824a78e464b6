package encryption

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// KeyType is the type token of Key.
const KeyType = "bulwark:encryption:Key"

// KeyArgs are the arguments of NewKey.
type KeyArgs struct {
	// Labels become the tags of the key.
	Labels tagging.Labels `pulumi:"labels"`
	// Uses say what the key is for; at least one. They can be changed later.
	Uses []Use `pulumi:"uses"`
	// Lifecycle is Permanent unless set: protected, retained, 30 days to bring it back. Disposable: 7 days.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// Description is shown in the console. Default: the name and the uses.
	Description string `pulumi:"description,optional"`
	// Alias is the name behind "alias/". Default: <project>-<environment>-<name>.
	Alias string `pulumi:"alias,optional"`
	// RotationDays is the time between two rotations of the key material, 90 to 2560 days. Default: 365.
	RotationDays int `pulumi:"rotationDays,optional"`
	// Administrators are ARNs of the IAM roles and users that may change the key and its policy. Default: whoever the
	// account's IAM policies allow to. The role that deploys has to be among them, or KMS refuses to create the key.
	Administrators []string `pulumi:"administrators,optional"`
	// TrailNames are the CloudTrail trails of this account and region that encrypt with the key; at least one with
	// UseCloudTrail.
	TrailNames []string `pulumi:"trailNames,optional"`
	// LogGroups narrow UseLogs down to these log groups. A closing * stands for any ending. Default: all of the account
	// in this region.
	LogGroups []string `pulumi:"logGroups,optional"`
	// SecondRegion is a provider of another region. It gets a key of its own with the same policy, for replicated
	// buckets, secrets, backups. Programs in other languages create a second Key under that provider.
	SecondRegion pulumi.ProviderResource `sibling:"a second Key under the provider of that region"`
}

// Key is a KMS key with its policy, alias and rotation. See NewKey.
type Key struct {
	pulumi.ResourceState

	// KeyArn is the ARN of the key.
	KeyArn pulumi.StringOutput `pulumi:"keyArn"`
	// KeyId is the id of the key.
	KeyId pulumi.StringOutput `pulumi:"keyId"` //nolint:revive // The name is AWS's and Pulumi's property.
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

	name     string
	uses     []Use
	trails   []string
	location account.Output
}

// NewKey creates a key that rotates, and that only the given uses can use. It reports all problems with the arguments
// at once, before it creates anything.
func NewKey(ctx *pulumi.Context, name string, args *KeyArgs, opts ...pulumi.ResourceOption) (*Key, error) {
	if args == nil {
		args = &KeyArgs{}
	}
	if err := args.check(name).Err(KeyType, name); err != nil {
		return nil, err
	}
	return newKey(ctx, name, args, opts...)
}

func newKey(ctx *pulumi.Context, name string, args *KeyArgs, opts ...pulumi.ResourceOption) (*Key, error) {
	k := &Key{name: name, uses: slices.Clone(args.Uses), trails: slices.Clone(args.TrailNames)}
	if err := ctx.RegisterComponentResource(KeyType, name, k, opts...); err != nil {
		return nil, err
	}
	k.location = account.Lookup(ctx, k)

	var err error
	k.Key, err = kms.NewKey(ctx, name, &kms.KeyArgs{
		Description:          pulumi.String(args.description(name)),
		EnableKeyRotation:    pulumi.Bool(true),
		RotationPeriodInDays: pulumi.Int(args.rotationDays()),
		DeletionWindowInDays: pulumi.Int(args.Lifecycle.KeyDeletionDays()),
		Policy:               args.policy(k.location),
		Tags:                 args.Labels.Tags(name),
	}, append(args.Lifecycle.Stateful(), pulumi.Parent(k))...)
	if err != nil {
		return nil, err
	}
	k.Alias, err = kms.NewAlias(ctx, name, &kms.AliasArgs{
		Name:        pulumi.String("alias/" + args.alias(name)),
		TargetKeyId: k.Key.KeyId,
	}, pulumi.Parent(k))
	if err != nil {
		return nil, err
	}

	k.KeyArn, k.KeyId = k.Key.Arn, k.Key.KeyId
	k.AliasName, k.AliasArn = k.Alias.Name, k.Alias.Arn
	k.SecondRegionKeyArn = pulumi.String("").ToStringOutput()
	if args.SecondRegion != nil {
		second := *args
		second.SecondRegion, second.Alias = nil, args.alias(name)
		k.SecondRegion, err = newKey(ctx, name+"-second-region", &second, pulumi.Parent(k), pulumi.Provider(args.SecondRegion))
		if err != nil {
			return nil, err
		}
		k.SecondRegionKeyArn = k.SecondRegion.KeyArn
	}

	return k, ctx.RegisterResourceOutputs(k, pulumi.Map{
		"keyArn":             k.KeyArn,
		"keyId":              k.KeyId,
		"aliasName":          k.AliasName,
		"aliasArn":           k.AliasArn,
		"secondRegionKeyArn": k.SecondRegionKeyArn,
		"key":                k.Key,
		"alias":              k.Alias,
	})
}

// Serves says whether the key can be used for that.
func (k *Key) Serves(use Use) bool { return slices.Contains(k.uses, use) }

// ServesTrail says whether the trail of that name, whose home is the key's account and region, can encrypt with the key.
func (k *Key) ServesTrail(name string) bool { return slices.Contains(k.trails, name) }

func (a *KeyArgs) description(name string) string {
	if a.Description != "" {
		return a.Description
	}
	uses := make([]string, len(a.Uses))
	for i, u := range a.Uses {
		uses[i] = string(u)
	}
	return name + ": " + strings.Join(uses, ", ")
}

func (a *KeyArgs) rotationDays() int {
	if a.RotationDays == 0 {
		return 365
	}
	return a.RotationDays
}

func (a *KeyArgs) alias(name string) string {
	if a.Alias != "" {
		return a.Alias
	}
	return naming.Base(a.Labels.Project, a.Labels.Environment, name)
}
