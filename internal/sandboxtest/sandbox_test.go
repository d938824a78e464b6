//go:build sandbox

package sandboxtest

import (
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	awss3 "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

// bucket is a program of one bucket.
func bucket(name string, tags func() string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		b, err := awss3.NewBucketV2(ctx, "bucket", &awss3.BucketV2Args{
			Bucket: pulumi.String(name), Tags: pulumi.StringMap{"Owner": pulumi.String(tags())},
		})
		if err != nil {
			return err
		}
		ctx.Export("bucket", b.Bucket)
		return nil
	}
}

func constant() string { return "me" }

func TestLifecycle(t *testing.T) {
	env := New(t)
	env.Deploy(t, bucket("harness-lifecycle", constant), Options{}).Lifecycle(t, func(t testing.TB, up Result) {
		assert.Equal(t, "1 created, 0 updated, 0 replaced, 0 deleted", up.String())
		tags, err := env.S3("").GetBucketTagging(t.Context(), &s3.GetBucketTaggingInput{Bucket: aws.String(up.Output(t, "bucket"))})
		require.NoError(t, err)
		require.Len(t, tags.TagSet, 1)
		assert.Equal(t, "me", aws.ToString(tags.TagSet[0].Value))
	})
}

// TestHarnessFindsWhatItIsThereToFind: a harness that never fails would prove nothing.
func TestHarnessFindsWhatItIsThereToFind(t *testing.T) {
	env := New(t)
	n := 0
	stack := env.Deploy(t, bucket("harness-finds", func() string { n++; return string(rune('a' + n)) }), Options{})
	require.NoError(t, env.Admin.ClearCalls(t.Context()))
	preview := stack.Preview(t)
	assert.Equal(t, 1, preview.Created)
	assert.Empty(t, env.Calls(t, "s3", "CreateBucket"), "a preview creates nothing")
	stack.Up(t)
	require.Len(t, stack.Resources(t), 3, "the stack, the provider and the bucket")

	w := watch(t, func(tb testing.TB) { stack.UpUnchanged(tb) })
	require.Len(t, w.said, 1, "the program is another one at each run")
	assert.Contains(t, w.said[0], "would change something")
	assert.Contains(t, w.said[0], "tags.Owner (update): \"c\" -> \"d\"", "with the property and its values")

	_, err := env.S3("").PutBucketTagging(t.Context(), &s3.PutBucketTaggingInput{
		Bucket: aws.String("harness-finds"), Tagging: &types.Tagging{TagSet: []types.Tag{{Key: aws.String("Owner"), Value: aws.String("nobody")}}},
	})
	require.NoError(t, err)
	w = watch(t, func(tb testing.TB) { stack.RefreshUnchanged(tb) })
	require.Len(t, w.said, 1, "somebody else has changed it")
	assert.Contains(t, w.said[0], "a refresh right after the deployment finds a difference")
	assert.Contains(t, w.said[0], `"nobody"`)
	stack.Destroy(t)
}

// TestCallsThatAWSRefuses: the provider checks a name, and AWS's model the whole of a call.
func TestCallsThatAWSRefuses(t *testing.T) {
	env := New(t)
	_, err := env.S3("").PutBucketVersioning(t.Context(), &s3.PutBucketVersioningInput{
		Bucket: aws.String("harness-refuses"), VersioningConfiguration: &types.VersioningConfiguration{Status: "On"},
	})
	assert.ErrorContains(t, err, "IllegalVersioningConfigurationException")
	refused := env.Refused(t)
	require.Len(t, refused, 1)
	assert.Equal(t, "s3:PutBucketVersioning", refused[0].Service+":"+refused[0].Operation)
	assert.Equal(t, []sandbox.Violation{{
		Member: "VersioningConfiguration.Status", Kind: "enum", Constraint: "Member must satisfy enum value set: [Enabled, Suspended]",
	}}, refused[0].Violations)
	assert.Empty(t, env.Refused(t))
}

func TestFaultsAreSeen(t *testing.T) {
	env := New(t)
	stack := env.Deploy(t, bucket("harness-faults", constant), Options{})
	env.Fault(t, sandbox.Fault{Service: "s3", Operation: "CreateBucket", Error: &sandbox.FaultError{Code: "InvalidBucketName", Message: "not this one", Status: 400}})
	_, err := stack.TryUp(t.Context())
	assert.Equal(t, sandbox.KindDeploy, sandbox.KindOf(err))
	assert.ErrorContains(t, err, "aws:s3:BucketV2 bucket: ")
	assert.ErrorContains(t, err, "InvalidBucketName: not this one")
	require.NoError(t, env.Admin.ClearFaults(t.Context(), ""))
	stack.Up(t)
	stack.Destroy(t)
}
