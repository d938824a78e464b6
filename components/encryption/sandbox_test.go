//go:build sandbox

package encryption_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

func TestKeyDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		second, err := pulumiaws.NewProvider(ctx, "second", &pulumiaws.ProviderArgs{Region: pulumi.String("eu-central-1"), S3UsePathStyle: pulumi.Bool(true)})
		if err != nil {
			return err
		}
		key, err := encryption.NewKey(ctx, "everything", &encryption.KeyArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable, Uses: encryption.Use("").Values(), TrailNames: []string{"acme-audio-test"},
			ClusterNames: []string{"acme-audio-test"},
			RotationDays: 180, SecondRegion: second,
		})
		if err != nil {
			return err
		}
		ctx.Export("key", key.KeyArn)
		ctx.Export("second", key.SecondRegionKeyArn)
		return nil
	}, sandboxtest.Options{})

	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		for output, region := range map[string]string{"key": "eu-west-1", "second": "eu-central-1"} {
			client := kms.NewFromConfig(env.AWSConfig(region))
			id := aws.String(up.Output(t, output))
			assert.Contains(t, *id, ":"+region+":")

			rotation, err := client.GetKeyRotationStatus(t.Context(), &kms.GetKeyRotationStatusInput{KeyId: id})
			require.NoError(t, err)
			assert.True(t, rotation.KeyRotationEnabled)
			assert.Equal(t, int32(180), aws.ToInt32(rotation.RotationPeriodInDays))

			alias, err := client.DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: aws.String("alias/acme-audio-test-everything")})
			require.NoError(t, err)
			assert.Equal(t, *id, *alias.KeyMetadata.Arn)
			assert.False(t, aws.ToBool(alias.KeyMetadata.MultiRegion))

			policy, err := client.GetKeyPolicy(t.Context(), &kms.GetKeyPolicyInput{KeyId: id, PolicyName: aws.String("default")})
			require.NoError(t, err)
			var document struct {
				Statement []struct {
					Sid       string
					Principal any
				}
			}
			require.NoError(t, json.Unmarshal([]byte(*policy.Policy), &document))
			var sids []string
			for _, s := range document.Statement {
				sids = append(sids, s.Sid)
				assert.NotEqual(t, "*", s.Principal, s.Sid)
			}
			assert.ElementsMatch(t, []string{
				"AdministrationByIAM", "UseThroughServices", "GrantsOfServices", "DirectUse", "CloudWatchLogs", "CloudWatchAlarms",
				"CloudTrailEncrypt", "CloudTrailDescribe", "CloudTrailReaders", "LogDelivery", "FargateStorage",
				"FargateStorageGrants",
			}, sids)

			tags, err := client.ListResourceTags(t.Context(), &kms.ListResourceTagsInput{KeyId: id})
			require.NoError(t, err)
			found := map[string]string{}
			for _, tag := range tags.Tags {
				found[*tag.TagKey] = *tag.TagValue
			}
			assert.Equal(t, "platform@acme.example", found["Owner"])
			assert.Equal(t, "bulwark", found["ManagedBy"])
		}
	})
}
