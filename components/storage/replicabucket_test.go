package storage_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// replica makes a replica in a second region.
func replica(change func(*storage.ReplicaBucketArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		second, err := aws.NewProvider(ctx, "second", &aws.ProviderArgs{Region: pulumi.String("eu-central-1")})
		if err != nil {
			return err
		}
		args := &storage.ReplicaBucketArgs{Labels: labels, AccessLogs: toggle.Disabled}
		change(args)
		_, err = storage.NewReplicaBucket(ctx, "audio-replica", args, pulumi.Provider(second))
		return err
	}
}

func TestReplicaBucketConforms(t *testing.T) {
	componenttest.Conform(t, componenttest.Case{
		Token: storage.ReplicaBucketType, Golden: "replica", Args: storage.ReplicaBucketArgs{},
		Component: storage.ReplicaBucket{},
		Beside:    []string{"pulumi:providers:aws"},
		Minimal:   replica(func(*storage.ReplicaBucketArgs) {}),
		NoArgs:    func(ctx *pulumi.Context) error { _, err := storage.NewReplicaBucket(ctx, "audio", nil); return err },
		Unknown: replica(func(a *storage.ReplicaBucketArgs) {
			a.AccessLogs, a.LogBucketName, a.KeyArn = "", componenttest.UnknownString(), componenttest.UnknownString()
		}),
		Disposable: replica(func(a *storage.ReplicaBucketArgs) { a.Lifecycle = lifecycle.Disposable }),
		Bad: []componenttest.Bad{
			{Name: "all at once", Program: replica(func(a *storage.ReplicaBucketArgs) {
				a.Labels.Owner, a.Lifecycle, a.BucketName, a.AccessLogs = "", lifecycle.Disposable, "a.b", ""
				a.KeyArn, a.AbortMultipartDays = pulumi.String("x"), 366
				a.ObjectLock = &storage.ObjectLock{Mode: storage.Governance, Days: 1}
				a.Retention = &storage.Retention{Transitions: []storage.Transition{{Days: 1, Class: storage.OneZoneIA}}}
			}), Problems: []string{
				"labels.owner: label-required", "bucketName: bucket-name-dots", "keyArn: key-arn",
				"logBucketName: access-logs-required",
				"abortMultipartDays: out-of-range", "retention.transitions[0].days: s3-lifecycle-class-minimum",
				"objectLock: object-lock-disposable",
			}},
		},
	})
}

func TestAReplicaLivesInItsRegion(t *testing.T) {
	recorder := componenttest.Run(t, replica(func(*storage.ReplicaBucketArgs) {}))
	for _, r := range recorder.Registrations() {
		if r.Custom && r.Type != "pulumi:providers:aws" {
			assert.Contains(t, r.Provider, "::second::", "%s %s", r.Type, r.Name)
		}
	}
	for _, invoke := range recorder.Invokes() {
		assert.Contains(t, invoke.Provider, "::second::", invoke.Token)
	}
}

func TestALogBucketOfAnotherRegionFailsThePreview(t *testing.T) {
	_, err := componenttest.Preview(func(ctx *pulumi.Context) error {
		logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{Labels: labels, Sources: storage.LogSources{
			AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio-replica"}},
		}})
		if err != nil {
			return err
		}
		return replica(func(a *storage.ReplicaBucketArgs) { a.AccessLogs, a.LogBucket = "", logs })(ctx)
	})
	require.ErrorContains(t, err, ` in eu-west-1": expected one in eu-central-1, the region of the bucket; fix: `)
}

// S3 accepts a key of another region as the default, and fails at every upload.
func TestAKeyOfAnotherRegionFailsThePreview(t *testing.T) {
	for path, program := range map[string]pulumi.RunFunc{
		"keyArn": replica(func(a *storage.ReplicaBucketArgs) { a.KeyArn = pulumi.String(someKey) }),
		"key": func(ctx *pulumi.Context) error {
			uses := []encryption.Use{encryption.UseS3}
			given, err := encryption.NewKey(ctx, "k", &encryption.KeyArgs{Labels: labels, Uses: uses})
			if err != nil {
				return err
			}
			return replica(func(a *storage.ReplicaBucketArgs) { a.Key = given })(ctx)
		},
	} {
		_, err := componenttest.Update(program)
		assert.ErrorContains(t, err, `bulwark:storage:ReplicaBucket "audio-replica": `+path+`: "arn:aws:kms:eu-west-1:`)
		assert.ErrorContains(t, err, "expected one in eu-central-1, the region of the bucket")
	}
	_, err := componenttest.Preview(replica(func(a *storage.ReplicaBucketArgs) { a.KeyArn = pulumi.String(someKey) }))
	require.ErrorContains(t, err, "expected one in eu-central-1")
}

func TestAReplicaGrantsReadingInItsRegion(t *testing.T) {
	var text string
	componenttest.Run(t, func(ctx *pulumi.Context) error {
		second, err := aws.NewProvider(ctx, "second", &aws.ProviderArgs{Region: pulumi.String("eu-central-1")})
		if err != nil {
			return err
		}
		b, err := storage.NewReplicaBucket(ctx, "replica",
			&storage.ReplicaBucketArgs{Labels: labels, AccessLogs: toggle.Disabled}, pulumi.Provider(second))
		if err != nil {
			return err
		}
		require.Error(t, b.Read("*").Err())
		b.Read("uploads/").PolicyJSON().ApplyT(func(policy string) string { text = policy; return policy })
		return nil
	})
	assert.Contains(t, text, `"Action":"s3:GetObject"`)
	assert.Contains(t, text, `"kms:ViaService":"s3.eu-central-1.amazonaws.com"`)
	assert.NotContains(t, text, "s3:PutObject")
}
