package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var secretsRotation90d = rule.Rule{
	ID:         "secrets-rotation-90d",
	Title:      "Rotation within 90 days",
	Why:        "The rotation bounds how long a secret that has leaked unseen goes on working.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"SecretsManager.4"}, Checkov: []string{"CKV_AWS_304"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-4",
	Fix: rule.Fix{
		Plain: "secretsmanager.SecretRotationArgs{RotationRules: &secretsmanager.SecretRotationRotationRulesArgs{AutomaticallyAfterDays: pulumi.Int(30)}}",
	},
	Types:  []string{secretRotation},
	Params: []rule.Param{{Name: "days", Default: 90, Min: 1, Max: 1000, Description: "Days between two rotations at most."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if schedule := r.Get("rotationRules.scheduleExpression"); !schedule.Empty() {
			if gap, ok := longestGap(schedule.Text()); !ok {
				f.Fail(schedule, "%s: expected rate(n days), or cron(minutes hours day month weekday *)", schedule)
			} else if gap > f.Int("days") {
				f.Fail(schedule, "%s: up to %d days between two rotations: expected at most %d", schedule, gap, f.Int("days"))
			}
			return
		}
		days := r.Get("rotationRules.automaticallyAfterDays")
		if days.Int() < 1 {
			f.Fail(days, "%s: expected at most %d days", days, f.Int("days"))
			return
		}
		f.WantAtMost(days, f.Int("days"), "days")
	},
	Good: []rule.Example{{YAML: `
it:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationRules: {automaticallyAfterDays: 90}}
`}, {Name: "by rate", YAML: `
it:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationRules: {scheduleExpression: "rate(10 days)"}}
`}, {Name: "every month", YAML: `
it:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationRules: {scheduleExpression: "cron(0 4 1 * ? *)", duration: 3h}}
`}},
	Bad: []rule.Example{{Name: "twice a year", YAML: `
it:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationRules: {automaticallyAfterDays: 180}}
`}, {Name: "by rate", YAML: `
it:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationRules: {scheduleExpression: "rate(180 days)"}}
`}, {Name: "once a year", YAML: `
it:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationRules: {scheduleExpression: "cron(0 4 1 1 ? *)"}}
`}, {Name: "malformed", YAML: `
it:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationRules: {scheduleExpression: monthly}}
`}, {Name: "never", YAML: `
it:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationRules: {duration: 3h}}
`}},
}
