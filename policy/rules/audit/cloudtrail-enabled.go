package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var cloudtrailEnabled = rule.Rule{
	ID:         "cloudtrail-enabled",
	Title:      "Logging is on",
	Why:        "A trail that is switched off looks like one in every list, and records nothing.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"CloudTrail.3*"}, Checkov: []string{"CKV_AWS_251"}},
	Source:     "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail leaves logging on",
		Plain:   "leave EnableLogging out, or cloudtrail.TrailArgs{EnableLogging: pulumi.Bool(true)}",
	},
	Types:     []string{trail},
	Resource:  rule.WantNotFalse("enableLogging"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("enableLogging", true) },
	Good: []rule.Example{{YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
`}},
	Bad: []rule.Example{{Name: "switched off", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    enableLogging: false
`}},
}
