package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3AccessLogging = rule.Rule{
	ID:       "s3-access-logging",
	Title:    "Server access logging enabled",
	Why:      "After a leak the first question is who read what, and when: without access logs nobody can answer it, for the time before the question either.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"S3.9"},
		Checkov: []string{"CKV_AWS_18"},
		Trivy:   []string{"AWS-0089"},
		CDKNag:  []string{"AwsSolutions-S1", "NIST:S3BucketLoggingEnabled"},
		Pulumi:  []string{"awsguard:s3BucketLoggingEnabled"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket requires BucketArgs.LogBucket, a storage.NewLogBucket",
		Plain:   "s3.NewBucketLoggingV2 with TargetBucket: logs.ID()",
	},
	Types: []string{bucketV2, bucketV1, bucketLogging, bucketPolicy, loadBalancer, loadBalancerAlias},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			own := s.Referrers(bucket, "bucket", bucketLogging)
			for _, logging := range own {
				f.WantSet(logging.Get("targetBucket"), "the bucket for the logs")
			}
			switch {
			case len(own) > 0:
			case isLogArchive(s, bucket):
				f.NotApplicable("logs are delivered into it: its own would cause each other")
			case !slices.ContainsFunc(bucket.Get("loggings").List(), func(v rule.Value) bool { return v.Get("targetBucket").Text() != "" }):
				f.Fail(bucket, "no access logs: expected a log bucket")
			}
		})
	},
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logs:
  type: aws:s3/bucketV2:BucketV2
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetBucket: "${logs.id}", targetPrefix: s3/}
`}, {Name: "inside the bucket", YAML: `
logs:
  type: aws:s3/bucketV2:BucketV2
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {loggings: [{targetBucket: "${logs.id}"}]}
`}, {Name: "next to a trail's archive", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logs:
  type: aws:s3/bucketV2:BucketV2
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetBucket: "${logs.id}", targetPrefix: s3/}
archive:
  type: aws:s3/bucketV2:BucketV2
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${archive.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: cloudtrail.amazonaws.com}
            Action: "s3:PutObject"
            Resource: "${archive.arn}/*"
            Condition: {StringEquals: {"aws:SourceAccount": "111122223333"}}
`}, {Name: "next to an archive for load balancers", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logs:
  type: aws:s3/bucketV2:BucketV2
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetBucket: "${logs.id}", targetPrefix: s3/}
archive:
  type: aws:s3/bucketV2:BucketV2
web:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {accessLogs: {enabled: true, bucket: "${archive.id}"}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "of another bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logs:
  type: aws:s3/bucketV2:BucketV2
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "other", targetBucket: "${logs.id}", targetPrefix: s3/}
`}, {Name: "without a target", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logging:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetPrefix: s3/}
`}},
}
