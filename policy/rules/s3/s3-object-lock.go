package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3ObjectLock = rule.Rule{
	ID:       "s3-object-lock",
	Title:    "Object Lock enabled where retention is required",
	Why:      "Whoever gets into the account deletes the record of it first: a lock keeps the files of CloudTrail from everybody until their time is over.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"S3.15*"},
		Checkov: []string{"CKV_AWS_143"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-15",
	Fix: rule.Fix{
		Bulwark: "storage.LogBucketArgs.ObjectLock, in an archive without S3 access logs and load balancers",
		Plain:   "s3.NewBucketObjectLockConfigurationV2 with DefaultRetention, mode and days",
	},
	OptIn:    "a lock cannot be taken back before its time, its storage is paid for until then, and S3 access logs and load balancers deliver to no such bucket",
	AtUpdate: "whether a trail elsewhere delivers into the bucket stands in the bucket's policy, which is not known before AWS has made the bucket when its ARN is in it",
	Types:    []string{bucketV2, bucketV1, bucketLock, bucketPolicy, trail},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			if len(s.Referrers(bucket, "s3BucketName", trail)) == 0 && !letsIn(s, bucket, "cloudtrail.amazonaws.com") {
				f.NotApplicable("no trail delivers into it")
				return
			}
			locks := s.Referrers(bucket, "bucket", bucketLock)
			for _, lock := range locks {
				if !retains(lock.Get("rule.defaultRetention")) {
					f.Fail(lock, "new files are not locked: expected a default retention with mode and days or years")
				}
			}
			if len(locks) > 0 {
				return
			}
			if !slices.ContainsFunc(inlineRetentions(bucket), retains) {
				f.Fail(bucket, "its files can be deleted: expected an object lock with a default retention")
			}
		})
	},
	Good: []rule.Example{{Name: "of a trail", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${logs.id}"}
lock:
  type: aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2
  properties: {bucket: "${logs.id}", rule: {defaultRetention: {mode: GOVERNANCE, days: 365}}}
`}, {Name: "of a trail elsewhere", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${logs.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Action: "s3:PutObject", Resource: "${logs.arn}/*"}]
lock:
  type: aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2
  properties: {bucket: "${logs.id}", rule: {defaultRetention: {mode: COMPLIANCE, years: 1}}}
`}, {Name: "inside the bucket", YAML: `
logs:
  type: aws:s3/bucket:Bucket
  properties: {objectLockConfiguration: {objectLockEnabled: Enabled, rule: {defaultRetention: {mode: GOVERNANCE, days: 365}}}}
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${logs.id}"}
`}, {Name: "inside a bucket of a newer program", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
  properties: {objectLockConfiguration: {objectLockEnabled: Enabled, rules: [{defaultRetentions: [{mode: GOVERNANCE, days: 365}]}]}}
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${logs.id}"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${logs.id}"}
`}, {Name: "none, of a trail elsewhere", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${logs.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Action: "s3:PutObject", Resource: "${logs.arn}/*"}]
`}, {Name: "no retention", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${logs.id}"}
lock:
  type: aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2
  properties: {bucket: "${logs.id}", objectLockEnabled: Enabled}
`}, {Name: "a lock without a rule", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
  properties: {objectLockEnabled: true}
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${logs.id}"}
`}},
}

// retains tells whether a default retention locks new files.
func retains(retention rule.Value) bool {
	return retention.Get("mode").Text() != "" && retention.Get("days").Int()+retention.Get("years").Int() > 0
}

// inlineRetentions are the default retentions that a bucket itself has.
func inlineRetentions(bucket *rule.Resource) []rule.Value {
	lock := bucket.Get("objectLockConfiguration")
	if bucket.Is(bucketV1) {
		return lock.Get("rule.defaultRetention").List()
	}
	var found []rule.Value
	for _, r := range lock.Get("rules").List() {
		found = append(found, r.Get("defaultRetentions").List()...)
	}
	return found
}
