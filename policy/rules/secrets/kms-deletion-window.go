package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var kmsDeletionWindow = rule.Rule{
	ID:         "kms-deletion-window",
	Title:      "Deletion window is long",
	Why:        "With the key goes everything that it has encrypted, backups included; the waiting period is the only way back.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"KMS.3"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-3",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey waits 30 days and protects permanent keys",
		Plain:   "kms.KeyArgs{DeletionWindowInDays: pulumi.Int(30)} and pulumi.Protect(true)",
	},
	Types:  []string{key, replicaKey, externalKey, replicaExternalKey},
	Params: []rule.Param{{Name: "days", Default: 30, Min: 7, Max: 30, Description: "Days for which the deletion of a key can be cancelled at least, in prod."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		window := r.Get("deletionWindowInDays")
		if !f.Prod() {
			if window.IntOr(30) < 7 {
				f.Fail(window, "%s: expected at least 7 days, the fewest that KMS takes", window)
			}
			return
		}
		if window.IntOr(30) < f.Int("days") {
			f.Fail(window, "%s: expected at least %d days", window, f.Int("days"))
		}
		if !r.Options.Protect {
			f.Fail(r, "is not protected: expected the resource option protect")
		}
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
  properties: {deletionWindowInDays: 30}
  options: {protect: true}
`}, {Name: "not said, which is 30", YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: data}
  options: {protect: true}
`}, {Name: "in dev", Profile: rule.Dev, YAML: `
key:
  type: aws:kms/key:Key
  properties: {deletionWindowInDays: 7}
`}},
	Bad: []rule.Example{{Name: "a week", YAML: `
key:
  type: aws:kms/key:Key
  properties: {deletionWindowInDays: 7}
  options: {protect: true}
`}, {Name: "not protected", YAML: `
key:
  type: aws:kms/key:Key
  properties: {deletionWindowInDays: 30}
`}, {Name: "less than KMS takes", Profile: rule.Dev, YAML: `
key:
  type: aws:kms/key:Key
  properties: {deletionWindowInDays: 1}
`}},
}
