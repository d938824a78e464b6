package iam

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var iamNoFullIAM = rule.Rule{
	ID:         "iam-no-full-iam",
	Title:      "No iam:* and no IAMFullAccess",
	Why:        "iam:* is everything: whoever has it writes itself the rest.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV2_AWS_40", "CKV2_AWS_56"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/security-iam-awsmanpol.html",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   "name the actions, such as iam:GetRole, and the roles; attach IAMReadOnlyAccess to those who only look",
	},
	Types: slices.Concat(identityPolicies, slices.DeleteFunc(slices.Clone(attachments), func(t string) bool { return t == role })),
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Is(attachments...) {
			eachAttached(r, f, func(arn rule.Value) {
				if ofAWS(arn) == "IAMFullAccess" {
					f.Fail(arn, "%s: expected a policy with the actions that are needed", arn)
				}
			})
			if !r.Is(role) {
				return
			}
		}
		if r.Is(role) && r.Get("inlinePolicies").Empty() {
			return
		}
		identityRule(func(f *rule.Findings, at rule.Value, d iampolicy.Document) {
			policies.Report(f, at, slices.DeleteFunc(d.ServiceWildcards(), func(x iampolicy.Finding) bool {
				service, _, _ := strings.Cut(x.Value, ":")
				return !strings.EqualFold(service, "iam") && strings.Trim(service, "*") != ""
			}), "the actions of IAM that are needed")
			for _, x := range d.AllowNotAction() {
				if d.Statements[x.Statement].AboutAction("iam:AttachRolePolicy") {
					f.Fail(at, "%s: allows all of IAM too: expected the actions that are needed", x.Path)
				}
			}
		})(r, f)
	},
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["iam:GetRole", "iam:List*"], Resource: "*"}
`}, {Name: "attached", YAML: `
it:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: audit, policyArn: "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}
`}, {Name: "all but IAM", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, NotAction: "iam:*", Resource: "*"}
`}, {Name: "a role", YAML: `
it:
  type: aws:iam/role:Role
  properties: {managedPolicyArns: ["arn:aws:iam::aws:policy/IAMReadOnlyAccess"]}
`}},
	Bad: []rule.Example{{Name: "managed", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["iam:*"], Resource: "*"}
`}, {Name: "of a role", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "*", Resource: "*"}
`}, {Name: "inline", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: inline
        policy:
          fn::toJSON:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "IAM:*", Resource: "arn:aws:iam::111122223333:role/api"}
`}, {Name: "all but another service", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, NotAction: ["s3:*"], Resource: "*"}
`}, {Name: "attached", YAML: `
it:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: api, policyArn: "arn:aws:iam::aws:policy/IAMFullAccess"}
`}, {Name: "in the role itself", YAML: `
it:
  type: aws:iam/role:Role
  properties: {managedPolicyArns: ["arn:aws:iam::aws:policy/IAMFullAccess"]}
`}},
}
