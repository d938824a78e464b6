package rds

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var rdsStorageCmk = rule.Rule{
	ID:       "rds-storage-cmk",
	Title:    "Storage encrypted with a CMK",
	Why:      "The key aws/rds is AWS's: its policy cannot be narrowed, it cannot be revoked, and a snapshot under it cannot be copied to another account, which is where backups belong when this one is lost.",
	Severity: rule.Medium,
	References: rule.References{
		Checkov: []string{"CKV_AWS_327"},
		Pulumi:  []string{"aws-rds-instance-configure-customer-managed-key", "aws-rds-cluster-configure-customer-managed-key"},
	},
	Source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey makes the key",
		Plain:   "rds.InstanceArgs{KmsKeyId: key.Arn}",
	},
	Types: []string{instance, cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		key := r.Get("kmsKeyId")
		if key.Empty() && (isReplica(r) || restored(r)) {
			f.NotApplicable("without a key of its own it has that of its source")
			return
		}
		keys.WantOwn(f, key)
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, storageEncrypted: true, kmsKeyId: "${key.arn}"}
`}, {Name: "a cluster that was restored, with another key", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties:
    engine: aurora-postgresql
    snapshotIdentifier: before
    kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
`}, {Name: "with a replica, which has the key of its source", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
replica:
  type: aws:rds/instance:Instance
  properties: {replicateSourceDb: acme}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, storageEncrypted: true}
`}, {Name: "none, of a cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, storageEncrypted: true}
`}, {Name: "AWS's own", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:alias/aws/rds"}
`}},
}
