package storage

// Everything that pulumi-aws v7 renames (BucketV2 and its satellites) is in this file, so that the move to v7 is an
// edit of this file, with aliases.

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
)

// Bucket is a bucket for data. See NewBucket.
type Bucket struct {
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
	// Logging sends server access logs to the log bucket; nil with AccessLogsOff.
	Logging *s3.BucketLoggingV2
	// CorsConfiguration lets browsers in; nil without BucketArgs.Cors.
	CorsConfiguration *s3.BucketCorsConfigurationV2
	// Notification sends events to EventBridge; nil without BucketArgs.EventBridge.
	Notification *s3.BucketNotification

	name     string
	location account.Output
}

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
	// Logging sends server access logs to the log bucket; nil with AccessLogsOff.
	Logging *s3.BucketLoggingV2
}

// LogBucket is an archive for the logs of AWS services. See NewLogBucket.
type LogBucket struct {
	pulumi.ResourceState

	// BucketName is the name of the bucket, known in previews too.
	BucketName pulumi.StringOutput `pulumi:"bucketName"`
	// BucketArn is the ARN of the bucket.
	BucketArn pulumi.StringOutput `pulumi:"bucketArn"`
	// Region is the region of the bucket.
	Region pulumi.StringOutput `pulumi:"region"`

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

	accepts accepted
}

// resources are a bucket and the resources that only set something on it. Those that the arguments did not ask for are
// nil.
type resources struct {
	bucket        *s3.BucketV2
	publicAccess  *s3.BucketPublicAccessBlock
	ownership     *s3.BucketOwnershipControls
	versioning    *s3.BucketVersioningV2
	encryption    *s3.BucketServerSideEncryptionConfigurationV2
	policy        *s3.BucketPolicy
	rules         *s3.BucketLifecycleConfigurationV2
	lock          *s3.BucketObjectLockConfigurationV2
	logging       *s3.BucketLoggingV2
	cors          *s3.BucketCorsConfigurationV2
	notifications *s3.BucketNotification
}

// store is what a bucket shall be, with every default filled in.
type store struct {
	name            string
	parent          pulumi.Resource
	lifecycle       lifecycle.Lifecycle
	bucketName      pulumi.StringOutput
	tags            pulumi.StringMap
	keyArn          pulumi.StringInput // nil: SSE-S3
	denyForeignKeys bool
	policy          pulumi.StringInput
	versioning      Versioning
	rules           []rule
	minimumSize     MinimumObjectSize
	lock            *ObjectLock
	logBucket       pulumi.StringInput // nil: no access logs
	logPrefix       string
	logDependsOn    []pulumi.Resource
	cors            []CorsRule
	eventBridge     bool
}

// rule is one lifecycle rule.
type rule struct {
	id      string
	prefix  string
	abort   int // 0: leave uploads alone
	markers bool
	Retention
}

func (s *store) create(ctx *pulumi.Context) (r resources, err error) {
	if r.bucket, err = s3.NewBucketV2(ctx, s.name, &s3.BucketV2Args{
		Bucket:       s.bucketName.ToStringPtrOutput(),
		ForceDestroy: pulumi.Bool(s.lifecycle.ForceDestroy()),
		Tags:         s.tags,
	}, append(s.lifecycle.Stateful(), pulumi.Parent(s.parent))...); err != nil {
		return r, err
	}
	for _, step := range []func(*pulumi.Context, *resources) error{
		s.access, s.versions, s.encryption, s.bucketPolicy, s.lifecycleRules, s.objectLock, s.logging, s.browsers, s.events,
	} {
		if err := step(ctx, &r); err != nil {
			return r, err
		}
	}
	return r, nil
}

// setting are the options of a resource that every bucket has.
func (s *store) setting(r *resources, more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append(append(s.lifecycle.Setting(r.bucket), pulumi.Parent(s.parent)), more...)
}

// choice are the options of a resource that exists as long as an argument asks for it: never retained, or it would stay
// in force when the argument goes.
func (s *store) choice(r *resources, more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(s.parent), pulumi.DeletedWith(r.bucket)}, more...)
}

func (s *store) access(ctx *pulumi.Context, r *resources) (err error) {
	if r.publicAccess, err = s3.NewBucketPublicAccessBlock(ctx, s.name, &s3.BucketPublicAccessBlockArgs{
		Bucket:                r.bucket.Bucket,
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, s.setting(r)...); err != nil {
		return err
	}
	r.ownership, err = s3.NewBucketOwnershipControls(ctx, s.name, &s3.BucketOwnershipControlsArgs{
		Bucket: r.bucket.Bucket,
		Rule:   &s3.BucketOwnershipControlsRuleArgs{ObjectOwnership: pulumi.String("BucketOwnerEnforced")},
	}, s.setting(r)...)
	return err
}

func (s *store) versions(ctx *pulumi.Context, r *resources) (err error) {
	r.versioning, err = s3.NewBucketVersioningV2(ctx, s.name, &s3.BucketVersioningV2Args{
		Bucket: r.bucket.Bucket,
		VersioningConfiguration: &s3.BucketVersioningV2VersioningConfigurationArgs{
			Status: pulumi.String(s.versioning),
		},
	}, s.setting(r)...)
	return err
}

func (s *store) encryption(ctx *pulumi.Context, r *resources) (err error) {
	byDefault := &s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs{
		SseAlgorithm: pulumi.String("AES256"),
	}
	if s.keyArn != nil {
		byDefault.SseAlgorithm = pulumi.String("aws:kms")
		byDefault.KmsMasterKeyId = s.keyArn.ToStringOutput().ToStringPtrOutput()
	}
	r.encryption, err = s3.NewBucketServerSideEncryptionConfigurationV2(ctx, s.name, &s3.BucketServerSideEncryptionConfigurationV2Args{
		Bucket: r.bucket.Bucket,
		Rules: s3.BucketServerSideEncryptionConfigurationV2RuleArray{
			&s3.BucketServerSideEncryptionConfigurationV2RuleArgs{
				ApplyServerSideEncryptionByDefault: byDefault,
				BucketKeyEnabled:                   pulumi.Bool(s.keyArn != nil),
			},
		},
	}, s.setting(r)...)
	return err
}

func (s *store) bucketPolicy(ctx *pulumi.Context, r *resources) (err error) {
	// S3 refuses to change the two at the same time.
	after := pulumi.DependsOn([]pulumi.Resource{r.publicAccess})
	r.policy, err = s3.NewBucketPolicy(ctx, s.name, &s3.BucketPolicyArgs{
		Bucket: r.bucket.Bucket,
		Policy: s.policy,
	}, s.setting(r, after)...)
	return err
}

func (s *store) lifecycleRules(ctx *pulumi.Context, r *resources) (err error) {
	rules := make(s3.BucketLifecycleConfigurationV2RuleArray, len(s.rules))
	for i, rule := range s.rules {
		rules[i] = rule.args()
	}
	// Rules for noncurrent versions need versions.
	after := pulumi.DependsOn([]pulumi.Resource{r.versioning})
	r.rules, err = s3.NewBucketLifecycleConfigurationV2(ctx, s.name, &s3.BucketLifecycleConfigurationV2Args{
		Bucket:                             r.bucket.Bucket,
		Rules:                              rules,
		TransitionDefaultMinimumObjectSize: pulumi.String(s.minimumSize),
	}, s.setting(r, after)...)
	return err
}

func (r rule) args() *s3.BucketLifecycleConfigurationV2RuleArgs {
	args := &s3.BucketLifecycleConfigurationV2RuleArgs{
		Id:     pulumi.String(r.id),
		Status: pulumi.String("Enabled"),
		Filter: &s3.BucketLifecycleConfigurationV2RuleFilterArgs{Prefix: pulumi.String(r.prefix)},
	}
	if r.abort > 0 {
		args.AbortIncompleteMultipartUpload = &s3.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs{
			DaysAfterInitiation: pulumi.Int(r.abort),
		}
	}
	switch {
	case r.ExpiryDays > 0:
		args.Expiration = &s3.BucketLifecycleConfigurationV2RuleExpirationArgs{Days: pulumi.Int(r.ExpiryDays)}
	case r.markers:
		// S3 takes this only without days: with them it removes lone delete markers by itself.
		args.Expiration = &s3.BucketLifecycleConfigurationV2RuleExpirationArgs{ExpiredObjectDeleteMarker: pulumi.Bool(true)}
	}
	if r.NoncurrentExpiryDays > 0 {
		expiration := &s3.BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs{
			NoncurrentDays: pulumi.Int(r.NoncurrentExpiryDays),
		}
		if r.NewerNoncurrentVersions > 0 {
			expiration.NewerNoncurrentVersions = pulumi.Int(r.NewerNoncurrentVersions)
		}
		args.NoncurrentVersionExpiration = expiration
	}
	var transitions s3.BucketLifecycleConfigurationV2RuleTransitionArray
	for _, t := range r.Transitions {
		transitions = append(transitions, &s3.BucketLifecycleConfigurationV2RuleTransitionArgs{
			Days: pulumi.Int(t.Days), StorageClass: pulumi.String(t.Class),
		})
	}
	if transitions != nil {
		args.Transitions = transitions
	}
	return args
}

func (s *store) objectLock(ctx *pulumi.Context, r *resources) (err error) {
	if s.lock == nil {
		return nil
	}
	// S3 can lock an existing bucket, once it has versions. The bucket's own property would replace it.
	after := pulumi.DependsOn([]pulumi.Resource{r.versioning})
	r.lock, err = s3.NewBucketObjectLockConfigurationV2(ctx, s.name, &s3.BucketObjectLockConfigurationV2Args{
		Bucket: r.bucket.Bucket,
		Rule: &s3.BucketObjectLockConfigurationV2RuleArgs{
			DefaultRetention: &s3.BucketObjectLockConfigurationV2RuleDefaultRetentionArgs{
				Mode: pulumi.String(s.lock.Mode), Days: pulumi.Int(s.lock.Days),
			},
		},
	}, s.choice(r, after)...)
	return err
}

func (s *store) logging(ctx *pulumi.Context, r *resources) (err error) {
	if s.logBucket == nil {
		return nil
	}
	r.logging, err = s3.NewBucketLoggingV2(ctx, s.name, &s3.BucketLoggingV2Args{
		Bucket:       r.bucket.Bucket,
		TargetBucket: s.logBucket,
		TargetPrefix: pulumi.String(s.logPrefix),
		TargetObjectKeyFormat: &s3.BucketLoggingV2TargetObjectKeyFormatArgs{
			PartitionedPrefix: &s3.BucketLoggingV2TargetObjectKeyFormatPartitionedPrefixArgs{
				PartitionDateSource: pulumi.String("EventTime"),
			},
		},
	}, s.choice(r, pulumi.DependsOn(s.logDependsOn))...)
	return err
}

func (s *store) browsers(ctx *pulumi.Context, r *resources) (err error) {
	if len(s.cors) == 0 {
		return nil
	}
	rules := make(s3.BucketCorsConfigurationV2CorsRuleArray, len(s.cors))
	for i, c := range s.cors {
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
	r.cors, err = s3.NewBucketCorsConfigurationV2(ctx, s.name, &s3.BucketCorsConfigurationV2Args{
		Bucket: r.bucket.Bucket, CorsRules: rules,
	}, s.choice(r)...)
	return err
}

func (s *store) events(ctx *pulumi.Context, r *resources) (err error) {
	if !s.eventBridge {
		return nil
	}
	r.notifications, err = s3.NewBucketNotification(ctx, s.name, &s3.BucketNotificationArgs{
		Bucket: r.bucket.Bucket, Eventbridge: pulumi.Bool(true),
	}, s.choice(r)...)
	return err
}

// outputs adds the children that every bucket has to the outputs of a component. The others have no place there: the
// schema of a component in other languages knows no missing child.
func (r *resources) outputs(to pulumi.Map) pulumi.Map {
	to["bucket"], to["publicAccessBlock"], to["ownershipControls"] = r.bucket, r.publicAccess, r.ownership
	to["bucketVersioning"], to["encryption"], to["policy"], to["lifecycleConfiguration"] = r.versioning, r.encryption, r.policy, r.rules
	return to
}
