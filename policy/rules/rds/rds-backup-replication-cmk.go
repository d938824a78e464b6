package rds

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var rdsBackupReplicationCmk = rule.Rule{
	ID:         "rds-backup-replication-cmk",
	Title:      "Replicated automated backups use a CMK",
	Why:        "The copies in the other region are there for the day on which this one is lost: only a key of your own there lets you decide who may restore them.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV_AWS_245"}},
	Source:     "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey with the other region's provider makes the key",
		Plain:   "rds.InstanceAutomatedBackupsReplicationArgs{KmsKeyId: keyThere.Arn}",
	},
	Types:    []string{backupsReplication},
	Resource: func(r *rule.Resource, f *rule.Findings) { keys.WantOwn(f, r.Get("kmsKeyId")) },
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
there:
  type: aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication
  properties: {sourceDbInstanceArn: "arn:aws:rds:eu-west-1:111122223333:db:acme", kmsKeyId: "${key.arn}"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
there:
  type: aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication
  properties: {sourceDbInstanceArn: "arn:aws:rds:eu-west-1:111122223333:db:acme"}
`}, {Name: "AWS's own", YAML: `
there:
  type: aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication
  properties:
    sourceDbInstanceArn: arn:aws:rds:eu-west-1:111122223333:db:acme
    kmsKeyId: arn:aws:kms:eu-central-1:111122223333:alias/aws/rds
`}},
}
