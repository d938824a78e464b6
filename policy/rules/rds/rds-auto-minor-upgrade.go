package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsAutoMinorUpgrade = rule.Rule{
	ID:       "rds-auto-minor-upgrade",
	Title:    "Automatic minor version upgrade",
	Why:      "Security fixes of the engine come as minor versions: an instance that does not take them by itself is still on last year's when the exploit is public.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"RDS.13", "RDS.35"},
		CIS:     []string{"v3:2.3.2", "v5:2.2.2"},
		Checkov: []string{"CKV_AWS_226"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-13",
	Fix: rule.Fix{
		Plain: "rds.InstanceArgs{AutoMinorVersionUpgrade: pulumi.Bool(true)}, or leave it out",
	},
	Types:     []string{instance, clusterInstance},
	Resource:  rule.WantNotFalse("autoMinorVersionUpgrade"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("autoMinorVersionUpgrade", true) },
	Good: []rule.Example{{Name: "by default", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "written down", YAML: `
db:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, autoMinorVersionUpgrade: true}
`}},
	Bad: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, autoMinorVersionUpgrade: false}
`}, {Name: "in a cluster", YAML: `
db:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, autoMinorVersionUpgrade: false}
`}},
}
