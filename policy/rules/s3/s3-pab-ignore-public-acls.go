package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3PABIgnorePublicAcls = rule.Rule{
	ID:       "s3-pab-ignore-public-acls",
	Title:    "Public access block: ignorePublicAcls",
	Why:      "Without it, a public ACL that an object or the bucket already has stays in force: new ones are blocked, old ones keep working.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"S3.8"},
		CIS:     []string{"v3:2.1.4", "v5:2.1.4"},
		Checkov: []string{"CKV_AWS_55"},
		Trivy:   []string{"AWS-0091"},
		CDKNag:  []string{"AwsSolutions-S2"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket blocks public access in all four ways, always",
		Plain:   "s3.BucketPublicAccessBlockArgs{IgnorePublicAcls: pulumi.Bool(true)}",
	},
	Types:     []string{publicAccessBlock},
	Resource:  rule.WantTrue("ignorePublicAcls"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("ignorePublicAcls", true) },
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: "${audio.id}", ignorePublicAcls: true}
`}},
	Bad: []rule.Example{{Name: "switched off", YAML: `
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: audio-files, ignorePublicAcls: false}
`}, {Name: "left out", YAML: `
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: audio-files, blockPublicAcls: true}
`}},
}
