package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3BucketPublicAccessBlock = rule.Rule{
	ID:       "s3-bucket-public-access-block",
	Title:    "Bucket has a complete public access block",
	Why:      "Only all four flags together keep ACLs and policies, present and future, from making a bucket public.",
	Severity: rule.High,
	References: rule.References{
		FSBP: []string{"S3.8"}, CIS: []string{"v3:2.1.4", "v5:2.1.4"},
		Checkov: []string{"CKV2_AWS_6"}, Trivy: []string{"AWS-0094"},
		CDKNag: []string{"AwsSolutions-S2", "NIST:S3BucketLevelPublicAccessProhibited"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket makes one for every bucket",
		Plain:   "s3.NewBucketPublicAccessBlock with Bucket: bucket.ID() and all four flags pulumi.Bool(true)",
	},
	Types: []string{bucketV2, bucketV1, publicAccessBlock},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			for _, block := range f.WantReferrer(bucket, "bucket", publicAccessBlock) {
				for _, flag := range []string{"blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"} {
					f.WantTrue(block.Get(flag))
				}
			}
		})
	},
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties:
    bucket: ${audio.id}
    blockPublicAcls: true
    blockPublicPolicy: true
    ignorePublicAcls: true
    restrictPublicBuckets: true
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "of another bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logs:
  type: aws:s3/bucketV2:BucketV2
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties:
    bucket: ${logs.id}
    blockPublicAcls: true
    blockPublicPolicy: true
    ignorePublicAcls: true
    restrictPublicBuckets: true
`}, {Name: "one flag off", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties:
    bucket: ${audio.id}
    blockPublicAcls: true
    blockPublicPolicy: true
    ignorePublicAcls: false
    restrictPublicBuckets: true
`}},
}
