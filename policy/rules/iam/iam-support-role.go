package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamSupportRole = rule.Rule{
	ID:       "iam-support-role",
	Title:    "A support role exists (account baseline)",
	Why:      "In an incident somebody has to open a case with AWS Support, and it is too late to find out then that only the root user may.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:  []string{"IAM.18*"},
		CIS:   []string{"v3:1.17", "v5:1.16"},
		Trivy: []string{"AWS-0169"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-18",
	Fix: rule.Fix{
		Bulwark: "no component makes it: it is one per account",
		Plain:   `iam.NewRolePolicyAttachment with PolicyArn "arn:aws:iam::aws:policy/AWSSupportAccess" and a role that people can assume`,
	},
	OptIn: "an account needs it once, and not in every stack",
	Types: []string{rolePolicyAttachment, role},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		for _, r := range s.Of(rolePolicyAttachment, role) {
			attached := false
			eachAttached(r, f, func(arn rule.Value) { attached = attached || ofAWS(arn) == "AWSSupportAccess" })
			if attached {
				return
			}
		}
		f.Fail(s, "no role has AWSSupportAccess: expected one with which incidents are managed")
	},
	Good: []rule.Example{{YAML: `
it:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: support, policyArn: "arn:aws:iam::aws:policy/AWSSupportAccess"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
it:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: api, policyArn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"}
`}, {Name: "nothing of the kind", YAML: `
it:
  type: aws:iam/accountPasswordPolicy:AccountPasswordPolicy
  properties: {minimumPasswordLength: 14}
`}},
}
