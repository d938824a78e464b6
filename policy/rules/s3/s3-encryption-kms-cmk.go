package s3

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var s3EncryptionKMSCmk = rule.Rule{
	ID:       "s3-encryption-kms-cmk",
	Title:    "Default encryption uses a customer managed KMS key",
	Why:      "With SSE-S3, whoever may read the object reads it. With an own key two policies have to agree, every decryption is in CloudTrail, and disabling the key closes the bucket at once.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"S3.17*"},
		Checkov: []string{"CKV_AWS_145"},
		Trivy:   []string{"AWS-0132"},
		CDKNag:  []string{"NIST:S3DefaultEncryptionKMS"},
		Pulumi:  []string{"aws-s3-bucket-configure-server-side-encryption-kms", "aws-s3-bucket-configure-server-side-encryption-customer-managed-key"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-17",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket makes a key for the bucket, or takes BucketArgs.Key",
		Plain:   `KmsMasterKeyId: key.Arn, SseAlgorithm: pulumi.String("aws:kms") in s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs`,
	},
	Types: []string{bucketV2, bucketV1, bucketEncryption, bucketPolicy, bucketLogging, loadBalancer, loadBalancerAlias},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			rules := encryptionRules(s, bucket)
			if len(rules) > 0 && !slices.ContainsFunc(rules, withoutOwnKey) {
				return
			}
			// Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html,
			// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
			if isLogArchive(s, bucket) {
				f.NotApplicable("it is an archive of logs: S3 and load balancers deliver to SSE-S3 only")
				return
			}
			if len(rules) == 0 {
				f.Fail(bucket, "SSE-S3 by default: expected a customer managed key of KMS")
			}
			for _, r := range rules {
				if algorithm := byDefault(r).Get("sseAlgorithm"); !algorithm.Is("aws:kms", "aws:kms:dsse") {
					f.Fail(algorithm, "%s: expected aws:kms", algorithm)
					continue
				}
				keys.WantOwn(f, byDefault(r).Get("kmsMasterKeyId"))
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
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}]
`}, {Name: "in two layers", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms:dsse", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}]
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties:
    serverSideEncryptionConfiguration:
      rule: {applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}
`}, {Name: "next to a log archive, which is its logs' target", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}]
logs:
  type: aws:s3/bucketV2:BucketV2
logsSse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: ${logs.id}
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: AES256}}]
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetBucket: "${logs.id}", targetPrefix: s3/}
`}, {Name: "next to an archive for load balancers", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}]
logs:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${logs.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: logdelivery.elasticloadbalancing.amazonaws.com}
            Action: "s3:PutObject"
            Resource: "${logs.arn}/*"
            Condition: {StringEquals: {"aws:SourceAccount": "111122223333"}}
`}},
	Bad: []rule.Example{{Name: "by default", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "SSE-S3", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: AES256}}]
`}, {Name: "AWS's key", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/aws/s3"}}]
`}, {Name: "no key", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties:
    bucket: ${audio.id}
    rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms"}}]
`}},
}

// withoutOwnKey tells whether a rule of default encryption leaves the key to AWS.
func withoutOwnKey(r rule.Value) bool {
	algorithm, key := byDefault(r).Get("sseAlgorithm"), byDefault(r).Get("kmsMasterKeyId")
	return !algorithm.Is("aws:kms", "aws:kms:dsse") || key.Empty() || strings.Contains(key.Text(), "alias/aws/")
}
