package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3PABBlockPublicPolicy = rule.Rule{
	ID:       "s3-pab-block-public-policy",
	Title:    "Public access block: blockPublicPolicy",
	Why:      "Without it, one PutBucketPolicy with Principal * opens every object to the internet, and nothing objects.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"S3.8"},
		CIS:     []string{"v3:2.1.4", "v5:2.1.4"},
		Checkov: []string{"CKV_AWS_54"},
		Trivy:   []string{"AWS-0087"},
		CDKNag:  []string{"AwsSolutions-S2"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket blocks public access in all four ways, always",
		Plain:   "s3.BucketPublicAccessBlockArgs{BlockPublicPolicy: pulumi.Bool(true)}",
	},
	Types:     []string{publicAccessBlock},
	Resource:  rule.WantTrue("blockPublicPolicy"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("blockPublicPolicy", true) },
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: "${audio.id}", blockPublicPolicy: true}
`}},
	Bad: []rule.Example{{Name: "switched off", YAML: `
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: audio-files, blockPublicPolicy: false}
`}, {Name: "left out", YAML: `
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: audio-files, blockPublicAcls: true}
`}},
}
