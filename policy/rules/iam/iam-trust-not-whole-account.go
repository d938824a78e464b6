package iam

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var iamTrustNotWholeAccount = rule.Rule{
	ID:         "iam-trust-not-whole-account",
	Title:      "Role trust is not account root without a condition",
	Why:        "To trust :root is to trust every user and role of that account that may call sts:AssumeRole, those made tomorrow included.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_61"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts",
	Fix: rule.Fix{
		Bulwark: "identity.NewTaskRole, identity.NewExecutionRole and the roles inside the components trust one service, acting for this account",
		Plain:   "iam.RoleArgs{AssumeRolePolicy: ...} with the ARN of the role that is to assume it, or a condition: aws:PrincipalArn, sts:ExternalId, aws:MultiFactorAuthPresent",
	},
	Types: []string{role},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		at, d := trust(r)
		for i, s := range d.Statements {
			if s.Effect != iampolicy.Allow || s.NarrowsCallers() {
				continue
			}
			for _, principal := range s.Principals.AWS {
				account := iampolicy.Principals{AWS: []string{principal}}.Accounts()
				if slices.Contains(account, principal) || strings.HasSuffix(principal, ":root") {
					f.Fail(at, "Statement[%d]: trusts all of account %s: expected the ARNs of roles, or a condition", i, principal)
				}
			}
		}
	},
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:role/deploy"}, Action: "sts:AssumeRole"}
`}, {Name: "on a condition", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "sts:AssumeRole", Condition: {StringEquals: {"sts:ExternalId": acme-1f0c}}}
`}, {Name: "a service", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: backup.amazonaws.com}, Action: "sts:AssumeRole"}
`}},
	Bad: []rule.Example{{Name: "a condition on the transport", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:root"}, Action: "sts:AssumeRole", Condition: {Bool: {"aws:SecureTransport": "true"}}}]
`}, {Name: "a condition on the region", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {AWS: "111122223333"}, Action: "sts:AssumeRole", Condition: {StringEquals: {"aws:RequestedRegion": "eu-west-1"}}}]
`}, {Name: "another account", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "sts:AssumeRole"}
`}, {Name: "by its id", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: ["444455556666"]}, Action: "sts:AssumeRole"}
`}, {Name: "a condition that asks for nothing", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "sts:AssumeRole", Condition: {BoolIfExists: {"aws:MultiFactorAuthPresent": "true"}}}
`}},
}
