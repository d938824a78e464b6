package s3

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3PolicyMinTLS12 = rule.Rule{
	ID:       "s3-policy-min-tls12",
	Title:    "Bucket policy denies TLS below 1.2",
	Why:      "TLS 1.0 and 1.1 fall to attacks that read and change what passes: a client that still speaks them is better refused than served.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html#example-object-tls-version",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket denies every TLS below 1.2",
		Plain:   `"Effect": "Deny", "Principal": "*", "Action": "s3:*" with "NumericLessThan": {"s3:TlsVersion": "1.2"} in s3.NewBucketPolicy`,
	},
	OptIn: "AWS's own endpoints have refused every TLS below 1.2 since 2024: the statement says it a second time",
	Types: []string{bucketPolicy, bucketV2, bucketV1},
	Resource: onPolicy(func(policy rule.Value, document iampolicy.Document, f *rule.Findings) {
		if !document.DeniesTLSBelow(1.2) {
			f.Fail(policy, "connections with a TLS below 1.2 are let through: expected everybody to be denied s3:* on the bucket and all its objects")
		}
	}),
	Good: []rule.Example{{YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::audio-files", "arn:aws:s3:::audio-files/*"], Condition: {NumericLessThan: {"s3:TlsVersion": "1.2"}}}
`}},
	Bad: []rule.Example{{Name: "nothing denied", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:role/api"}, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio-files/*"}
`}, {Name: "TLS 1.1", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::audio-files", "arn:aws:s3:::audio-files/*"], Condition: {NumericLessThan: {"s3:TlsVersion": "1.1"}}}
`}, {Name: "only reading", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:GetObject", Resource: ["arn:aws:s3:::audio-files", "arn:aws:s3:::audio-files/*"], Condition: {NumericLessThan: {"s3:TlsVersion": "1.2"}}}
`}},
}
