package storage

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// Type tokens of the components.
const (
	BucketType        = "bulwark:storage:Bucket"
	LogBucketType     = "bulwark:storage:LogBucket"
	ReplicaBucketType = "bulwark:storage:ReplicaBucket"
)

// NewBucket creates a bucket for data. It reports all problems with the arguments at once, before it creates anything.
func NewBucket(ctx *pulumi.Context, name string, args *BucketArgs, opts ...pulumi.ResourceOption) (*Bucket, error) {
	if args == nil {
		args = &BucketArgs{}
	}
	if err := args.check(name).Err(BucketType, name); err != nil {
		return nil, err
	}
	b := &Bucket{name: name}
	if err := ctx.RegisterComponentResource(BucketType, name, b, opts...); err != nil {
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
		versioning:      or(args.Versioning, VersioningEnabled),
		rules:           rules(args.AbortMultipartDays, args.Retention, args.PrefixRetention),
		minimumSize:     or(args.MinimumObjectSize, AllStorageClasses128K),
		lock:            args.ObjectLock,
		cors:            corsDefaults(args.Cors),
		eventBridge:     args.EventBridge,
	}
	s.logTo(in, args.LogBucket, args.LogBucketName, args.LogPrefix)
	s.policy = policyJSON(in, s, args.PolicyStatements, nil)

	r, err := s.create(ctx)
	if err != nil {
		return nil, err
	}
	b.BucketName, b.BucketArn, b.Region = r.bucket.Bucket, r.bucket.Arn, in.String(func(i account.Info) string { return i.Region })
	b.KeyArn, b.Key, b.RegionalDomainName = keyArn, key, r.bucket.BucketRegionalDomainName
	b.Bucket, b.PublicAccessBlock, b.OwnershipControls, b.BucketVersioning = r.bucket, r.publicAccess, r.ownership, r.versioning
	b.Encryption, b.Policy, b.LifecycleConfiguration, b.ObjectLockConfiguration = r.encryption, r.policy, r.rules, r.lock
	b.Logging, b.CorsConfiguration, b.Notification = r.logging, r.cors, r.notifications
	b.location = in

	return b, ctx.RegisterResourceOutputs(b, r.outputs(pulumi.Map{
		"bucketName":         b.BucketName,
		"bucketArn":          b.BucketArn,
		"region":             b.Region,
		"keyArn":             b.KeyArn,
		"regionalDomainName": b.RegionalDomainName,
	}))
}

// keyFor is the key of a bucket: given, or made for it.
func keyFor(ctx *pulumi.Context, parent pulumi.Resource, name string, key *encryption.Key, arn pulumi.StringInput, labels tagging.Labels, lc lifecycle.Lifecycle) (*encryption.Key, pulumi.StringOutput, error) {
	if arn != nil {
		return nil, arn.ToStringOutput(), nil
	}
	if key == nil {
		var err error
		key, err = encryption.NewKey(ctx, name+"-key", &encryption.KeyArgs{
			Labels: labels, Lifecycle: lc, Uses: []encryption.Use{encryption.UseS3},
		}, pulumi.Parent(parent))
		if err != nil {
			return nil, pulumi.StringOutput{}, err
		}
	}
	return key, key.KeyArn, nil
}

// bucketName is the physical name, known in previews too.
func bucketName(in account.Output, prefix, given string, labels tagging.Labels, name string) pulumi.StringOutput {
	if given != "" {
		return pulumi.String(given).ToStringOutput()
	}
	base := naming.Base(labels.Project, labels.Environment, name)
	return in.String(func(i account.Info) string { return naming.Bucket(prefix, base, i.ID, i.Region) })
}

// logTo sends the access logs to one of the two, or nowhere.
func (s *store) logTo(in account.Output, bucket *LogBucket, name pulumi.StringInput, prefix string) {
	s.logPrefix = logPrefix(prefix)
	switch {
	case bucket != nil:
		s.logBucket = sameRegion(bucket, in)
		// S3 delivers nothing before the policy is there.
		s.logDependsOn = []pulumi.Resource{bucket.Policy}
	case name != nil:
		s.logBucket = differs(name, s.bucketName)
	}
}

// sameRegion is the name of the log bucket, and an error if it is in another region: S3 delivers within a region only.
func sameRegion(bucket *LogBucket, in account.Output) pulumi.StringOutput {
	return pulumi.All(bucket.BucketName, bucket.Region, in).ApplyT(func(values []any) (string, error) {
		name, region, own := values[0].(string), values[1].(string), values[2].(account.Info).Region
		if region != own {
			return "", fmt.Errorf("logBucketName: %s is in %s: expected a log bucket in %s, the region of the bucket; fix: create one with the same provider", name, region, own)
		}
		return name, nil
	}).(pulumi.StringOutput)
}

// differs is the name of the log bucket, and an error if it turns out to be the bucket itself.
func differs(logs pulumi.StringInput, own pulumi.StringOutput) pulumi.StringOutput {
	return pulumi.All(logs, own).ApplyT(func(values []any) (string, error) {
		if values[0] == values[1] {
			return "", errors.New("logBucketName: " + values[0].(string) + " is the bucket itself: expected another one; fix: create a LogBucket for the logs")
		}
		return values[0].(string), nil
	}).(pulumi.StringOutput)
}

// or is the value, or the default if it is zero.
func or[T comparable](value, byDefault T) T {
	var zero T
	if value == zero {
		return byDefault
	}
	return value
}

// rules turns retention into lifecycle rules: one for the whole bucket, one for each prefix.
func rules(abort int, whole *Retention, prefixes []PrefixRetention) []rule {
	out := []rule{{id: "bucket", abort: or(abort, 7), markers: true, Retention: whole.orDefault()}}
	for i, p := range prefixes {
		out = append(out, rule{id: fmt.Sprintf("prefix-%d", i+1), prefix: p.Prefix, Retention: Retention{
			Transitions: p.Transitions, ExpiryDays: p.ExpiryDays, NoncurrentExpiryDays: p.NoncurrentExpiryDays,
		}})
	}
	return out
}

func corsDefaults(in []CorsRule) []CorsRule {
	out := make([]CorsRule, len(in))
	for i, c := range in {
		if c.AnyOrigin {
			c.Origins = []string{"*"}
		}
		if len(c.Methods) == 0 {
			c.Methods = []CorsMethod{CorsGet, CorsPut, CorsPost}
		}
		if len(c.Headers) == 0 {
			c.Headers = []string{"content-md5", "content-type", "x-amz-*"}
		}
		if len(c.ExposeHeaders) == 0 {
			c.ExposeHeaders = []string{"ETag"}
		}
		c.MaxAgeSeconds = or(c.MaxAgeSeconds, 3600)
		out[i] = c
	}
	return out
}
