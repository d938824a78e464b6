package s3

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3PolicyNoLockout = rule.Rule{
	ID:       "s3-policy-no-lockout",
	Title:    "Bucket policy does not lock out everybody but root",
	Why:      "A statement that denies everything to everybody denies it to the administrators and to Pulumi too: only the root user of the account can lift it.",
	Severity: rule.Medium,
	References: rule.References{
		Checkov: []string{"CKV_AWS_93"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html",
	Fix: rule.Fix{
		Bulwark: "storage.BucketArgs.PolicyStatements: give a Deny conditions, or narrower actions",
		Plain:   `a "Condition", or single actions, in every "Effect": "Deny" for "Principal": "*" in s3.NewBucketPolicy`,
	},
	Types: []string{bucketPolicy, bucketV2, bucketV1},
	Resource: onPolicy(func(policy rule.Value, document iampolicy.Document, f *rule.Findings) {
		for _, all := range document.DenyAll() {
			f.Fail(policy, "%s: it %s; expected a condition, or narrower actions", all.Path, all.Reason)
		}
	}),
	Good: []rule.Example{{Name: "a condition", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::audio-files/*", Condition: {Bool: {"aws:SecureTransport": "false"}}}
`}, {Name: "one action", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:DeleteObjectVersion", Resource: "arn:aws:s3:::audio-files/*"}
`}},
	Bad: []rule.Example{{Name: "everybody", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::audio-files", "arn:aws:s3:::audio-files/*"]}
`}, {Name: "every account", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: {AWS: "*"}, Action: "*", Resource: "arn:aws:s3:::audio-files"}
`}},
}
