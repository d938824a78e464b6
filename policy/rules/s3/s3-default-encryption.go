package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3DefaultEncryption = rule.Rule{
	ID:       "s3-default-encryption",
	Title:    "Default encryption configured",
	Why:      "Where the encryption is written down, a review sees it, and a change of it: what is left to a default nobody looks at.",
	Severity: rule.High,
	References: rule.References{
		Checkov: []string{"CKV_AWS_19"},
		Trivy:   []string{"AWS-0088"},
		Pulumi:  []string{"aws-s3-bucket-enable-server-side-encryption"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket makes one for every bucket",
		Plain:   "s3.NewBucketServerSideEncryptionConfigurationV2 with Bucket: bucket.ID()",
	},
	OptIn: "S3 has encrypted every new object with SSE-S3 since January 2023: the resource says it once more",
	Types: []string{bucketV2, bucketV1, bucketEncryption},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			rules := encryptionRules(s, bucket)
			if !slices.ContainsFunc(rules, func(r rule.Value) bool { return byDefault(r).Get("sseAlgorithm").Text() != "" }) {
				f.Fail(bucket, "no default encryption: expected a server-side encryption configuration")
			}
		})
	},
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: AES256}}]
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties:
    serverSideEncryptionConfigurations: [{rules: [{applyServerSideEncryptionByDefaults: [{sseAlgorithm: AES256}]}]}]
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "of another bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: logs
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: AES256}}]
`}},
}
