package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsEnhancedMonitoring = rule.Rule{
	ID:       "rds-enhanced-monitoring",
	Title:    "Enhanced monitoring",
	Why:      "Without it nobody can tell which process, disk or lock made the database slow last night: CloudWatch sees the hypervisor once a minute, not the operating system.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"RDS.6"},
		Checkov: []string{"CKV_AWS_118"},
		CDKNag:  []string{"NIST:RDSEnhancedMonitoringEnabled"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-6",
	Fix: rule.Fix{
		Bulwark: "set MonitoringInterval and MonitoringRoleArn where the program makes the instance",
		Plain:   "rds.InstanceArgs{MonitoringInterval: pulumi.Int(60), MonitoringRoleArn: role.Arn}",
	},
	Types: []string{instance, clusterInstance},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if interval := r.Get("monitoringInterval"); interval.Int() == 0 {
			f.Fail(interval, "%s: expected 1, 5, 10, 15, 30 or 60 seconds", interval)
			return
		}
		f.WantSet(r.Get("monitoringRoleArn"), "the role with which RDS sends the metrics")
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, monitoringInterval: 60, monitoringRoleArn: "arn:aws:iam::111122223333:role/rds-monitoring"}
`}, {Name: "in a cluster", YAML: `
db:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, monitoringInterval: 15, monitoringRoleArn: "arn:aws:iam::111122223333:role/rds-monitoring"}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, monitoringInterval: 0}
`}, {Name: "without a role", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, monitoringInterval: 60}
`}},
}
