package backup

import "github.com/bulwark-iac/bulwark/policy/rule"

var backupNotifications = rule.Rule{
	ID:       "backup-notifications",
	Title:    "Vault notifies on failures",
	Why:      "A backup that has failed for weeks is found out on the day when it is needed.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html",
	Fix: rule.Fix{
		Plain: "backup.NewVaultNotifications with BackupVaultEvents BACKUP_JOB_COMPLETED (AWS tells of failures by it; BACKUP_JOB_FAILED is no longer sent) and COPY_JOB_FAILED",
	},
	Types: []string{vault, vaultNotifications},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(vault), func(r *rule.Resource) {
			for _, notifications := range f.WantReferrer(r, "backupVaultName", vaultNotifications) {
				f.WantElements(notifications.Get("backupVaultEvents"), "BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED")
			}
		})
	},
	Good: []rule.Example{{YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
tell:
  type: aws:backup/vaultNotifications:VaultNotifications
  properties: {backupVaultName: "${main.name}", snsTopicArn: "arn:aws:sns:eu-west-1:111122223333:alarms", backupVaultEvents: [BACKUP_JOB_COMPLETED, COPY_JOB_FAILED, RESTORE_JOB_COMPLETED]}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
`}, {Name: "of another vault", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
tell:
  type: aws:backup/vaultNotifications:VaultNotifications
  properties: {backupVaultName: other, snsTopicArn: "arn:aws:sns:eu-west-1:111122223333:alarms", backupVaultEvents: [BACKUP_JOB_COMPLETED, COPY_JOB_FAILED]}
`}, {Name: "an event that is no longer sent", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
tell:
  type: aws:backup/vaultNotifications:VaultNotifications
  properties: {backupVaultName: "${main.name}", snsTopicArn: "arn:aws:sns:eu-west-1:111122223333:alarms", backupVaultEvents: [BACKUP_JOB_FAILED, COPY_JOB_FAILED]}
`}, {Name: "no copies", YAML: `
main:
  type: aws:backup/vault:Vault
  properties: {name: main}
tell:
  type: aws:backup/vaultNotifications:VaultNotifications
  properties: {backupVaultName: "${main.name}", snsTopicArn: "arn:aws:sns:eu-west-1:111122223333:alarms", backupVaultEvents: [BACKUP_JOB_COMPLETED]}
`}},
}
