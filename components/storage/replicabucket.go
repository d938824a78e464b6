package storage

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
)

// ReplicaBucketType is the type token of ReplicaBucket.
const ReplicaBucketType = "bulwark:storage:ReplicaBucket"

// ReplicaBucket is a bucket for the copies of another one, in another region. See NewReplicaBucket.
type ReplicaBucket struct {
	pulumi.ResourceState

	// BucketName is the name of the bucket, known in previews too.
	BucketName pulumi.StringOutput `pulumi:"bucketName"`
	// BucketArn is the ARN of the bucket.
	BucketArn pulumi.StringOutput `pulumi:"bucketArn"`
	// Region is the region of the bucket.
	Region pulumi.StringOutput `pulumi:"region"`
	// KeyArn is the ARN of the key that encrypts the objects.
	KeyArn pulumi.StringOutput `pulumi:"keyArn"`
	// RegionalDomainName is the bucket's address in its region, without https://.
	RegionalDomainName pulumi.StringOutput `pulumi:"regionalDomainName"`

	// Key is the key, if the component created it or was given it as one; otherwise nil.
	Key *encryption.Key
	// Bucket is the bucket itself.
	Bucket *s3.BucketV2 `pulumi:"bucket" provider:"type=aws@6.83.2:s3/bucketV2:BucketV2"`
	// PublicAccessBlock blocks public access in all four ways.
	PublicAccessBlock *s3.BucketPublicAccessBlock `pulumi:"publicAccessBlock" provider:"type=aws@6.83.2:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"`
	// OwnershipControls turn access control lists off.
	OwnershipControls *s3.BucketOwnershipControls `pulumi:"ownershipControls" provider:"type=aws@6.83.2:s3/bucketOwnershipControls:BucketOwnershipControls"`
	// BucketVersioning keeps what is overwritten or deleted.
	BucketVersioning *s3.BucketVersioningV2 `pulumi:"bucketVersioning" provider:"type=aws@6.83.2:s3/bucketVersioningV2:BucketVersioningV2"`
	// Encryption is the default encryption.
	Encryption *s3.BucketServerSideEncryptionConfigurationV2 `pulumi:"encryption" provider:"type=aws@6.83.2:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"`
	// Policy is the bucket policy, all of it.
	Policy *s3.BucketPolicy `pulumi:"policy" provider:"type=aws@6.83.2:s3/bucketPolicy:BucketPolicy"`
	// LifecycleConfiguration holds the lifecycle rules.
	LifecycleConfiguration *s3.BucketLifecycleConfigurationV2 `pulumi:"lifecycleConfiguration" provider:"type=aws@6.83.2:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"`
	// ObjectLockConfiguration is the default object lock; nil without one.
	ObjectLockConfiguration *s3.BucketObjectLockConfigurationV2
	// Logging sends server access logs to the log bucket; nil when ReplicaBucketArgs.AccessLogs is disabled.
	Logging *s3.BucketLoggingV2

	name     string
	location account.Output
}

// NewReplicaBucket creates a bucket that can receive the copies of another one: versions, its own key, the same policy.
// Give it the provider of the second region (pulumi.Provider). It reports all problems with the arguments at once,
// before it creates anything.
func NewReplicaBucket(
	ctx *pulumi.Context, name string, args *ReplicaBucketArgs, opts ...pulumi.ResourceOption,
) (*ReplicaBucket, error) {
	args = component.OrEmpty(args)
	b := &builder{Base: component.NewBase(ctx, ReplicaBucketType, name), want: args.settings()}
	if err := b.Err(args.check(name)); err != nil {
		return nil, err
	}
	return b.buildReplicaBucket(opts)
}

// settings are what the arguments ask for, with every default filled in.
func (a *ReplicaBucketArgs) settings() settings {
	return settings{
		labels: a.Labels, lifecycle: a.Lifecycle, bucketName: a.BucketName,
		key: keychoice.Choice{Key: a.Key, Arn: a.KeyArn}, ownKey: true,
		accessLogs: accessLogs{
			toggle: a.AccessLogs, bucket: a.LogBucket, bucketName: a.LogBucketName, prefix: a.LogPrefix,
		},
		versioning:        VersioningEnabled,
		lifecycleRules:    lifecycleRules(a.AbortMultipartDays, a.Retention, nil),
		minimumObjectSize: cmp.Or(a.MinimumObjectSize, AllStorageClasses128K),
		objectLock:        a.ObjectLock,
	}
}

func (b *builder) buildReplicaBucket(opts []pulumi.ResourceOption) (*ReplicaBucket, error) {
	out := &ReplicaBucket{name: b.Name}
	return component.Build(&b.Base, out, opts, append(b.steps(), func() error {
		made := b.made
		out.BucketName, out.BucketArn, out.Region = made.bucket.Bucket, made.bucket.Arn, b.region()
		out.RegionalDomainName = made.bucket.BucketRegionalDomainName
		out.KeyArn, out.Key = made.keyArn, made.key
		out.Bucket, out.PublicAccessBlock, out.OwnershipControls = made.bucket, made.publicAccessBlock, made.ownershipControls
		out.BucketVersioning, out.Encryption, out.Policy = made.versioning, made.encryption, made.policy
		out.LifecycleConfiguration, out.ObjectLockConfiguration = made.lifecycleConfiguration, made.objectLock
		out.Logging = made.logging
		out.location = b.Location()
		return nil
	})...)
}
