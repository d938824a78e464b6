package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsDeletionProtection = rule.Rule{
	ID:       "rds-deletion-protection",
	Title:    "Deletion protection",
	Why:      "One wrong destroy, or a changed property that replaces the instance, deletes the database; protection makes it two deliberate steps.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"RDS.8"},
		Checkov: []string{"CKV_AWS_293"},
		Trivy:   []string{"AWS-0177"},
		CDKNag:  []string{"AwsSolutions-RDS10", "NIST:RDSInstanceDeletionProtectionEnabled"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-8",
	Fix: rule.Fix{
		Plain: "rds.InstanceArgs{DeletionProtection: pulumi.Bool(true)}",
	},
	Types:     []string{instance},
	Resource:  rule.WantTrue("deletionProtection"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("deletionProtection", true) },
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, deletionProtection: true}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, deletionProtection: false}
`}},
}
