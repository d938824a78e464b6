package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var cloudtrailCloudwatch = rule.Rule{
	ID:         "cloudtrail-cloudwatch",
	Title:      "Trail sent to CloudWatch Logs",
	Why:        "Files in a bucket wake nobody. Metric filters and alarms need the events in CloudWatch Logs.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"CloudTrail.5"}, Checkov: []string{"CKV2_AWS_10"}, Trivy: []string{"AWS-0162"}, CDKNag: []string{"NIST:CloudTrailCloudWatchLogsEnabled"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-5",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail delivers to a log group of its own",
		Plain:   `cloudtrail.TrailArgs{CloudWatchLogsGroupArn: pulumi.Sprintf("%s:*", group.Arn), CloudWatchLogsRoleArn: role.Arn}`,
	},
	Types: []string{trail},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantSet(r.Get("cloudWatchLogsGroupArn"), "the ARN of a log group")
		f.WantSet(r.Get("cloudWatchLogsRoleArn"), "the ARN of a role that may write to it")
	},
	Good: []rule.Example{{YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    cloudWatchLogsGroupArn: arn:aws:logs:eu-west-1:111122223333:log-group:trail:*
    cloudWatchLogsRoleArn: arn:aws:iam::111122223333:role/trail
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
`}, {Name: "no role", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    cloudWatchLogsGroupArn: arn:aws:logs:eu-west-1:111122223333:log-group:trail:*
`}},
}
