package backup

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var backupVaultCmk = rule.Rule{
	ID:         "backup-vault-cmk",
	Title:      "Vault encrypted with a CMK",
	Why:        "Under the key aws/backup copies cannot leave the account, which is where they belong for the day when the account is lost.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"Backup.1"}, Checkov: []string{"CKV_AWS_166"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/backup-controls.html#backup-1",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey makes the key",
		Plain:   "backup.VaultArgs{KmsKeyArn: key.Arn}",
	},
	Types: []string{vault},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		keys.WantOwn(f, r.Get("kmsKeyArn"))
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: backups}
main:
  type: aws:backup/vault:Vault
  properties: {kmsKeyArn: "${key.arn}"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
`}, {Name: "AWS's own", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:alias/aws/backup"}
`}},
}
