package audit

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var cloudtrailBucketPolicyScoped = rule.Rule{
	ID:       "cloudtrail-bucket-policy-scoped",
	Title:    "Trail bucket policy is bound to the trail",
	Why:      "The service writes for every AWS account. Without the ARN of the trail in the policy, a trail of somebody else can write into the bucket, and fill it with false events.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewLogBucket lets in exactly the trails that it is told of",
		Plain:   "a condition StringEquals aws:SourceArn with the ARN of the trail on each statement for cloudtrail.amazonaws.com",
	},
	Types: []string{bucketPolicy},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		policy := r.Get("policy")
		document, ok := policies.Read(policy)
		if !ok {
			f.NotApplicable("no policy")
			return
		}
		trails := 0
		for _, s := range document.Statements {
			if s.Effect != iampolicy.Allow || !slices.Contains(s.Principals.Service, "cloudtrail.amazonaws.com") {
				continue
			}
			trails++
			if len(s.ConfinedBy()) == 0 {
				f.Fail(policy, "lets in cloudtrail.amazonaws.com for any account: expected a condition on aws:SourceArn")
			}
		}
		if trails == 0 {
			f.NotApplicable("lets in no trail")
		}
	},
	Good: []rule.Example{{YAML: `
rules:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: acme-logs
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: cloudtrail.amazonaws.com}
            Action: s3:PutObject
            Resource: arn:aws:s3:::acme-logs/AWSLogs/111122223333/*
            Condition: {StringEquals: {"aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:111122223333:trail/acme"}}
`}},
	Bad: []rule.Example{{Name: "no condition", YAML: `
rules:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: acme-logs
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: cloudtrail.amazonaws.com}
            Action: s3:PutObject
            Resource: arn:aws:s3:::acme-logs/AWSLogs/111122223333/*
`}},
}
