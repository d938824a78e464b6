package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var inspectorEcr = rule.Rule{
	ID:         "inspector-ecr",
	Title:      "Inspector scans ECR",
	Why:        "A library that was fine when the image was built has a hole today; Inspector looks again every day.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"Inspector.2"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/inspector-controls.html#inspector-2",
	Fix: rule.Fix{
		Bulwark: "keep it in the stack of the account's baseline",
		Plain:   `inspector2.EnablerArgs{ResourceTypes: pulumi.StringArray{pulumi.String("ECR")}}`,
	},
	OptIn: baseline,
	Types: []string{"aws:inspector2/enabler:Enabler"},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantOne(s, f, "Inspector enabler", "aws:inspector2/enabler:Enabler", func(e *rule.Resource) { f.WantElements(e.Get("resourceTypes"), "ECR") })
	},
	Good: []rule.Example{{YAML: `
scan:
  type: aws:inspector2/enabler:Enabler
  properties: {accountIds: ["111122223333"], resourceTypes: [ECR, LAMBDA]}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
`}, {Name: "others only", YAML: `
scan:
  type: aws:inspector2/enabler:Enabler
  properties: {accountIds: ["111122223333"], resourceTypes: [EC2]}
`}},
}
