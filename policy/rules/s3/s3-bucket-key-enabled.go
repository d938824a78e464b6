package s3

import (
	"fmt"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3BucketKeyEnabled = rule.Rule{
	ID:       "s3-bucket-key-enabled",
	Title:    "S3 bucket key enabled with KMS",
	Why:      "Without a bucket key S3 calls KMS for every object: busy buckets pay for millions of calls, and reach the limit that all users of KMS in the account share.",
	Severity: rule.Low,
	References: rule.References{
		Pulumi: []string{"aws-s3-bucket-enable-server-side-encryption-bucket-key"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket turns it on wherever the bucket has a key",
		Plain:   "s3.BucketServerSideEncryptionConfigurationV2RuleArgs{BucketKeyEnabled: pulumi.Bool(true)}",
	},
	Types: []string{bucketEncryption, bucketV2, bucketV1},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		rules := r.Get("rules").List()
		if !r.Is(bucketEncryption) {
			rules = inlineEncryptionRules(r)
		}
		for _, encryption := range rules {
			// Encryption in two layers, aws:kms:dsse, has no bucket keys.
			if byDefault(encryption).Get("sseAlgorithm").Is("aws:kms") {
				f.WantTrue(encryption.Get("bucketKeyEnabled"))
			}
		}
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		for i, encryption := range r.Get("rules").List() {
			if byDefault(encryption).Get("sseAlgorithm").Is("aws:kms") {
				c.Set(fmt.Sprintf("rules[%d].bucketKeyEnabled", i), true)
			}
		}
	},
	Good: []rule.Example{{YAML: `
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: audio-files
    rules: [{bucketKeyEnabled: true, applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}]
`}, {Name: "SSE-S3 needs none", YAML: `
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: audio-files
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: AES256}}]
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties:
    serverSideEncryptionConfigurations: [{rules: [{bucketKeyEnabled: true, applyServerSideEncryptionByDefaults: [{sseAlgorithm: "aws:kms", kmsMasterKeyId: alias/audio}]}]}]
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: audio-files
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}]
`}, {Name: "switched off", YAML: `
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: audio-files
    rules: [{bucketKeyEnabled: false, applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}]
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties:
    serverSideEncryptionConfiguration: {rule: {applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: alias/audio}}}
`}},
}
