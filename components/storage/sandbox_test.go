//go:build sandbox

package storage_test

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// deployed makes an archive, a bucket that logs into it, and a replica in a second region, all disposable.
func deployed(ctx *pulumi.Context) error {
	logs, err := storage.NewLogBucket(ctx, "logs",
		&storage.LogBucketArgs{Labels: labels, Lifecycle: lifecycle.Disposable, Sources: storage.LogSources{
			AccessLogs:    &storage.AccessLogSource{Buckets: []string{"audio"}},
			LoadBalancers: &storage.LoadBalancerSource{},
			CloudTrail:    &storage.CloudTrailSource{TrailNames: []string{"acme-audio-test"}},
			Waf:           &storage.WafSource{},
			FlowLogs:      &storage.FlowLogSource{},
		}})
	if err != nil {
		return err
	}
	audio, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, LogBucket: logs,
		Retention: &storage.Retention{
			Transitions: []storage.Transition{
				{Days: 30, Class: storage.StandardIA},
				{Days: 90, Class: storage.GlacierIR},
			},
			NoncurrentExpiryDays:    60,
			NewerNoncurrentVersions: 3,
		},
		PrefixRetention: []storage.PrefixRetention{{Prefix: "tmp/", ExpiryDays: 1, NoncurrentExpiryDays: 1}},
		Cors:            []storage.CorsRule{{Origins: []string{"https://app.acme.example"}}},
		EventBridge:     true,
	})
	if err != nil {
		return err
	}
	second, err := pulumiaws.NewProvider(ctx, "second",
		&pulumiaws.ProviderArgs{Region: pulumi.String("eu-central-1"), S3UsePathStyle: pulumi.Bool(true)})
	if err != nil {
		return err
	}
	replica, err := storage.NewReplicaBucket(ctx, "audio-replica", &storage.ReplicaBucketArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, AccessLogs: toggle.Disabled,
	}, pulumi.Provider(second))
	if err != nil {
		return err
	}
	ctx.Export("bucket", audio.BucketName)
	ctx.Export("key", audio.KeyArn)
	ctx.Export("logs", logs.BucketName)
	ctx.Export("replica", replica.BucketName)
	ctx.Export("replicaKey", replica.KeyArn)
	return nil
}

func TestBucketsDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, deployed, sandboxtest.Options{})
	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		assert.Equal(t, "acme-audio-test-audio-123456789012-eu-west-1", up.Output(t, "bucket"))
		audio := readback{t: t, client: env.S3("eu-west-1"), bucket: up.Output(t, "bucket")}
		audio.everyBucket()
		audio.encryptedWith(up.Output(t, "key"))
		audio.lifecycle()
		audio.cors()
		audio.logsInto(up.Output(t, "logs"))
		audio.events()

		logs := readback{t: t, client: env.S3("eu-west-1"), bucket: up.Output(t, "logs")}
		logs.everyBucket()
		logs.encryptedWith("")

		replica := readback{t: t, client: env.S3("eu-central-1"), bucket: up.Output(t, "replica")}
		replica.everyBucket()
		replica.encryptedWith(up.Output(t, "replicaKey"))
		assert.Contains(t, up.Output(t, "replicaKey"), ":eu-central-1:")

		uploads(t, env, up.Output(t, "bucket"), up.Output(t, "key"))
	})
}

// readback asks S3 what became of a bucket.
type readback struct {
	t      testing.TB
	client *s3.Client
	bucket string
}

func (r readback) everyBucket() {
	ctx, bucket := r.t.Context(), aws.String(r.bucket)

	versions, err := r.client.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: bucket})
	require.NoError(r.t, err)
	assert.Equal(r.t, types.BucketVersioningStatusEnabled, versions.Status)

	access, err := r.client.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: bucket})
	require.NoError(r.t, err)
	for _, blocked := range []*bool{
		access.PublicAccessBlockConfiguration.BlockPublicAcls, access.PublicAccessBlockConfiguration.BlockPublicPolicy,
		access.PublicAccessBlockConfiguration.IgnorePublicAcls, access.PublicAccessBlockConfiguration.RestrictPublicBuckets,
	} {
		assert.True(r.t, aws.ToBool(blocked))
	}

	owner, err := r.client.GetBucketOwnershipControls(ctx, &s3.GetBucketOwnershipControlsInput{Bucket: bucket})
	require.NoError(r.t, err)
	assert.Equal(r.t, types.ObjectOwnershipBucketOwnerEnforced, owner.OwnershipControls.Rules[0].ObjectOwnership)

	tags, err := r.client.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: bucket})
	require.NoError(r.t, err)
	found := map[string]string{}
	for _, tag := range tags.TagSet {
		found[*tag.Key] = *tag.Value
	}
	for _, key := range componenttest.TagKeys {
		assert.NotEmpty(r.t, found[key], key)
	}
}

// encryptedWith asserts the default encryption: a key with a bucket key, or SSE-S3 when the key is empty.
func (r readback) encryptedWith(key string) {
	out, err := r.client.GetBucketEncryption(r.t.Context(), &s3.GetBucketEncryptionInput{Bucket: aws.String(r.bucket)})
	require.NoError(r.t, err)
	rule := out.ServerSideEncryptionConfiguration.Rules[0]
	if key == "" {
		assert.Equal(r.t, types.ServerSideEncryptionAes256, rule.ApplyServerSideEncryptionByDefault.SSEAlgorithm)
		return
	}
	assert.Equal(r.t, types.ServerSideEncryptionAwsKms, rule.ApplyServerSideEncryptionByDefault.SSEAlgorithm)
	assert.Equal(r.t, key, aws.ToString(rule.ApplyServerSideEncryptionByDefault.KMSMasterKeyID))
	assert.True(r.t, aws.ToBool(rule.BucketKeyEnabled))
}

func (r readback) lifecycle() {
	out, err := r.client.GetBucketLifecycleConfiguration(r.t.Context(),
		&s3.GetBucketLifecycleConfigurationInput{Bucket: aws.String(r.bucket)})
	require.NoError(r.t, err)
	assert.Equal(r.t, types.TransitionDefaultMinimumObjectSizeAllStorageClasses128k,
		out.TransitionDefaultMinimumObjectSize)
	rules := map[string]types.LifecycleRule{}
	for _, rule := range out.Rules {
		rules[*rule.ID] = rule
	}
	whole, tmp := rules["bucket"], rules["prefix-1"]
	require.NotNil(r.t, whole.AbortIncompleteMultipartUpload)
	assert.Equal(r.t, int32(7), aws.ToInt32(whole.AbortIncompleteMultipartUpload.DaysAfterInitiation))
	require.NotNil(r.t, whole.NoncurrentVersionExpiration)
	assert.Equal(r.t, int32(60), aws.ToInt32(whole.NoncurrentVersionExpiration.NoncurrentDays))
	assert.Equal(r.t, int32(3), aws.ToInt32(whole.NoncurrentVersionExpiration.NewerNoncurrentVersions))
	require.NotNil(r.t, whole.Expiration)
	assert.True(r.t, aws.ToBool(whole.Expiration.ExpiredObjectDeleteMarker))
	moves := map[types.TransitionStorageClass]int32{}
	for _, transition := range whole.Transitions {
		moves[transition.StorageClass] = aws.ToInt32(transition.Days)
	}
	assert.Equal(r.t, map[types.TransitionStorageClass]int32{
		types.TransitionStorageClassStandardIa: 30,
		types.TransitionStorageClassGlacierIr:  90,
	}, moves)
	require.NotNil(r.t, tmp.Filter)
	assert.Equal(r.t, "tmp/", aws.ToString(tmp.Filter.Prefix))
	assert.Equal(r.t, int32(1), aws.ToInt32(tmp.Expiration.Days))
}

func (r readback) cors() {
	out, err := r.client.GetBucketCors(r.t.Context(), &s3.GetBucketCorsInput{Bucket: aws.String(r.bucket)})
	require.NoError(r.t, err)
	require.Len(r.t, out.CORSRules, 1)
	rule := out.CORSRules[0]
	assert.Equal(r.t, []string{"https://app.acme.example"}, rule.AllowedOrigins)
	assert.ElementsMatch(r.t, []string{"GET", "PUT", "POST"}, rule.AllowedMethods)
	assert.ElementsMatch(r.t, []string{"amz-sdk-*", "authorization", "content-md5", "content-type", "range", "x-amz-*"}, rule.AllowedHeaders)
	assert.ElementsMatch(r.t, []string{"Accept-Ranges", "Content-Length", "Content-Range", "ETag"}, rule.ExposeHeaders)
	assert.Equal(r.t, int32(3600), aws.ToInt32(rule.MaxAgeSeconds))
}

func (r readback) logsInto(logs string) {
	out, err := r.client.GetBucketLogging(r.t.Context(), &s3.GetBucketLoggingInput{Bucket: aws.String(r.bucket)})
	require.NoError(r.t, err)
	require.NotNil(r.t, out.LoggingEnabled)
	assert.Equal(r.t, logs, aws.ToString(out.LoggingEnabled.TargetBucket))
	assert.Equal(r.t, "s3-access/", aws.ToString(out.LoggingEnabled.TargetPrefix))
	require.NotNil(r.t, out.LoggingEnabled.TargetObjectKeyFormat)
	require.NotNil(r.t, out.LoggingEnabled.TargetObjectKeyFormat.PartitionedPrefix)
	assert.Equal(r.t, types.PartitionDateSourceEventTime,
		out.LoggingEnabled.TargetObjectKeyFormat.PartitionedPrefix.PartitionDateSource)
}

func (r readback) events() {
	out, err := r.client.GetBucketNotificationConfiguration(r.t.Context(),
		&s3.GetBucketNotificationConfigurationInput{Bucket: aws.String(r.bucket)})
	require.NoError(r.t, err)
	assert.NotNil(r.t, out.EventBridgeConfiguration)
}

// uploads tries what the bucket policy says.
func uploads(t testing.TB, env *sandboxtest.Env, bucket, key string) {
	cfg := env.AWSConfig("eu-west-1")
	foreign, err := kms.NewFromConfig(cfg).CreateKey(t.Context(), &kms.CreateKeyInput{})
	require.NoError(t, err)

	plainHTTP, oldTLS := sandboxtest.S3(sandboxtest.InsecureHTTP(cfg)), sandboxtest.S3(sandboxtest.TLSVersion(cfg, "1.1"))
	for name, c := range map[string]struct {
		client  *s3.Client
		change  func(*s3.PutObjectInput)
		refused bool
	}{
		"no header": {client: sandboxtest.S3(cfg)},
		"the bucket key": {client: sandboxtest.S3(cfg), change: func(in *s3.PutObjectInput) {
			in.ServerSideEncryption, in.SSEKMSKeyId = types.ServerSideEncryptionAwsKms, &key
		}},
		"TLS 1.2": {client: sandboxtest.S3(sandboxtest.TLSVersion(cfg, "1.2"))},
		"a foreign key": {client: sandboxtest.S3(cfg), refused: true, change: func(in *s3.PutObjectInput) {
			in.ServerSideEncryption, in.SSEKMSKeyId = types.ServerSideEncryptionAwsKms, foreign.KeyMetadata.Arn
		}},
		"KMS without a key": {
			client: sandboxtest.S3(cfg), refused: true,
			change: func(in *s3.PutObjectInput) { in.ServerSideEncryption = types.ServerSideEncryptionAwsKms },
		},
		"SSE-S3": {
			client: sandboxtest.S3(cfg), refused: true,
			change: func(in *s3.PutObjectInput) { in.ServerSideEncryption = types.ServerSideEncryptionAes256 },
		},
		"plain HTTP": {client: plainHTTP, refused: true},
		"TLS 1.1":    {client: oldTLS, refused: true},
	} {
		in := &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("uploads/take.wav"), Body: bytes.NewReader([]byte("sound"))}
		if c.change != nil {
			c.change(in)
		}
		out, err := c.client.PutObject(t.Context(), in)
		if c.refused {
			assert.True(t, denied(err), "%s: expected AccessDenied, got %v", name, err)
			continue
		}
		if assert.NoError(t, err, name) {
			assert.Equal(t, types.ServerSideEncryptionAwsKms, out.ServerSideEncryption, name)
			assert.Equal(t, key, aws.ToString(out.SSEKMSKeyId), name)
		}
	}

	for name, client := range map[string]*s3.Client{"plain HTTP": plainHTTP, "TLS 1.1": oldTLS} {
		_, err := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: &bucket, Key: aws.String("uploads/take.wav")})
		assert.True(t, denied(err), "reading over %s: expected AccessDenied, got %v", name, err)
		_, err = client.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: &bucket})
		assert.True(t, denied(err), "listing over %s: expected AccessDenied, got %v", name, err)
	}
}

func denied(err error) bool {
	var api smithy.APIError
	return errors.As(err, &api) && api.ErrorCode() == "AccessDenied"
}

// What Permanent promises, and what an update from permanent to disposable does.
func TestPermanentDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	program := func(lc *lifecycle.Lifecycle) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			args := &storage.BucketArgs{Labels: labels, AccessLogs: toggle.Disabled, Lifecycle: *lc}
			if lc.IsPermanent() {
				args.ObjectLock = &storage.ObjectLock{Mode: storage.Governance, Days: 1}
			}
			bucket, err := storage.NewBucket(ctx, "vault", args)
			if err != nil {
				return err
			}
			ctx.Export("bucket", bucket.BucketName)
			return nil
		}
	}
	lc := lifecycle.Permanent
	stack := env.Deploy(t, program(&lc), sandboxtest.Options{})
	up := stack.Up(t)
	stack.UpUnchanged(t)
	stack.RefreshUnchanged(t)

	lock, err := env.S3("eu-west-1").GetObjectLockConfiguration(t.Context(),
		&s3.GetObjectLockConfigurationInput{Bucket: aws.String(up.Output(t, "bucket"))})
	require.NoError(t, err)
	assert.Equal(t, types.ObjectLockRetentionModeGovernance, lock.ObjectLockConfiguration.Rule.DefaultRetention.Mode)

	for _, r := range stack.Resources(t) {
		if r.Type == bucketResource || r.Type == "aws:kms/key:Key" {
			assert.True(t, r.Protect && r.RetainOnDelete, r.URN)
		}
	}

	lc = lifecycle.Disposable
	changed := stack.Up(t)
	assert.Zero(t, changed.Replaced, "nothing stateful is replaced")
	stack.Destroy(t)
}
