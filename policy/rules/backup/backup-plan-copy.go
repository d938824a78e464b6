package backup

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var backupPlanCopy = rule.Rule{
	ID:       "backup-plan-copy",
	Title:    "Plan copies to another region or account",
	Why:      "Backups next to the data go with the data: when the region is out, or the account is taken over, there is nothing to restore from.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html",
	Fix: rule.Fix{
		Plain: "backup.PlanRuleArgs{CopyActions: backup.PlanRuleCopyActionArray{&backup.PlanRuleCopyActionArgs{DestinationVaultArn: second.Arn}}}",
	},
	Types:  []string{plan},
	Params: []rule.Param{{Name: "accounts", Default: []string{}, Description: "Ids of accounts that hold copies: one of theirs counts in the same region too."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("only in prod")
			return
		}
		region := r.Region().TextOr(f.Context().Config["aws:region"])
		elsewhere := false
		for _, destination := range r.All("rules[*].copyActions[*].destinationVaultArn") {
			arn, ok := validate.SplitARN(destination.Text())
			elsewhere = elsewhere || ok && (arn.Region != region || slices.Contains(f.Texts("accounts"), arn.Account))
		}
		if !elsewhere {
			f.Fail(r.Get("rules"), "none of them copies to another region, or to an account for backups: expected one that does")
		}
	},
	Good: []rule.Example{{Name: "to another region", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, copyActions: [{destinationVaultArn: "arn:aws:backup:eu-central-1:111122223333:backup-vault:second"}]}
`}, {Name: "one of the rules", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, schedule: "cron(0 * ? * * *)"}
      - {ruleName: r1, targetVaultName: main, copyActions: [{destinationVaultArn: "arn:aws:backup:eu-central-1:111122223333:backup-vault:second"}]}
`}, {Name: "to another account", Params: map[string]any{"accounts": []any{"444455556666"}}, YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, copyActions: [{destinationVaultArn: "arn:aws:backup:eu-west-1:444455556666:backup-vault:second"}]}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main}
`}, {Name: "into the same region", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, copyActions: [{destinationVaultArn: "arn:aws:backup:eu-west-1:111122223333:backup-vault:second"}]}
`}, {Name: "in the second region itself", YAML: `
second:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, copyActions: [{destinationVaultArn: "arn:aws:backup:eu-central-1:111122223333:backup-vault:second"}]}
  options: {provider: "${second}"}
`}},
}
