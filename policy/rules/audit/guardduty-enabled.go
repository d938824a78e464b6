package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var guarddutyEnabled = rule.Rule{
	ID:         "guardduty-enabled",
	Title:      "GuardDuty detector on",
	Why:        "GuardDuty reads the trail, flow logs and DNS for what a break-in looks like, which nobody does by hand.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"GuardDuty.1"}, Checkov: []string{"CKV_AWS_238", "CKV2_AWS_3"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#guardduty-1",
	Fix: rule.Fix{
		Bulwark: "keep it in the stack of the account's baseline",
		Plain:   "guardduty.NewDetector with Enable left at its default, true",
	},
	OptIn: baseline,
	Types: []string{"aws:guardduty/detector:Detector"},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantOne(s, f, "detector", "aws:guardduty/detector:Detector", func(d *rule.Resource) { f.WantNotFalse(d.Get("enable")) })
	},
	Good: []rule.Example{{YAML: `
watch:
  type: aws:guardduty/detector:Detector
  properties: {enable: true}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
`}, {Name: "switched off", YAML: `
watch:
  type: aws:guardduty/detector:Detector
  properties: {enable: false}
`}},
}
