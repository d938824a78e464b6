package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsClusterDeletionProtection = rule.Rule{
	ID:       "rds-cluster-deletion-protection",
	Title:    "Cluster deletion protection",
	Why:      "One wrong destroy, or a changed property that replaces the cluster, deletes the database; protection makes it two deliberate steps.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"RDS.7"},
		Checkov: []string{"CKV_AWS_139"},
		Trivy:   []string{"AWS-0343"},
		CDKNag:  []string{"AwsSolutions-RDS10"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-7",
	Fix: rule.Fix{
		Plain: "rds.ClusterArgs{DeletionProtection: pulumi.Bool(true)}",
	},
	Types:     []string{cluster},
	Resource:  rule.WantTrue("deletionProtection"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("deletionProtection", true) },
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, deletionProtection: true}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, deletionProtection: false}
`}},
}
