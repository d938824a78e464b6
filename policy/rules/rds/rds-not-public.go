package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsNotPublic = rule.Rule{
	ID:       "rds-not-public",
	Title:    "Instance is not publicly accessible",
	Why:      "A public instance has an address on the internet, so that one wrong security group rule is enough for everybody to try passwords on it.",
	Severity: rule.Critical,
	References: rule.References{
		FSBP:    []string{"RDS.2"},
		CIS:     []string{"v3:2.3.3", "v5:2.2.3"},
		Checkov: []string{"CKV_AWS_17"},
		Trivy:   []string{"AWS-0180"},
		CDKNag:  []string{"NIST:RDSInstancePublicAccess"},
		Pulumi:  []string{"aws-rds-instance-disallow-public-access", "aws-rds-clusterinstance-disallow-public-access", "awsguard:rdsInstancePublicAccess"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
	Fix: rule.Fix{
		Bulwark: "leave PubliclyAccessible unset; network.Allow lets the service in",
		Plain:   "rds.InstanceArgs{PubliclyAccessible: pulumi.Bool(false)}",
	},
	Types:     []string{instance, clusterInstance},
	Resource:  rule.WantNotTrue("publiclyAccessible"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("publiclyAccessible", false) },
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, publiclyAccessible: false}
`}, {Name: "by default", YAML: `
db:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, clusterIdentifier: acme}
`}},
	Bad: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, publiclyAccessible: true}
`}, {Name: "in a cluster", YAML: `
db:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, clusterIdentifier: acme, publiclyAccessible: true}
`}},
}
