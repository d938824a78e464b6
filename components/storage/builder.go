package storage

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// builder makes the bucket of any of the three components, and what is set on it.
type builder struct {
	component.Base
	want settings
	made children
}

// children are a bucket, its key, and the resources that only set something on it. Those that the arguments did not ask
// for are nil.
type children struct {
	key *encryption.Key
	// keyArn is the zero value where S3 encrypts with its own keys.
	keyArn                 pulumi.StringOutput
	bucket                 *s3.BucketV2
	publicAccessBlock      *s3.BucketPublicAccessBlock
	ownershipControls      *s3.BucketOwnershipControls
	versioning             *s3.BucketVersioningV2
	encryption             *s3.BucketServerSideEncryptionConfigurationV2
	policy                 *s3.BucketPolicy
	lifecycleConfiguration *s3.BucketLifecycleConfigurationV2
	objectLock             *s3.BucketObjectLockConfigurationV2
	logging                *s3.BucketLoggingV2
	cors                   *s3.BucketCorsConfigurationV2
	notification           *s3.BucketNotification
}

// steps make the bucket, then what every bucket has, then what the arguments ask for. Each component adds a last one,
// which sets its outputs.
func (b *builder) steps() []func() error {
	return []func() error{
		b.key, b.bucket,
		b.publicAccessBlock, b.ownershipControls, b.versioning, b.encryption, b.policy, b.lifecycleConfiguration,
		b.objectLock, b.logging, b.cors, b.notification,
	}
}

// encrypted says whether objects are encrypted with a KMS key, rather than with keys of S3.
func (b *builder) encrypted() bool { return b.want.ownKey || b.want.key.Given() }

// key is the key that the arguments name, or one that is made for the bucket. A key of another region would let S3 set
// the default encryption, and fail at every upload.
func (b *builder) key() (err error) {
	if !b.encrypted() {
		return nil
	}
	b.made.key, b.made.keyArn, err = b.want.key.OrMake(&b.Base, b.Name, encryption.KeyArgs{
		Labels: b.want.labels, Lifecycle: b.want.lifecycle, Uses: []encryption.Use{encryption.UseS3},
	})
	if err != nil || !b.want.key.Given() {
		return err
	}
	path := validate.Path("keyArn")
	if b.want.key.Key != nil {
		path = "key"
	}
	b.made.keyArn = keychoice.CheckedArn(&b.Base, path, b.made.keyArn, "the bucket")
	return nil
}

func (b *builder) bucket() (err error) {
	name := b.Location().String(func(in account.Info) string { return b.want.physicalName(b.Name, in) })
	b.made.bucket, err = s3.NewBucketV2(b.Ctx, b.Name, &s3.BucketV2Args{
		Bucket:       name.ToStringPtrOutput(),
		ForceDestroy: pulumi.Bool(b.want.lifecycle.ForceDestroy()),
		Tags:         b.want.labels.Tags(b.Name),
	}, b.Child(b.want.lifecycle.Stateful()...)...)
	return err
}

func (b *builder) region() pulumi.StringOutput {
	return b.Location().String(func(in account.Info) string { return in.Region })
}

// always are the options of a resource that every bucket has.
func (b *builder) always(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append(b.Child(b.want.lifecycle.Setting(b.made.bucket)...), more...)
}

// onRequest are the options of a resource that exists as long as an argument asks for it: never retained, or it would
// stay in force when the argument goes.
func (b *builder) onRequest(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append(b.Child(pulumi.DeletedWith(b.made.bucket)), more...)
}

func (b *builder) publicAccessBlock() (err error) {
	b.made.publicAccessBlock, err = s3.NewBucketPublicAccessBlock(b.Ctx, b.Name, &s3.BucketPublicAccessBlockArgs{
		Bucket:                b.made.bucket.Bucket,
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, b.always()...)
	return err
}

// ownershipControls turn access control lists off.
func (b *builder) ownershipControls() (err error) {
	b.made.ownershipControls, err = s3.NewBucketOwnershipControls(b.Ctx, b.Name, &s3.BucketOwnershipControlsArgs{
		Bucket: b.made.bucket.Bucket,
		Rule:   &s3.BucketOwnershipControlsRuleArgs{ObjectOwnership: pulumi.String("BucketOwnerEnforced")},
	}, b.always()...)
	return err
}

func (b *builder) versioning() (err error) {
	b.made.versioning, err = s3.NewBucketVersioningV2(b.Ctx, b.Name, &s3.BucketVersioningV2Args{
		Bucket: b.made.bucket.Bucket,
		VersioningConfiguration: &s3.BucketVersioningV2VersioningConfigurationArgs{
			Status: pulumi.String(b.want.versioning),
		},
	}, b.always()...)
	return err
}

// encryption is the default for uploads that choose none.
func (b *builder) encryption() (err error) {
	byDefault := &s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs{
		SseAlgorithm: pulumi.String("AES256"),
	}
	if b.encrypted() {
		byDefault.SseAlgorithm = pulumi.String("aws:kms")
		byDefault.KmsMasterKeyId = b.made.keyArn.ToStringPtrOutput()
	}
	args := &s3.BucketServerSideEncryptionConfigurationV2Args{
		Bucket: b.made.bucket.Bucket,
		Rules: s3.BucketServerSideEncryptionConfigurationV2RuleArray{
			&s3.BucketServerSideEncryptionConfigurationV2RuleArgs{
				ApplyServerSideEncryptionByDefault: byDefault,
				BucketKeyEnabled:                   pulumi.Bool(b.encrypted()),
			},
		},
	}
	b.made.encryption, err = s3.NewBucketServerSideEncryptionConfigurationV2(b.Ctx, b.Name, args, b.always()...)
	return err
}

func (b *builder) policy() (err error) {
	// S3 refuses to change the two at the same time.
	after := pulumi.DependsOn([]pulumi.Resource{b.made.publicAccessBlock})
	b.made.policy, err = s3.NewBucketPolicy(b.Ctx, b.Name, &s3.BucketPolicyArgs{
		Bucket: b.made.bucket.Bucket,
		Policy: b.policyJSON(),
	}, b.always(after)...)
	return err
}

func (b *builder) objectLock() (err error) {
	lock := b.want.objectLock
	if lock == nil {
		return nil
	}
	// S3 can lock an existing bucket, once it has versions. The bucket's own property would replace it.
	after := pulumi.DependsOn([]pulumi.Resource{b.made.versioning})
	b.made.objectLock, err = s3.NewBucketObjectLockConfigurationV2(b.Ctx, b.Name, &s3.BucketObjectLockConfigurationV2Args{
		Bucket: b.made.bucket.Bucket,
		Rule: &s3.BucketObjectLockConfigurationV2RuleArgs{
			DefaultRetention: &s3.BucketObjectLockConfigurationV2RuleDefaultRetentionArgs{
				Mode: pulumi.String(lock.Mode), Days: pulumi.Int(lock.Days),
			},
		},
	}, b.onRequest(after)...)
	return err
}

// logging sends server access logs to the log bucket, unless they are disabled.
func (b *builder) logging() (err error) {
	logs := b.want.accessLogs
	if !logs.toggle.On() || !logs.given() {
		return nil
	}
	options := b.onRequest()
	if logs.bucket != nil {
		// S3 delivers nothing before the policy is there.
		options = append(options, pulumi.DependsOn([]pulumi.Resource{logs.bucket.Policy}))
	}
	b.made.logging, err = s3.NewBucketLoggingV2(b.Ctx, b.Name, &s3.BucketLoggingV2Args{
		Bucket:       b.made.bucket.Bucket,
		TargetBucket: b.checkedLogBucket(),
		TargetPrefix: pulumi.String(logs.prefixOrDefault()),
		TargetObjectKeyFormat: &s3.BucketLoggingV2TargetObjectKeyFormatArgs{
			PartitionedPrefix: &s3.BucketLoggingV2TargetObjectKeyFormatPartitionedPrefixArgs{
				PartitionDateSource: pulumi.String("EventTime"),
			},
		},
	}, options...)
	return err
}

func (b *builder) cors() (err error) {
	if len(b.want.cors) == 0 {
		return nil
	}
	rules := make(s3.BucketCorsConfigurationV2CorsRuleArray, len(b.want.cors))
	for i, c := range b.want.cors {
		methods := make(pulumi.StringArray, len(c.Methods))
		for j, m := range c.Methods {
			methods[j] = pulumi.String(m)
		}
		rules[i] = &s3.BucketCorsConfigurationV2CorsRuleArgs{
			AllowedOrigins: pulumi.ToStringArray(c.Origins),
			AllowedMethods: methods,
			AllowedHeaders: pulumi.ToStringArray(c.Headers),
			ExposeHeaders:  pulumi.ToStringArray(c.ExposeHeaders),
			MaxAgeSeconds:  pulumi.Int(c.MaxAgeSeconds),
		}
	}
	b.made.cors, err = s3.NewBucketCorsConfigurationV2(b.Ctx, b.Name, &s3.BucketCorsConfigurationV2Args{
		Bucket: b.made.bucket.Bucket, CorsRules: rules,
	}, b.onRequest()...)
	return err
}

// notification sends an event to EventBridge for every change of an object.
func (b *builder) notification() (err error) {
	if !b.want.eventBridge {
		return nil
	}
	b.made.notification, err = s3.NewBucketNotification(b.Ctx, b.Name, &s3.BucketNotificationArgs{
		Bucket: b.made.bucket.Bucket, Eventbridge: pulumi.Bool(true),
	}, b.onRequest()...)
	return err
}
