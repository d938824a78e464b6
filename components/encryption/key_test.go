package encryption_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/fixture"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var labels = fixture.Labels

func key(name string, args encryption.KeyArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := encryption.NewKey(ctx, name, &args)
		return err
	}
}

func TestKeyConforms(t *testing.T) {
	minimal := encryption.KeyArgs{Labels: labels, Uses: []encryption.Use{encryption.UseS3}}
	with := func(change func(*encryption.KeyArgs)) pulumi.RunFunc {
		args := minimal
		change(&args)
		return key("data", args)
	}
	componenttest.Conform(t, componenttest.Case{
		Token: encryption.KeyType, Golden: "key", Args: encryption.KeyArgs{}, Component: encryption.Key{},
		Beside:  []string{"pulumi:providers:aws"},
		Minimal: key("data", minimal),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := encryption.NewKey(ctx, "data", nil)
			return err
		},
		Unknown:    key("data", minimal),
		Disposable: with(func(a *encryption.KeyArgs) { a.Lifecycle = lifecycle.Disposable }),
		Variants: map[string]pulumi.RunFunc{
			"every-use": with(func(a *encryption.KeyArgs) {
				a.Uses = encryption.Use("").Values()
				a.TrailNames = []string{"acme-audio-test"}
				a.LogGroups = []string{"/ecs/acme-audio", "/aws/rds/*"}
				a.ClusterNames, a.LogDeliveryRegions = []string{"acme-audio-test"}, []string{"us-east-1"}
				a.RotationDays = 90
				a.Alias = "acme/everything"
				a.Description = "Everything at once"
			}),
			"administrators": with(func(a *encryption.KeyArgs) {
				a.Administrators = []string{"arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::123456789012:role/security"}
			}),
			"second-region": func(ctx *pulumi.Context) error {
				second, err := aws.NewProvider(ctx, "second", &aws.ProviderArgs{Region: pulumi.String("eu-central-1")})
				if err != nil {
					return err
				}
				args := minimal
				args.SecondRegion = second
				_, err = encryption.NewKey(ctx, "data", &args)
				return err
			},
		},
		Bad: []componenttest.Bad{
			{Name: "clusters and regions", Program: with(func(a *encryption.KeyArgs) {
				a.ClusterNames, a.LogDeliveryRegions = []string{"acme"}, []string{"us-east-1a", "us-east-1", "us-east-1"}
			}), Problems: []string{
				"clusterNames: key-clusters", "logDeliveryRegions: key-log-delivery", "logDeliveryRegions[0]: region-form",
				"logDeliveryRegions[2]: duplicate",
			}},
			{Name: "ephemeral storage of no cluster", Program: with(func(a *encryption.KeyArgs) {
				a.Uses = []encryption.Use{encryption.UseFargateStorage}
			}), Problems: []string{"clusterNames: key-clusters"}},
			{Name: "clusters without the use, by ARN and twice", Program: with(func(a *encryption.KeyArgs) {
				a.ClusterNames = []string{"arn:aws:ecs:eu-west-1:123456789012:cluster/acme", "acme", "acme"}
			}), Problems: []string{"clusterNames: key-clusters", "clusterNames[0]: ecs-name", "clusterNames[2]: duplicate"}},
			{Name: "everything at once", Program: with(func(a *encryption.KeyArgs) {
				a.Labels.Owner = ""
				a.Lifecycle = "temporary"
				a.Uses = []encryption.Use{"s4", encryption.UseS3, encryption.UseS3, ""}
				a.RotationDays = 30
				a.Alias = "alias/x"
				a.Administrators = []string{"arn:aws:iam::123456789012:role/*"}
				a.TrailNames = []string{"x"}
				a.LogGroups = []string{"arn:aws:logs:eu-west-1:123456789012:log-group:x"}
			}), Problems: []string{
				"labels.owner: label-required", "lifecycle: not-supported", "uses[0]: not-supported", "uses[3]: not-supported",
				"uses[2]: duplicate", "rotationDays: out-of-range", "alias: alias-prefix", "administrators[0]: principal-arn",
				"trailNames: key-trails", "trailNames[0]: trail-name", "logGroups: key-log-groups", "logGroups[0]: log-group-name",
			}},
			{Name: "no use", Program: with(func(a *encryption.KeyArgs) { a.Uses = nil }), Problems: []string{"uses: key-uses"}},
			{Name: "a name too long for an alias", Program: key(strings.Repeat("x", 300), minimal), Problems: []string{"alias: alias-length"}},
			{Name: "rotation too rare", Program: with(func(a *encryption.KeyArgs) { a.RotationDays = 2561 }), Problems: []string{"rotationDays: out-of-range"}},
			{Name: "trails without names", Program: with(func(a *encryption.KeyArgs) { a.Uses = []encryption.Use{encryption.UseCloudTrail} }), Problems: []string{"trailNames: key-trails"}},
		},
	})
}

func TestTheMessageNamesValueExpectationAndFix(t *testing.T) {
	_, err := componenttest.Update(key("data", encryption.KeyArgs{Labels: labels, Uses: []encryption.Use{"secret"}, RotationDays: 30}))
	require.ErrorContains(t, err, `bulwark:encryption:Key "data": 2 problems:
  - uses[0]: "secret": expected one of s3, logDelivery, cloudtrail, logs, sns, rds, secrets, backup, fargateStorage, ecr, direct; fix: did you mean "secrets"?
  - rotationDays: 30: expected 90 to 2560 days; fix: use at least 90`)
}

func TestTheSecondRegionHasAKeyOfItsOwn(t *testing.T) {
	recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
		second, err := aws.NewProvider(ctx, "second", &aws.ProviderArgs{Region: pulumi.String("eu-central-1")})
		if err != nil {
			return err
		}
		_, err = encryption.NewKey(ctx, "data", &encryption.KeyArgs{
			Labels: labels, Uses: []encryption.Use{encryption.UseS3}, SecondRegion: second,
		})
		return err
	})
	keys := recorder.Find("aws:kms/key:Key")
	require.Len(t, keys, 2)
	providers := map[string]string{}
	for _, k := range keys {
		providers[k.Name] = k.Provider
		assert.Nil(t, k.Input("multiRegion"), "two single-Region keys")
	}
	assert.Contains(t, providers["data-second-region"], "::second::")
	assert.NotContains(t, providers["data"], "::second::")

	var asked []string
	for _, invoke := range recorder.Invokes() {
		if invoke.Token == "aws:index/getRegion:getRegion" {
			asked = append(asked, invoke.Provider)
		}
	}
	require.Len(t, asked, 2, "each key asks the provider that it uses")
	assert.Condition(t, func() bool { return asked[0] != asked[1] })
}

func TestGrants(t *testing.T) {
	var read, write, direct string
	recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
		k, err := encryption.NewKey(ctx, "data", &encryption.KeyArgs{Labels: labels, Uses: []encryption.Use{encryption.UseSecrets, encryption.UseDirect}})
		if err != nil {
			return err
		}
		assert.Error(t, k.Decrypt(encryption.UseS3).Err(), "not a use of the key")
		assert.Error(t, k.Decrypt("").Err())
		require.NoError(t, k.Decrypt(encryption.UseSecrets).Err())
		ctx.Export("read", k.Decrypt(encryption.UseSecrets).PolicyJSON().ApplyT(func(s string) string { read = s; return s }))
		ctx.Export("write", k.EncryptDecrypt(encryption.UseSecrets).PolicyJSON().ApplyT(func(s string) string { write = s; return s }))
		ctx.Export("direct", k.Decrypt(encryption.UseDirect).PolicyJSON().ApplyT(func(s string) string { direct = s; return s }))
		return nil
	})
	require.Len(t, recorder.Find(encryption.KeyType), 1)

	const arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-data"
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Sid":"KeyDecrypt","Effect":"Allow","Action":"kms:Decrypt","Resource":"`+arn+`",
		"Condition":{"StringEquals":{"kms:ViaService":"secretsmanager.eu-west-1.amazonaws.com"}}}]}`, read)
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Sid":"KeyEncryptDecrypt","Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"`+arn+`",
		"Condition":{"StringEquals":{"kms:ViaService":"secretsmanager.eu-west-1.amazonaws.com"}}}]}`, write)
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Sid":"KeyDecrypt","Effect":"Allow","Action":"kms:Decrypt","Resource":"`+arn+`"}]}`, direct)
}

func TestAGrantThatCannotBeFailsTheProgram(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		k, err := encryption.NewKey(ctx, "data", &encryption.KeyArgs{Labels: labels, Uses: []encryption.Use{encryption.UseS3}})
		if err != nil {
			return err
		}
		ctx.Export("policy", k.Decrypt(encryption.UseSNS).PolicyJSON())
		return nil
	})
	require.ErrorContains(t, err, `bulwark:encryption:Key "data": grant.through: "sns": expected a use of the key that identities can have`)
}
