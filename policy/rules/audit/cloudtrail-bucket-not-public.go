package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var cloudtrailBucketNotPublic = rule.Rule{
	ID:         "cloudtrail-bucket-not-public",
	Title:      "Trail bucket is private",
	Why:        "The trail lists every role, bucket and address of the account: a map for whoever wants in.",
	Severity:   rule.Critical,
	References: rule.References{FSBP: []string{"CloudTrail.6*"}, Trivy: []string{"AWS-0161"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-6",
	Fix: rule.Fix{
		Bulwark: "storage.NewLogBucket blocks all public access",
		Plain:   "an s3.BucketPublicAccessBlock with all four flags on the trail's bucket",
	},
	AtUpdate: "which bucket a trail delivers to is not known when its name comes through another resource, such as the bucket's policy; give the trail the bucket itself, and a dependency",
	Types:    []string{trail, bucketV2, bucketV1, publicAccessBlock},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(trailBuckets(s), func(bucket *rule.Resource) {
			for _, block := range f.WantReferrer(bucket, "bucket", publicAccessBlock) {
				for _, flag := range []string{"blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"} {
					f.WantTrue(block.Get(flag))
				}
			}
		})
	},
	Good: []rule.Example{{YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${logs.id}"}
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: "${logs.id}", blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true}
`}},
	Bad: []rule.Example{{Name: "named through its policy", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties: {bucket: "${logs.id}", policy: "{}"}
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${policy.bucket}"}
`}, {Name: "no block", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${logs.id}"}
`}, {Name: "one flag off", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: "${logs.id}"}
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: "${logs.id}", blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: false}
`}},
}
