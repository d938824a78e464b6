package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3VersionedNoncurrentExpiry = rule.Rule{
	ID:       "s3-versioned-noncurrent-expiry",
	Title:    "Versioned buckets expire noncurrent versions",
	Why:      "Versioning keeps every version that was ever overwritten or deleted. Without an end the bill only grows, and what a customer asked to be deleted never is.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP: []string{"S3.10*"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-10",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket deletes old versions after 90 days; BucketArgs.Retention.NoncurrentExpiryDays says otherwise",
		Plain:   "s3.BucketLifecycleConfigurationV2RuleArgs{NoncurrentVersionExpiration: ...NoncurrentDays: pulumi.Int(90)}",
	},
	Types: []string{bucketLifecycle, bucketVersioning, bucketV2, bucketV1},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			if anyRule(s, bucket, expiresOld) {
				return
			}
			if _, enabled := versioning(s, bucket); !enabled {
				f.NotApplicable("it keeps no versions")
				return
			}
			f.Fail(bucket, "it keeps every version for ever: expected a lifecycle rule with noncurrentVersionExpiration or noncurrentVersionTransitions")
		})
	},
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{id: all, status: Enabled, noncurrentVersionExpiration: {noncurrentDays: 90}}]
`}, {Name: "moved to an archive", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{id: all, status: Enabled, noncurrentVersionTransitions: [{noncurrentDays: 30, storageClass: GLACIER}]}]
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties:
    versionings: [{enabled: true}]
    lifecycleRules: [{enabled: true, noncurrentVersionExpirations: [{days: 90}]}]
`}},
	Bad: []rule.Example{{Name: "no lifecycle rules", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
`}, {Name: "only current versions", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{id: all, status: Enabled, expiration: {days: 400}}]
`}, {Name: "disabled", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{id: all, status: Disabled, noncurrentVersionExpiration: {noncurrentDays: 90}}]
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {versioning: {enabled: true}, lifecycleRules: [{enabled: true, expiration: {days: 30}}]}
`}},
}
