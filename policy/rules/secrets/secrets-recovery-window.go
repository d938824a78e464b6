package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var secretsRecoveryWindow = rule.Rule{
	ID:       "secrets-recovery-window",
	Title:    "Recovery window >= 7 days",
	Why:      "A secret that is deleted at once takes the service down that still reads it, and no backup brings it back.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
	Fix: rule.Fix{
		Plain: "secretsmanager.SecretArgs{RecoveryWindowInDays: pulumi.Int(30)}, or leave it out, which is 30",
	},
	Types:  []string{secret},
	Params: []rule.Param{{Name: "days", Default: 7, Min: 7, Max: 30, Description: "Days for which a deleted secret can be restored at least."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("only in prod")
			return
		}
		if window := r.Get("recoveryWindowInDays"); window.Exists() {
			f.WantAtLeast(window, f.Int("days"), "days")
		}
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		if window := r.Get("recoveryWindowInDays"); window.Exists() && window.Int() < c.Int("days") {
			c.Set("recoveryWindowInDays", c.Int("days"))
		}
	},
	Good: []rule.Example{{YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
`}, {Name: "a week", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {recoveryWindowInDays: 7}
`}},
	Bad: []rule.Example{{Name: "at once", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {recoveryWindowInDays: 0}
`}, {Name: "less than is asked for", Params: map[string]any{"days": 30}, YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {recoveryWindowInDays: 7}
`}},
}
