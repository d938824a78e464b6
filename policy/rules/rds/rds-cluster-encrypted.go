package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsClusterEncrypted = rule.Rule{
	ID:       "rds-cluster-encrypted",
	Title:    "Aurora cluster encrypted",
	Why:      "The cluster's volume, backups, snapshots and replicas are in clear, and stay so: encryption cannot be turned on later without a new cluster.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"RDS.27"},
		Checkov: []string{"CKV_AWS_96"},
		Trivy:   []string{"AWS-0079"},
		CDKNag:  []string{"AwsSolutions-RDS2"},
		Pulumi:  []string{"aws-rds-cluster-disallow-unencrypted-storage"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-27",
	Fix: rule.Fix{
		Plain: "rds.ClusterArgs{StorageEncrypted: pulumi.Bool(true)}",
	},
	Types: []string{cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if isReplica(r) {
			f.NotApplicable("a replica is encrypted as its source is")
			return
		}
		if encrypted := r.Get("storageEncrypted"); !encrypted.BoolOr(serverlessV1(r)) {
			f.Fail(encrypted, "%s: expected true", encrypted)
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, storageEncrypted: true}
`}, {Name: "Aurora Serverless v1 is always encrypted", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, engineMode: serverless}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql, engineMode: provisioned, storageEncrypted: false}
`}},
}
