package storage

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// LogBucketType is the type token of LogBucket.
const LogBucketType = "bulwark:storage:LogBucket"

// wafPrefix begins the name of every bucket that WAF delivers to.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html
const wafPrefix = "aws-waf-logs-"

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

	name    string
	labels  tagging.Labels
	sources LogSources
}

// NewLogBucket creates an archive for the logs of AWS services. It reports all problems with the arguments at once,
// before it creates anything.
func NewLogBucket(
	ctx *pulumi.Context, name string, args *LogBucketArgs, opts ...pulumi.ResourceOption,
) (*LogBucket, error) {
	args = component.OrEmpty(args)
	b := &builder{Base: component.NewBase(ctx, LogBucketType, name), want: args.settings()}
	if err := b.Err(args.check(name)); err != nil {
		return nil, err
	}
	return b.buildLogBucket(&LogBucket{name: name, labels: args.Labels, sources: args.Sources}, opts)
}

// settings are what the arguments ask for, with every default filled in.
func (a *LogBucketArgs) settings() settings {
	return settings{
		labels: a.Labels, lifecycle: a.Lifecycle, bucketName: a.BucketName, namePrefix: wafPrefix,
		key:        keychoice.Choice{Key: a.Key, Arn: a.KeyArn},
		versioning: VersioningEnabled,
		lifecycleRules: []lifecycleRule{{
			id: "bucket", abortMultipartDays: defaultAbortMultipartDays, removeDeleteMarkers: true,
			Retention: Retention{
				Transitions: a.Transitions, ExpiryDays: a.retentionDays(), NoncurrentExpiryDays: logNoncurrentDays,
			},
		}},
		minimumObjectSize: AllStorageClasses128K,
		objectLock:        a.ObjectLock,
		statements:        a.PolicyStatements,
		deliveries:        a.deliveries,
	}
}

func (b *builder) buildLogBucket(out *LogBucket, opts []pulumi.ResourceOption) (*LogBucket, error) {
	return component.Build(&b.Base, out, opts, append(b.steps(), func() error {
		made := b.made
		out.BucketName, out.BucketArn, out.Region = made.bucket.Bucket, made.bucket.Arn, b.region()
		out.Bucket, out.PublicAccessBlock, out.OwnershipControls = made.bucket, made.publicAccessBlock, made.ownershipControls
		out.BucketVersioning, out.Encryption, out.Policy = made.versioning, made.encryption, made.policy
		out.LifecycleConfiguration, out.ObjectLockConfiguration = made.lifecycleConfiguration, made.objectLock
		return nil
	})...)
}

// AcceptsWaf says whether WAF web ACLs of the bucket's region can deliver to the bucket.
func (b *LogBucket) AcceptsWaf() bool { return b.sources.Waf != nil }

// AcceptsFlowLogs says whether VPC flow logs of the bucket's region can deliver to the bucket, with or without
// Hive-compatible prefixes.
func (b *LogBucket) AcceptsFlowLogs(hivePartitions bool) bool {
	s := b.sources.FlowLogs
	return s != nil && s.HivePartitions == hivePartitions
}

// AcceptsLoadBalancer says whether every load balancer of the bucket's region whose name begins like that can deliver
// logs with that prefix.
func (b *LogBucket) AcceptsLoadBalancer(name, prefix string) bool {
	s := b.sources.LoadBalancers
	switch {
	case s == nil:
		return false
	case len(s.Prefixes) == 0 && prefix != "", len(s.Prefixes) > 0 && !slices.Contains(s.Prefixes, prefix):
		return false
	}
	return len(s.Names) == 0 || slices.ContainsFunc(s.Names, func(pattern string) bool {
		beginning, wildcard := strings.CutSuffix(pattern, "*")
		return wildcard && strings.HasPrefix(name, beginning)
	})
}

// AcceptsTrail says whether the trail of that name, whose home is the bucket's account and region, can deliver to the
// bucket.
func (b *LogBucket) AcceptsTrail(name string) bool {
	return b.sources.CloudTrail != nil && slices.Contains(b.sources.CloudTrail.TrailNames, name)
}

// acceptsBucket says whether a bucket can deliver its access logs: by its own name if its arguments have one, otherwise
// by its labels and its name within the stack.
func (b *LogBucket) acceptsBucket(labels tagging.Labels, name, bucketName string) bool {
	s := b.sources.AccessLogs
	switch {
	case s == nil:
		return false
	case bucketName != "":
		return slices.Contains(s.BucketNames, bucketName)
	}
	base := naming.Base(labels.Project, labels.Environment, name)
	return slices.ContainsFunc(s.Buckets, func(source string) bool {
		return naming.Base(b.labels.Project, b.labels.Environment, source) == base
	})
}
