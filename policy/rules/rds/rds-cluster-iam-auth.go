package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsClusterIAMAuth = rule.Rule{
	ID:       "rds-cluster-iam-auth",
	Title:    "Cluster IAM authentication",
	Why:      "Without it every login is a password that somebody has to store, share and rotate; with it a role gets a token that is good for fifteen minutes.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"RDS.12"},
		Checkov: []string{"CKV_AWS_162"},
		Trivy:   []string{"AWS-0176"},
		CDKNag:  []string{"AwsSolutions-RDS6"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-12",
	Fix: rule.Fix{
		Plain: "rds.ClusterArgs{IamDatabaseAuthenticationEnabled: pulumi.Bool(true)}",
	},
	Types: []string{cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if serverlessV1(r) {
			f.NotApplicable("Aurora Serverless v1 has no IAM authentication")
			return
		}
		f.WantTrue(r.Get("iamDatabaseAuthenticationEnabled"))
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		if !serverlessV1(r) {
			c.Set("iamDatabaseAuthenticationEnabled", true)
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, iamDatabaseAuthenticationEnabled: true}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql, engineMode: provisioned, iamDatabaseAuthenticationEnabled: false}
`}},
}
