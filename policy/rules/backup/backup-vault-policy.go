package backup

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var backupVaultPolicy = rule.Rule{
	ID:       "backup-vault-policy",
	Title:    "Vault policy denies recovery point deletion",
	Why:      "IAM alone protects the recovery points then: one role with backup:* deletes them, shortens their lives, or rewrites the policy.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html",
	Fix: rule.Fix{
		Plain: `backup.NewVaultPolicy that denies backup:DeleteRecoveryPoint, backup:UpdateRecoveryPointLifecycle and backup:PutBackupVaultAccessPolicy to "*"; ArnNotLike aws:PrincipalArn leaves a break-glass role out`,
	},
	Types: []string{vaultPolicy},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("only in prod: elsewhere a vault goes with all that is in it")
			return
		}
		at := r.Get("policy")
		d, _ := policies.Read(at)
		for _, action := range []string{"backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:PutBackupVaultAccessPolicy"} {
			if !deniesEverybody(d, action) {
				f.Fail(at, "does not deny %s to everybody: expected it to", action)
			}
		}
	},
	Good: []rule.Example{{YAML: `
policy:
  type: aws:backup/vaultPolicy:VaultPolicy
  properties:
    backupVaultName: main
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:PutBackupVaultAccessPolicy"], Resource: "*"}
`}, {Name: "all but the break-glass role", YAML: `
policy:
  type: aws:backup/vaultPolicy:VaultPolicy
  properties:
    backupVaultName: main
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: {AWS: "*"}, Action: ["backup:Delete*", "backup:Update*", "backup:Put*"], Resource: "*", Condition: {ArnNotLike: {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/break-glass"}}}
`}, {Name: "in several statements", YAML: `
policy:
  type: aws:backup/vaultPolicy:VaultPolicy
  properties:
    backupVaultName: main
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: ["backup:DeleteRecoveryPoint", "backup:PutBackupVaultAccessPolicy"], Resource: "*"}
          - {Effect: Deny, NotPrincipal: {AWS: "arn:aws:iam::111122223333:root"}, Action: "backup:UpdateRecoveryPointLifecycle", Resource: "*"}
`}},
	Bad: []rule.Example{{Name: "one of the three", YAML: `
policy:
  type: aws:backup/vaultPolicy:VaultPolicy
  properties:
    backupVaultName: main
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "backup:DeleteRecoveryPoint", Resource: "*"}
`}, {Name: "to one role", YAML: `
policy:
  type: aws:backup/vaultPolicy:VaultPolicy
  properties:
    backupVaultName: main
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: {AWS: "arn:aws:iam::111122223333:role/api"}, Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:PutBackupVaultAccessPolicy"], Resource: "*"}
`}, {Name: "from one network", YAML: `
policy:
  type: aws:backup/vaultPolicy:VaultPolicy
  properties:
    backupVaultName: main
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:PutBackupVaultAccessPolicy"], Resource: "*", Condition: {IpAddress: {"aws:SourceIp": 203.0.113.0/24}}}
`}, {Name: "copies only", YAML: `
policy:
  type: aws:backup/vaultPolicy:VaultPolicy
  properties:
    backupVaultName: main
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "backup:CopyIntoBackupVault", Resource: "*"}
`}},
}
