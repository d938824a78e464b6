package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamPasswordReuse = rule.Rule{
	ID:       "iam-password-reuse",
	Title:    "Password reuse prevention 24",
	Why:      "When the old password may come back, changing it after a leak changes nothing.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"IAM.7"},
		CIS:     []string{"v3:1.9", "v5:1.8"},
		Checkov: []string{"CKV_AWS_13"},
		Trivy:   []string{"AWS-0056"},
		Pulumi:  []string{"aws-iam-password-policy-prevent-reuse"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-16",
	Fix: rule.Fix{
		Bulwark: "audit.NewAccountBaseline sets the password policy",
		Plain:   "iam.AccountPasswordPolicyArgs{PasswordReusePrevention: pulumi.Int(24)}",
	},
	Types: []string{passwordPolicy},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantAtLeast(r.Get("passwordReusePrevention"), 24, "passwords")
	},
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("passwordReusePrevention", 24) },
	Good: []rule.Example{{YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {passwordReusePrevention: 24}
`}},
	Bad: []rule.Example{{Name: "a few", YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {passwordReusePrevention: 5}
`}, {Name: "not set", YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {minimumPasswordLength: 14}
`}},
}
