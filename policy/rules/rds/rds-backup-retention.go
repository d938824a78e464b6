package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsBackupRetention = rule.Rule{
	ID:       "rds-backup-retention",
	Title:    "Automated backups kept >= 7 days",
	Why:      "A mistake that nobody sees for a weekend cannot be undone when yesterday's backup is the oldest one.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP: []string{"RDS.11"}, Checkov: []string{"CKV_AWS_133"}, Trivy: []string{"AWS-0077"},
		CDKNag: []string{"AwsSolutions-RDS13", "NIST:RDSInstanceBackupEnabled"},
		Pulumi: []string{"aws-rds-instance-enable-backup-retention", "aws-rds-instance-configure-backup-retention", "awsguard:rdsInstanceBackupEnabled"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11",
	Fix: rule.Fix{
		Plain: "rds.InstanceArgs{BackupRetentionPeriod: pulumi.Int(7)}",
	},
	Types: []string{instance, cluster},
	Params: []rule.Param{{
		Name: "days", Default: 7, Min: 1, Max: 35, Description: "Days for which automated backups are kept at least.",
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("replicateSourceDb").Exists() {
			f.NotApplicable("a replica is restored from its source")
			return
		}
		f.WantAtLeast(r.Get("backupRetentionPeriod"), f.Int("days"), "days")
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, backupRetentionPeriod: 7}
`}, {Name: "with a parameter", Params: map[string]any{"days": 3}, YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, backupRetentionPeriod: 3}
`}},
	Bad: []rule.Example{{Name: "one day", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, backupRetentionPeriod: 1}
`}, {Name: "not set", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}},
}
