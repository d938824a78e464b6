package backup

import (
	"math"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var backupPlanFrequency = rule.Rule{
	ID:       "backup-plan-frequency",
	Title:    "Plan runs daily and keeps >= 35 days",
	Why:      "Between two backups lies what is lost, and before the oldest one what nobody can go back to: a mistake found after a month needs a copy from before it.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html",
	Fix: rule.Fix{
		Plain: `backup.PlanArgs{Rules: ... Schedule: pulumi.String("cron(0 5 ? * * *)"), Lifecycle: {DeleteAfter: pulumi.Int(35)}}`,
	},
	Types:  []string{plan},
	Params: []rule.Param{{Name: "days", Default: 35, Min: 1, Max: 36500, Description: "Days for which daily backups are kept at least."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.Each(r.Get("rules"), func(one rule.Value) {
			cold, kept := one.Get("lifecycle.coldStorageAfter"), one.Get("lifecycle.deleteAfter")
			if cold.Int() > 0 && kept.Int() > 0 && kept.Int() < cold.Int()+90 {
				f.Fail(kept, "%s: expected at least %d: what is in cold storage stays there for 90 days", kept, cold.Int()+90)
			}
		})
		longest, often := rule.Value{}, false
		for _, one := range r.Get("rules").List() {
			kept := one.Get("lifecycle.deleteAfter")
			if daily(one.Get("schedule").TextOr(defaultSchedule)) && (!often || days(kept) > days(longest)) {
				longest, often = kept, true
			}
		}
		switch {
		case !often:
			f.Fail(r.Get("rules"), "none of them runs every day: expected one that does")
		case days(longest) < f.Int("days"):
			f.Fail(longest, "%s: the daily backups are kept no longer: expected at least %d days", longest, f.Int("days"))
		}
	},
	Good: []rule.Example{{YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, schedule: "cron(0 5 ? * * *)", lifecycle: {deleteAfter: 35}}
`}, {Name: "for ever, at the time that AWS takes", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main}
`}, {Name: "often, daily and monthly", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, schedule: "cron(0 * ? * * *)", lifecycle: {deleteAfter: 2}}
      - {ruleName: r1, targetVaultName: main, schedule: "cron(0 5 * * ? *)", lifecycle: {deleteAfter: 35}}
      - {ruleName: r2, targetVaultName: main, schedule: "cron(0 5 1 * ? *)", lifecycle: {coldStorageAfter: 30, deleteAfter: 365}}
`}},
	Bad: []rule.Example{{Name: "weekly", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, schedule: "cron(0 5 ? * SUN *)", lifecycle: {deleteAfter: 35}}
`}, {Name: "a week", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, schedule: "cron(0 5 ? * * *)", lifecycle: {deleteAfter: 7}}
`}, {Name: "cold storage that AWS refuses", YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, schedule: "cron(0 5 ? * * *)", lifecycle: {coldStorageAfter: 30, deleteAfter: 60}}
`}, {Name: "as configured", Params: map[string]any{"days": 90}, YAML: `
plan:
  type: aws:backup/plan:Plan
  properties:
    name: main
    rules:
      - {ruleName: r0, targetVaultName: main, schedule: "cron(0 5 ? * * *)", lifecycle: {deleteAfter: 35}}
`}},
}

// days is how long a backup is kept: for ever unless it says so.
func days(deleteAfter rule.Value) int {
	if n := deleteAfter.Int(); n > 0 {
		return n
	}
	return math.MaxInt
}
