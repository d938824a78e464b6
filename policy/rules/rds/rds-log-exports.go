package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsLogExports = rule.Rule{
	ID:       "rds-log-exports",
	Title:    "Engine logs exported to CloudWatch",
	Why:      "Logs on the instance are gone after a few days, and with the instance: who logged in, what failed and what an upgrade did cannot be looked up when it matters.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"RDS.9", "RDS.36"},
		Checkov: []string{"CKV_AWS_129"},
		CDKNag:  []string{"NIST:RDSLoggingEnabled"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-9",
	Fix: rule.Fix{
		Plain: `rds.InstanceArgs{EnabledCloudwatchLogsExports: pulumi.ToStringArray([]string{"postgresql", "upgrade"})}`,
	},
	Types: []string{instance},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		wanted := logsOf(r.Get("engine").Text())
		if len(wanted) == 0 {
			f.NotApplicable("no logs are asked of this engine")
			return
		}
		f.WantElements(r.Get("enabledCloudwatchLogsExports"), wanted...)
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, enabledCloudwatchLogsExports: [postgresql, upgrade]}
`}, {Name: "other engines", YAML: `
mysql:
  type: aws:rds/instance:Instance
  properties: {engine: mysql, enabledCloudwatchLogsExports: [error, slowquery]}
oracle:
  type: aws:rds/instance:Instance
  properties: {engine: oracle-se2, enabledCloudwatchLogsExports: [alert, audit, listener]}
sqlserver:
  type: aws:rds/instance:Instance
  properties: {engine: sqlserver-web, enabledCloudwatchLogsExports: [error]}
db2:
  type: aws:rds/instance:Instance
  properties: {engine: db2-se, enabledCloudwatchLogsExports: [diag.log, notify.log]}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "without the log of upgrades", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, enabledCloudwatchLogsExports: [postgresql]}
`}, {Name: "without slow queries", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: mariadb, enabledCloudwatchLogsExports: [error]}
`}},
}
