package storage

import (
	"cmp"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// lifecycleRule is one rule of a lifecycle configuration. Numbers of days that are zero leave things as they are.
type lifecycleRule struct {
	id, prefix          string
	abortMultipartDays  int
	removeDeleteMarkers bool
	Retention
}

// lifecycleRules turn retention into rules: one for the whole bucket, one for each prefix.
func lifecycleRules(abortMultipartDays int, whole *Retention, prefixes []PrefixRetention) []lifecycleRule {
	rules := []lifecycleRule{{
		id: "bucket", abortMultipartDays: cmp.Or(abortMultipartDays, defaultAbortMultipartDays), removeDeleteMarkers: true,
		Retention: whole.withDefaults(),
	}}
	for i, p := range prefixes {
		rules = append(rules, lifecycleRule{id: fmt.Sprintf("prefix-%d", i+1), prefix: p.Prefix, Retention: Retention{
			Transitions: p.Transitions, ExpiryDays: p.ExpiryDays, NoncurrentExpiryDays: p.NoncurrentExpiryDays,
		}})
	}
	return rules
}

func (b *builder) lifecycleConfiguration() (err error) {
	rules := make(s3.BucketLifecycleConfigurationV2RuleArray, len(b.want.lifecycleRules))
	for i, rule := range b.want.lifecycleRules {
		rules[i] = rule.args()
	}
	// Rules for noncurrent versions need versions.
	after := pulumi.DependsOn([]pulumi.Resource{b.made.versioning})
	args := &s3.BucketLifecycleConfigurationV2Args{
		Bucket:                             b.made.bucket.Bucket,
		Rules:                              rules,
		TransitionDefaultMinimumObjectSize: pulumi.String(b.want.minimumObjectSize),
	}
	b.made.lifecycleConfiguration, err = s3.NewBucketLifecycleConfigurationV2(b.Ctx, b.Name, args, b.always(after)...)
	return err
}

func (r lifecycleRule) args() *s3.BucketLifecycleConfigurationV2RuleArgs {
	args := &s3.BucketLifecycleConfigurationV2RuleArgs{
		Id:     pulumi.String(r.id),
		Status: pulumi.String("Enabled"),
		Filter: &s3.BucketLifecycleConfigurationV2RuleFilterArgs{Prefix: pulumi.String(r.prefix)},
	}
	if r.abortMultipartDays > 0 {
		args.AbortIncompleteMultipartUpload = &s3.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs{
			DaysAfterInitiation: pulumi.Int(r.abortMultipartDays),
		}
	}
	switch {
	case r.ExpiryDays > 0:
		args.Expiration = &s3.BucketLifecycleConfigurationV2RuleExpirationArgs{Days: pulumi.Int(r.ExpiryDays)}
	case r.removeDeleteMarkers:
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
