package s3

import (
	"fmt"
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3LoggingNotToSelf = rule.Rule{
	ID:       "s3-logging-not-to-self",
	Title:    "Log target is another bucket of the stack, not itself",
	Why:      "A bucket that logs into itself writes a log of every log file, for ever; and a log bucket without expiry is a cost and a heap of old addresses that only grows.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewLogBucket keeps logs for LogBucketArgs.RetentionDays, and logs nowhere itself",
		Plain:   "a second bucket as TargetBucket, with Expiration in its s3.BucketLifecycleConfigurationV2",
	},
	Types: []string{bucketLogging, bucketV2, bucketV1, bucketLifecycle},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketLogging), func(logging *rule.Resource) {
			checkTarget(s, f, logging, s.Referred(logging, "bucket", bucketV2, bucketV1), "targetBucket")
		})
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			if len(s.Referrers(bucket, "bucket", bucketLogging)) > 0 {
				f.NotApplicable("its logging is a resource of its own")
				return
			}
			for i := range bucket.Get("loggings").List() {
				checkTarget(s, f, bucket, []*rule.Resource{bucket}, fmt.Sprintf("loggings[%d].targetBucket", i))
			}
		})
	},
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logs:
  type: aws:s3/bucketV2:BucketV2
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetBucket: "${logs.id}", targetPrefix: s3/}
expiry:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: ${logs.id}
    rules: [{id: all, status: Enabled, expiration: {days: 400}}]
`}, {Name: "an archive elsewhere", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetBucket: acme-logs, targetPrefix: s3/}
`}, {Name: "inside the bucket", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
  properties: {lifecycleRules: [{enabled: true, expirations: [{days: 400}]}]}
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {loggings: [{targetBucket: "${logs.id}"}]}
`}},
	Bad: []rule.Example{{Name: "itself", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetBucket: "${audio.id}", targetPrefix: s3/}
`}, {Name: "itself, elsewhere", YAML: `
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: acme-logs, targetBucket: acme-logs, targetPrefix: s3/}
`}, {Name: "itself, inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: acme-audio, loggings: [{targetBucket: acme-audio}]}
`}, {Name: "no expiry", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logs:
  type: aws:s3/bucketV2:BucketV2
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetBucket: "${logs.id}", targetPrefix: s3/}
`}, {Name: "only old versions expire", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logs:
  type: aws:s3/bucketV2:BucketV2
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetBucket: "${logs.id}", targetPrefix: s3/}
expiry:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: ${logs.id}
    rules: [{id: all, status: Enabled, noncurrentVersionExpiration: {noncurrentDays: 30}}]
`}},
}

// checkTarget checks where the property of a resource sends the logs of a bucket.
func checkTarget(s *rule.Stack, f *rule.Findings, r *rule.Resource, buckets []*rule.Resource, property string) {
	target := r.Get(property)
	targets := s.Referred(r, property, bucketV2, bucketV1)
	if len(targets) == 0 {
		if len(buckets) == 0 && target.Text() != "" && r.Get("bucket").Is(target.Text()) {
			f.Fail(target, "%s is the bucket itself: expected another one", target)
		}
		return
	}
	for _, archive := range targets {
		switch {
		case slices.Contains(buckets, archive):
			f.Fail(target, "%s is the bucket itself: expected another one", target)
		case !anyRule(s, archive, expires):
			f.Fail(target, "%s keeps its logs for ever: expected a lifecycle rule with an expiry", archive)
		}
	}
}
