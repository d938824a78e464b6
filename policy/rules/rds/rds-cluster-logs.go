package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsClusterLogs = rule.Rule{
	ID:       "rds-cluster-logs",
	Title:    "Aurora exports logs",
	Why:      "Aurora keeps its logs for days, next to the data: without a copy in CloudWatch there is no trail of who connected and what was changed.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"RDS.34", "RDS.37"},
		Checkov: []string{"CKV_AWS_324", "CKV_AWS_325"},
		CDKNag:  []string{"AwsSolutions-RDS16"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-37",
	Fix: rule.Fix{
		Plain: `rds.ClusterArgs{EnabledCloudwatchLogsExports: pulumi.ToStringArray([]string{"postgresql"})}`,
	},
	Types: []string{cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		wanted := logsOf(r.Get("engine").Text())
		if len(wanted) == 0 || serverlessV1(r) {
			f.NotApplicable("no logs are asked of this engine")
			return
		}
		f.WantElements(r.Get("enabledCloudwatchLogsExports"), wanted...)
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, enabledCloudwatchLogsExports: [postgresql]}
`}, {Name: "Aurora MySQL", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql, enabledCloudwatchLogsExports: [audit, error]}
`}, {Name: "a Multi-AZ cluster of instances", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: postgres, dbClusterInstanceClass: db.m6gd.large, enabledCloudwatchLogsExports: [postgresql, upgrade]}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
`}, {Name: "without the audit log", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql, enabledCloudwatchLogsExports: [error]}
`}},
}
