package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamPasswordStrength = rule.Rule{
	ID:       "iam-password-strength",
	Title:    "Password character classes and age",
	Why:      "A policy that takes letters only, for ever, is met by a word from a list that has leaked long ago.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"IAM.7"},
		Checkov: []string{"CKV_AWS_9", "CKV_AWS_11", "CKV_AWS_12", "CKV_AWS_14", "CKV_AWS_15"},
		Trivy:   []string{"AWS-0058", "AWS-0059", "AWS-0060", "AWS-0061", "AWS-0062"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7",
	Fix: rule.Fix{
		Bulwark: "audit.NewAccountBaseline sets the password policy",
		Plain:   "iam.AccountPasswordPolicyArgs{RequireLowercaseCharacters: pulumi.Bool(true), ...Uppercase..., RequireNumbers, RequireSymbols, MaxPasswordAge: pulumi.Int(90)}",
	},
	Types:  []string{passwordPolicy},
	Params: []rule.Param{{Name: "days", Default: 90, Min: 0, Max: 1095, Description: "Days after which a password has to be changed at the latest; 0 if it may stay."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		for _, class := range classes {
			f.WantTrue(r.Get(class))
		}
		if most := f.Int("days"); most > 0 {
			if age := r.Get("maxPasswordAge"); age.Int() < 1 {
				f.Fail(age, "%s, and passwords last for ever: expected at most %d days", age, most)
			} else {
				f.WantAtMost(age, most, "days")
			}
		}
	},
	Good: []rule.Example{{YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {requireLowercaseCharacters: true, requireUppercaseCharacters: true, requireNumbers: true, requireSymbols: true, maxPasswordAge: 90}
`}, {Name: "passwords that last", Params: map[string]any{"days": 0}, YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {requireLowercaseCharacters: true, requireUppercaseCharacters: true, requireNumbers: true, requireSymbols: true}
`}},
	Bad: []rule.Example{{Name: "no symbols", YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {requireLowercaseCharacters: true, requireUppercaseCharacters: true, requireNumbers: true, requireSymbols: false, maxPasswordAge: 90}
`}, {Name: "no capitals", YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {requireLowercaseCharacters: true, requireNumbers: true, requireSymbols: true, maxPasswordAge: 90}
`}, {Name: "for ever", YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {requireLowercaseCharacters: true, requireUppercaseCharacters: true, requireNumbers: true, requireSymbols: true}
`}, {Name: "for a year", YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {requireLowercaseCharacters: true, requireUppercaseCharacters: true, requireNumbers: true, requireSymbols: true, maxPasswordAge: 365}
`}},
}

// classes are the kinds of characters that a password policy can ask for.
var classes = []string{"requireLowercaseCharacters", "requireUppercaseCharacters", "requireNumbers", "requireSymbols"}
