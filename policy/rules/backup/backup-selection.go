package backup

import "github.com/bulwark-iac/bulwark/policy/rule"

var backupSelection = rule.Rule{
	ID:       "backup-selection",
	Title:    "Plan has a selection and a scoped role",
	Why:      "A plan without a selection backs up nothing, and looks as if it did.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
	Fix: rule.Fix{
		Plain: "backup.NewSelection with PlanId: plan.ID(), IamRoleArn: role.Arn and Resources or SelectionTags",
	},
	Types: []string{plan, selection},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(plan), func(r *rule.Resource) {
			for _, one := range f.WantReferrer(r, "planId", selection) {
				f.WantSet(one.Get("iamRoleArn"), "the role that makes the backups")
				wantSelected(f, one)
			}
		})
	},
	Good: []rule.Example{{Name: "by tag", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main}
tagged:
  type: aws:backup/selection:Selection
  properties: {planId: "${plan.id}", iamRoleArn: "arn:aws:iam::111122223333:role/backup", selectionTags: [{type: STRINGEQUALS, key: backup, value: daily}]}
`}, {Name: "by ARN", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main}
db:
  type: aws:backup/selection:Selection
  properties: {planId: "${plan.id}", iamRoleArn: "arn:aws:iam::111122223333:role/backup", resources: ["arn:aws:rds:eu-west-1:111122223333:db:acme"]}
`}, {Name: "by conditions", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main}
tagged:
  type: aws:backup/selection:Selection
  properties: {planId: "${plan.id}", iamRoleArn: "arn:aws:iam::111122223333:role/backup", conditions: [{stringEquals: [{key: "aws:ResourceTag/backup", value: daily}]}]}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main}
`}, {Name: "of another plan", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main}
tagged:
  type: aws:backup/selection:Selection
  properties: {planId: 0f1e2d3c, iamRoleArn: "arn:aws:iam::111122223333:role/backup", resources: ["*"]}
`}, {Name: "of nothing", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main}
tagged:
  type: aws:backup/selection:Selection
  properties: {planId: "${plan.id}", iamRoleArn: "arn:aws:iam::111122223333:role/backup", resources: [], selectionTags: [], conditions: []}
`}, {Name: "without a role", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main}
tagged:
  type: aws:backup/selection:Selection
  properties: {planId: "${plan.id}", resources: ["*"]}
`}},
}
