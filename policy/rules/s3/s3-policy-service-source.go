package s3

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var s3PolicyServiceSource = rule.Rule{
	ID:       "s3-policy-service-source",
	Title:    "Bucket policy ties services to a source",
	Why:      "A service acts for whichever account asks it to: without a source, somebody else has CloudTrail or a log delivery write into the bucket, at your expense and among your evidence.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewLogBucket names the sources of every service that it lets in",
		Plain:   `"Condition": {"StringEquals": {"aws:SourceAccount": accountId}} in the statements of s3.NewBucketPolicy that have a Service as Principal`,
	},
	Types:    []string{bucketPolicy, bucketV2, bucketV1},
	Resource: policies.ServiceSources("it sets no bucket policy"),
	Good: []rule.Example{{YAML: `
it:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: acme-logs
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-logs/*", Condition: {StringEquals: {"aws:SourceAccount": "111122223333"}}}]
`}, {Name: "the account in the path", YAML: `
it:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: acme-logs
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: logdelivery.elasticloadbalancing.amazonaws.com}, Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-logs/AWSLogs/111122223333/*"}]
`}},
	Bad: []rule.Example{{Name: "no source", YAML: `
it:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: acme-logs
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-logs/*"}]
`}, {Name: "any source", YAML: `
it:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: acme-logs
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: logging.s3.amazonaws.com}, Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-logs/*", Condition: {ArnLike: {"aws:SourceArn": "arn:aws:s3:::*"}}}]
`}},
}
