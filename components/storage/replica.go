package storage

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
)

// NewReplicaBucket creates a bucket that can receive the copies of another one: versions, a key of its own, the same
// policy. Give it the provider of the second region (pulumi.Provider). It reports all problems with the arguments at
// once, before it creates anything.
func NewReplicaBucket(ctx *pulumi.Context, name string, args *ReplicaBucketArgs, opts ...pulumi.ResourceOption) (*ReplicaBucket, error) {
	if args == nil {
		args = &ReplicaBucketArgs{}
	}
	if err := args.check(name).Err(ReplicaBucketType, name); err != nil {
		return nil, err
	}
	b := &ReplicaBucket{}
	if err := ctx.RegisterComponentResource(ReplicaBucketType, name, b, opts...); err != nil {
		return nil, err
	}

	in := account.Lookup(ctx, b)
	key, keyArn, err := keyFor(ctx, b, name, args.Key, args.KeyArn, args.Labels, args.Lifecycle)
	if err != nil {
		return nil, err
	}
	s := &store{
		name: name, parent: b, lifecycle: args.Lifecycle, tags: args.Labels.Tags(name),
		bucketName:      bucketName(in, "", args.BucketName, args.Labels, name),
		keyArn:          keyArn,
		denyForeignKeys: true,
		versioning:      VersioningEnabled,
		rules:           rules(args.AbortMultipartDays, args.Retention, nil),
		minimumSize:     or(args.MinimumObjectSize, AllStorageClasses128K),
		lock:            args.ObjectLock,
	}
	s.logTo(in, args.LogBucket, args.LogBucketName, args.LogPrefix)
	s.policy = policyJSON(in, s, nil, nil)

	r, err := s.create(ctx)
	if err != nil {
		return nil, err
	}
	b.BucketName, b.BucketArn, b.Region = r.bucket.Bucket, r.bucket.Arn, in.String(func(i account.Info) string { return i.Region })
	b.KeyArn, b.Key, b.RegionalDomainName = keyArn, key, r.bucket.BucketRegionalDomainName
	b.Bucket, b.PublicAccessBlock, b.OwnershipControls, b.BucketVersioning = r.bucket, r.publicAccess, r.ownership, r.versioning
	b.Encryption, b.Policy, b.LifecycleConfiguration, b.ObjectLockConfiguration = r.encryption, r.policy, r.rules, r.lock
	b.Logging = r.logging

	return b, ctx.RegisterResourceOutputs(b, r.outputs(pulumi.Map{
		"bucketName":         b.BucketName,
		"bucketArn":          b.BucketArn,
		"region":             b.Region,
		"keyArn":             b.KeyArn,
		"regionalDomainName": b.RegionalDomainName,
	}))
}
