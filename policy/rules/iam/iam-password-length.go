package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamPasswordLength = rule.Rule{
	ID:       "iam-password-length",
	Title:    "Password length >= 14",
	Why:      "A short password is guessed offline in hours once its hash leaks, and tried online wherever else the person has used it.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"IAM.7"},
		CIS:     []string{"v3:1.8", "v5:1.7"},
		Checkov: []string{"CKV_AWS_10"},
		Trivy:   []string{"AWS-0063"},
		Pulumi:  []string{"aws-iam-password-policy-minimum-password-length"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-15",
	Fix: rule.Fix{
		Bulwark: "audit.NewAccountBaseline sets the password policy",
		Plain:   "iam.AccountPasswordPolicyArgs{MinimumPasswordLength: pulumi.Int(14)}",
	},
	Types:  []string{passwordPolicy},
	Params: []rule.Param{{Name: "characters", Default: 14, Min: 8, Max: 128, Description: "Length of a password at least."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantAtLeast(r.Get("minimumPasswordLength"), f.Int("characters"), "characters")
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		if r.Get("minimumPasswordLength").Int() < c.Int("characters") {
			c.Set("minimumPasswordLength", c.Int("characters"))
		}
	},
	Good: []rule.Example{{YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {minimumPasswordLength: 14}
`}, {Name: "longer", Params: map[string]any{"characters": 20}, YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {minimumPasswordLength: 20}
`}},
	Bad: []rule.Example{{Name: "short", YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {minimumPasswordLength: 8}
`}, {Name: "not set, which is 6", YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {requireSymbols: true}
`}},
}
