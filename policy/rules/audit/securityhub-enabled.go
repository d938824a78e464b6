package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var securityhubEnabled = rule.Rule{
	ID:         "securityhub-enabled",
	Title:      "Security Hub on",
	Why:        "It gathers what the other services find, so that one page shows what is open.",
	Severity:   rule.Medium,
	References: rule.References{CIS: []string{"v3:4.16", "v5:4.16"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/what-is-securityhub.html",
	Fix: rule.Fix{
		Bulwark: "keep it in the stack of the account's baseline",
		Plain:   "securityhub.NewAccount",
	},
	OptIn: baseline,
	Types: []string{"aws:securityhub/account:Account"},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantOne(s, f, "Security Hub account", "aws:securityhub/account:Account", func(*rule.Resource) {})
	},
	Good: []rule.Example{{YAML: `
hub:
  type: aws:securityhub/account:Account
  properties: {enableDefaultStandards: true}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
`}},
}
