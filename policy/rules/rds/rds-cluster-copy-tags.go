package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsClusterCopyTags = rule.Rule{
	ID:         "rds-cluster-copy-tags",
	Title:      "Cluster copies tags to snapshots",
	Why:        "A snapshot without tags belongs to nobody: policies by tag do not reach it, the bill cannot be divided, and nobody dares to delete it.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"RDS.16", "RDS.47"}, Checkov: []string{"CKV_AWS_313"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-16",
	Fix: rule.Fix{
		Plain: "rds.ClusterArgs{CopyTagsToSnapshot: pulumi.Bool(true)}",
	},
	Types:     []string{cluster},
	Resource:  rule.WantTrue("copyTagsToSnapshot"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("copyTagsToSnapshot", true) },
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, copyTagsToSnapshot: true}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, copyTagsToSnapshot: false}
`}},
}
