package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3PABRestrictPublicBuckets = rule.Rule{
	ID:       "s3-pab-restrict-public-buckets",
	Title:    "Public access block: restrictPublicBuckets",
	Why:      "Without it, a public policy that the bucket already has stays in force, for strangers and for other accounts.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"S3.8"},
		CIS:     []string{"v3:2.1.4", "v5:2.1.4"},
		Checkov: []string{"CKV_AWS_56"},
		Trivy:   []string{"AWS-0093"},
		CDKNag:  []string{"AwsSolutions-S2"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket blocks public access in all four ways, always",
		Plain:   "s3.BucketPublicAccessBlockArgs{RestrictPublicBuckets: pulumi.Bool(true)}",
	},
	Types:     []string{publicAccessBlock},
	Resource:  rule.WantTrue("restrictPublicBuckets"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("restrictPublicBuckets", true) },
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: "${audio.id}", restrictPublicBuckets: true}
`}},
	Bad: []rule.Example{{Name: "switched off", YAML: `
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: audio-files, restrictPublicBuckets: false}
`}, {Name: "left out", YAML: `
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: audio-files, blockPublicAcls: true}
`}},
}
