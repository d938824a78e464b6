package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3Lifecycle = rule.Rule{
	ID:       "s3-lifecycle",
	Title:    "Lifecycle configuration present",
	Why:      "What nothing ever deletes or moves is paid for every month, unfinished uploads among it, and is there to be leaked when nobody needs it any more.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"S3.13"},
		Checkov: []string{"CKV2_AWS_61"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-13",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket makes lifecycle rules; BucketArgs.Retention says more",
		Plain:   "s3.NewBucketLifecycleConfigurationV2 with an Enabled rule",
	},
	Types: []string{bucketV2, bucketV1, bucketLifecycle},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			if !anyRule(s, bucket, func(rule.Value) bool { return true }) {
				f.Fail(bucket, "no lifecycle rule is enabled: expected one")
			}
		})
	},
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{id: all, status: Enabled, abortIncompleteMultipartUpload: {daysAfterInitiation: 7}}]
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {lifecycleRules: [{enabled: true, abortIncompleteMultipartUploadDays: 7}]}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "disabled", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{id: all, status: Disabled, expiration: {days: 400}}]
`}, {Name: "disabled inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {lifecycleRules: [{enabled: false, expiration: {days: 30}}]}
`}},
}
