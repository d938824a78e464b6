package s3

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3PolicyNoWildcardPrincipal = rule.Rule{
	ID:       "s3-policy-no-wildcard-principal",
	Title:    "Bucket policy grants nothing to any principal",
	Why:      "A statement for Principal * without a condition that names an account, organization or network is for the internet: scanners find such a bucket within hours.",
	Severity: rule.Critical,
	References: rule.References{
		FSBP:    []string{"S3.2", "S3.3"},
		Checkov: []string{"CKV_AWS_70"},
		CDKNag:  []string{"AwsSolutions-S5"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
	Fix: rule.Fix{
		Bulwark: "storage.BucketArgs.PolicyStatements takes no Allow without principals",
		Plain:   `"Principal": {"AWS": "arn:aws:iam::444455556666:root"} in the policy of s3.NewBucketPolicy`,
	},
	Types: []string{bucketPolicy, bucketV2, bucketV1},
	Resource: onPolicy(func(policy rule.Value, document iampolicy.Document, f *rule.Findings) {
		for _, public := range document.Public() {
			f.Fail(policy, "%s: %s; expected the accounts, roles or services that may use it", public.Path, public.Reason)
		}
	}),
	Good: []rule.Example{{Name: "a role", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:role/api"}, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio-files/*"}
`}, {Name: "everybody in the organization", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::audio-files/*", Condition: {StringEquals: {"aws:PrincipalOrgID": o-acme123456}}}
`}, {Name: "everybody is denied", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::audio-files/*", Condition: {Bool: {"aws:SecureTransport": "false"}}}
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
          - {Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::audio-files/*"}
`}, {Name: "every account", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "s3:PutObject", Resource: "arn:aws:s3:::audio-files/*"}
`}, {Name: "a condition that keeps nobody out", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::audio-files/*", Condition: {StringLike: {"aws:Referer": "https://example.com/*"}}}
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties:
    policy:
      fn::toJSON: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::audio-files/*"}]}
`}},
}
