package backup

import "github.com/bulwark-iac/bulwark/policy/rule"

var backupVaultLock = rule.Rule{
	ID:       "backup-vault-lock",
	Title:    "Vault Lock configured",
	Why:      "Without a lock, whoever takes over an administrator deletes the backups first, and the data then.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",
	Fix: rule.Fix{
		Plain: "backup.NewVaultLockConfiguration with BackupVaultName: vault.Name and MinRetentionDays; ChangeableForDays makes it irrevocable",
	},
	Types:  []string{vault, vaultLock},
	Params: []rule.Param{{Name: "days", Default: 7, Min: 1, Max: 36500, Description: "Days for which no recovery point of the vault can be deleted, at least."}},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("only in prod")
			return
		}
		f.EachResource(s.Of(vault), func(r *rule.Resource) {
			for _, lock := range f.WantReferrer(r, "backupVaultName", vaultLock) {
				f.WantAtLeast(lock.Get("minRetentionDays"), f.Int("days"), "days")
			}
		})
	},
	Good: []rule.Example{{YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
lock:
  type: aws:backup/vaultLockConfiguration:VaultLockConfiguration
  properties: {backupVaultName: "${main.name}", minRetentionDays: 7}
`}, {Name: "by id, for good", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
lock:
  type: aws:backup/vaultLockConfiguration:VaultLockConfiguration
  properties: {backupVaultName: "${main.id}", minRetentionDays: 35, maxRetentionDays: 400, changeableForDays: 3}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
`}, {Name: "of another vault", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
other:
  type: aws:backup/vault:Vault
  properties: {name: other}
lock:
  type: aws:backup/vaultLockConfiguration:VaultLockConfiguration
  properties: {backupVaultName: other, minRetentionDays: 7}
`}, {Name: "no least retention", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
lock:
  type: aws:backup/vaultLockConfiguration:VaultLockConfiguration
  properties: {backupVaultName: "${main.name}", maxRetentionDays: 400}
`}, {Name: "a day", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
lock:
  type: aws:backup/vaultLockConfiguration:VaultLockConfiguration
  properties: {backupVaultName: "${main.name}", minRetentionDays: 1}
`}},
}
