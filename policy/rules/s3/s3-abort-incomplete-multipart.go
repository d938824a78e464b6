package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3AbortIncompleteMultipart = rule.Rule{
	ID:       "s3-abort-incomplete-multipart",
	Title:    "Lifecycle aborts incomplete uploads",
	Why:      "An upload that broke off leaves its parts behind: no listing shows them, and they are paid for until somebody deletes them.",
	Severity: rule.Low,
	References: rule.References{
		Checkov: []string{"CKV_AWS_300"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket deletes them after BucketArgs.AbortMultipartDays, 7 by default",
		Plain:   "s3.BucketLifecycleConfigurationV2RuleArgs{AbortIncompleteMultipartUpload: ...DaysAfterInitiation: pulumi.Int(7)}",
	},
	Types:  []string{bucketLifecycle, bucketV2, bucketV1},
	Params: []rule.Param{{Name: "days", Default: 7, Min: 1, Max: 365, Description: "Days after which unfinished uploads are deleted, at most."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		rules := lifecycleRules(r)
		if !r.Is(bucketLifecycle) && rules.Empty() {
			f.NotApplicable("its lifecycle rules, if it has any, are a resource of their own")
			return
		}
		for _, lifecycleRule := range rules.List() {
			days := lifecycleRule.Get("abortIncompleteMultipartUpload.daysAfterInitiation").IntOr(lifecycleRule.Get("abortIncompleteMultipartUploadDays").Int())
			if days > 0 && days <= f.Int("days") && active(lifecycleRule) && unfiltered(lifecycleRule) {
				return
			}
		}
		f.Fail(rules, "unfinished uploads stay for ever, or for too long: expected an enabled rule for the whole bucket that deletes them after %d days at most", f.Int("days"))
	},
	Good: []rule.Example{{YAML: `
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: audio-files
    rules:
      - {id: all, status: Enabled, filter: {prefix: ""}, abortIncompleteMultipartUpload: {daysAfterInitiation: 7}}
`}, {Name: "besides a rule for a prefix", YAML: `
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: audio-files
    rules:
      - {id: tmp, status: Enabled, filter: {prefix: tmp/}, expiration: {days: 1}}
      - {id: uploads, status: Enabled, abortIncompleteMultipartUpload: {daysAfterInitiation: 1}}
`}, {Name: "with a parameter", Params: map[string]any{"days": 30}, YAML: `
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: audio-files
    rules:
      - {id: all, status: Enabled, abortIncompleteMultipartUpload: {daysAfterInitiation: 30}}
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {lifecycleRules: [{enabled: true, abortIncompleteMultipartUploadDays: 7}]}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: audio-files
    rules:
      - {id: all, status: Enabled, expiration: {days: 400}}
`}, {Name: "too late", YAML: `
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: audio-files
    rules:
      - {id: all, status: Enabled, abortIncompleteMultipartUpload: {daysAfterInitiation: 30}}
`}, {Name: "disabled", YAML: `
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: audio-files
    rules:
      - {id: all, status: Disabled, abortIncompleteMultipartUpload: {daysAfterInitiation: 7}}
`}, {Name: "under a prefix only", YAML: `
lifecycle:
  type: aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2
  properties:
    bucket: audio-files
    rules:
      - {id: tmp, status: Enabled, filter: {prefix: tmp/}, abortIncompleteMultipartUpload: {daysAfterInitiation: 7}}
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {lifecycleRules: [{enabled: true, expirations: [{days: 30}]}]}
`}},
}
