package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var cloudtrailBucketLogging = rule.Rule{
	ID:         "cloudtrail-bucket-logging",
	Title:      "Trail bucket has access logging",
	Why:        "Whoever reads the trail, or takes a file out of it, is on no record without the access logs of its bucket.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"CloudTrail.7*"}, CIS: []string{"v3:3.4", "v5:3.4"}, Trivy: []string{"AWS-0163"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-7",
	Fix: rule.Fix{
		Bulwark: "give the trail a log bucket of its own whose access logs go to another one",
		Plain:   "an s3.BucketLoggingV2 on the trail's bucket, into another bucket",
	},
	OptIn: "an archive that receives access logs cannot log itself: each delivery would cause the next; data events of the trail's bucket are the other way, at a price",
	Types: []string{trail, bucketV2, bucketV1, bucketLogging},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(trailBuckets(s), func(bucket *rule.Resource) {
			if len(s.Referrers(bucket, "bucket", bucketLogging)) == 0 && bucket.Get("loggings[0].targetBucket").Text() == "" {
				f.Fail(bucket, "has no access logs: expected them in another bucket")
			}
		})
	},
	Good: []rule.Example{{YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${logs.id}"}
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${logs.id}", targetBucket: acme-access, targetPrefix: trail/}
`}, {Name: "in the bucket itself", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
  properties: {loggings: [{targetBucket: acme-access, targetPrefix: trail/}]}
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
`}},
}
