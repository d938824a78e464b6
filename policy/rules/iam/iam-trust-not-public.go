package iam

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var iamTrustNotPublic = rule.Rule{
	ID:         "iam-trust-not-public",
	Title:      "Role trust is not public",
	Why:        "Any AWS account in the world can assume the role, and nobody has to steal anything first.",
	Severity:   rule.Critical,
	References: rule.References{Checkov: []string{"CKV_AWS_60"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
	Fix: rule.Fix{
		Bulwark: "identity.NewTaskRole, identity.NewExecutionRole and the roles inside the components trust one service, acting for this account",
		Plain:   "iam.RoleArgs{AssumeRolePolicy: ...} whose Principal is a service, or the ARN of a role",
	},
	Types: []string{role},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		at, d := trust(r)
		policies.Report(f, at, d.Public(), "principals that are named, or a condition such as aws:PrincipalOrgID")
	},
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}
`}, {Name: "the organization", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "sts:AssumeRole", Condition: {StringEquals: {"aws:PrincipalOrgID": o-abcdefgh12}}}
`}},
	Bad: []rule.Example{{Name: "everybody", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "sts:AssumeRole"}
`}, {Name: "every account", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "sts:AssumeRole", Condition: {StringEquals: {"sts:ExternalId": acme}}}
`}, {Name: "everybody but one", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, NotPrincipal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "sts:AssumeRole"}
`}},
}
