package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var cloudtrailSns = rule.Rule{
	ID:         "cloudtrail-sns",
	Title:      "Trail notifies a topic",
	Why:        "A message for each delivered file lets a tool read the trail as it comes.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV_AWS_252"}},
	Source:     "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/configure-sns-notifications-for-cloudtrail.html",
	Fix: rule.Fix{
		Bulwark: "give the events to EventBridge, or read the log group: audit.NewTrail fills it",
		Plain:   "cloudtrail.TrailArgs{SnsTopicName: topic.Name}",
	},
	OptIn:    "only for whoever reads the files as they come; alarms work on the log group",
	Types:    []string{trail},
	Resource: rule.WantSet("snsTopicName", "the name of a topic"),
	Good: []rule.Example{{YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    snsTopicName: trail
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
`}},
}
