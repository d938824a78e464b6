package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsCopyTags = rule.Rule{
	ID:         "rds-copy-tags",
	Title:      "Copy tags to snapshots",
	Why:        "A snapshot without tags belongs to nobody: policies by tag do not reach it, the bill cannot be divided, and nobody dares to delete it.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"RDS.17"}, Checkov: []string{"CKV2_AWS_60"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-17",
	Fix: rule.Fix{
		Plain: "rds.InstanceArgs{CopyTagsToSnapshot: pulumi.Bool(true)}",
	},
	Types:     []string{instance},
	Resource:  rule.WantTrue("copyTagsToSnapshot"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("copyTagsToSnapshot", true) },
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, copyTagsToSnapshot: true}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, copyTagsToSnapshot: false}
`}},
}
