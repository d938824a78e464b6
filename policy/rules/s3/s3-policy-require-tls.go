package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var s3PolicyRequireTLS = rule.Rule{
	ID:       "s3-policy-require-tls",
	Title:    "Bucket policy denies non-TLS requests",
	Why:      "S3 still answers plain HTTP: without this statement a wrong URL in one client sends the objects, and its signed requests, in clear over every network between.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"S3.5"},
		CIS:     []string{"v3:2.1.1", "v5:2.1.1"},
		Checkov: []string{"CKV_AWS_379"},
		CDKNag:  []string{"AwsSolutions-S10", "NIST:S3BucketSSLRequestsOnly"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket denies every request without TLS",
		Plain:   `"Effect": "Deny", "Principal": "*", "Action": "s3:*" on bucket and bucket/* with "Bool": {"aws:SecureTransport": "false"} in s3.NewBucketPolicy`,
	},
	AtUpdate: "a policy with the bucket's ARN in it is not known as a whole before AWS has made the bucket; give the ARN as text (arn:aws:s3::: and the name) and the preview judges it",
	Types:    []string{bucketV2, bucketV1, bucketPolicy},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			found := bucketPolicies(s, bucket)
			if len(found) == 0 {
				f.Fail(bucket, "no bucket policy: expected one that denies requests without TLS")
			}
			for _, policy := range found {
				document, ok := policies.Read(policy)
				denied := func(resources []string) bool { return document.DeniesInsecureTransport("s3:*", resources...) }
				if !ok || !slices.ContainsFunc(arns(bucket.Get("bucket").Text()), denied) {
					f.Fail(policy, "requests without TLS are let through: expected everybody to be denied s3:* on the bucket and all its objects")
				}
			}
		})
	},
	Good: []rule.Example{{Name: "denied", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${audio.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: ["${audio.arn}", "${audio.arn}/*"], Condition: {Bool: {"aws:SecureTransport": "false"}}}
`}, {Name: "by two statements", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${audio.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: {AWS: "*"}, Action: "s3:*", Resource: "${audio.arn}", Condition: {Bool: {"aws:SecureTransport": "false"}}}
          - {Effect: Deny, Principal: "*", Action: "*", Resource: "${audio.arn}/*", Condition: {Bool: {"aws:SecureTransport": false}}}
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties:
    bucket: audio-files
    policy:
      fn::toJSON: {Version: "2012-10-17", Statement: [{Effect: Deny, Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::audio-files", "arn:aws:s3:::audio-files/*"], Condition: {Bool: {"aws:SecureTransport": "false"}}}]}
`}},
	Bad: []rule.Example{{Name: "no policy", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "only the objects", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${audio.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "${audio.arn}/*", Condition: {Bool: {"aws:SecureTransport": "false"}}}
`}, {Name: "only reading", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${audio.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:GetObject", Resource: ["${audio.arn}", "${audio.arn}/*"], Condition: {Bool: {"aws:SecureTransport": "false"}}}
`}, {Name: "only one role", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${audio.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: {AWS: "arn:aws:iam::111122223333:role/api"}, Action: "s3:*", Resource: ["${audio.arn}", "${audio.arn}/*"], Condition: {Bool: {"aws:SecureTransport": "false"}}}
`}, {Name: "another bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${audio.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"], Condition: {Bool: {"aws:SecureTransport": "false"}}}
`}, {Name: "the other way round", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${audio.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: ["${audio.arn}", "${audio.arn}/*"], Condition: {Bool: {"aws:SecureTransport": "true"}}}
`}},
}
