package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsStorageEncrypted = rule.Rule{
	ID:       "rds-storage-encrypted",
	Title:    "Storage encrypted",
	Why:      "Disks, backups, snapshots and replicas of such an instance are in clear, and stay so: encryption cannot be turned on later without a new instance.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"RDS.3"},
		CIS:     []string{"v3:2.3.1", "v5:2.2.1"},
		Checkov: []string{"CKV_AWS_16"},
		Trivy:   []string{"AWS-0080"},
		CDKNag:  []string{"AwsSolutions-RDS2", "NIST:RDSStorageEncrypted"},
		Pulumi:  []string{"aws-rds-instance-disallow-unencrypted-storage", "awsguard:rdsStorageEncrypted"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3",
	Fix: rule.Fix{
		Plain: "rds.InstanceArgs{StorageEncrypted: pulumi.Bool(true)}",
	},
	Types: []string{instance},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if isReplica(r) {
			f.NotApplicable("a replica is encrypted as its source is")
			return
		}
		f.WantTrue(r.Get("storageEncrypted"))
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, storageEncrypted: true}
`}, {Name: "with a replica", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, storageEncrypted: true}
replica:
  type: aws:rds/instance:Instance
  properties: {replicateSourceDb: "${db.identifier}"}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "switched off, restored", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {snapshotIdentifier: before, storageEncrypted: false}
`}},
}
