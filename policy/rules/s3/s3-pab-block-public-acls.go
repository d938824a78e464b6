package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3PABBlockPublicAcls = rule.Rule{
	ID:       "s3-pab-block-public-acls",
	Title:    "Public access block: blockPublicAcls",
	Why:      "Without it, a PUT with a public ACL opens an object or the whole bucket to everybody.",
	Severity: rule.High,
	References: rule.References{
		FSBP: []string{"S3.8"}, CIS: []string{"v3:2.1.4", "v5:2.1.4"},
		Checkov: []string{"CKV_AWS_53"}, Trivy: []string{"AWS-0086"}, CDKNag: []string{"AwsSolutions-S2"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket blocks public access in all four ways, always",
		Plain:   "s3.BucketPublicAccessBlockArgs{BlockPublicAcls: pulumi.Bool(true)}",
	},
	Types:     []string{publicAccessBlock},
	Resource:  rule.WantTrue("blockPublicAcls"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("blockPublicAcls", true) },
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: "${audio.id}", blockPublicAcls: true}
`}},
	Bad: []rule.Example{{Name: "switched off", YAML: `
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: audio-files, blockPublicAcls: false}
`}, {Name: "left out", YAML: `
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: audio-files, blockPublicPolicy: true}
`}},
}
