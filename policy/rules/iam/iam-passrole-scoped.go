package iam

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var iamPassroleScoped = rule.Rule{
	ID:         "iam-passrole-scoped",
	Title:      "iam:PassRole is limited",
	Why:        "iam:PassRole on any role lets its holder start something that runs with the strongest role of the account; without iam:PassedToService, in any service that takes one.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_286"}, Trivy: []string{"AWS-0342"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   `iam.RolePolicyArgs with Resource: role.Arn and Condition: {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}`,
	},
	Types: identityPolicies,
	Resource: identityRule(func(f *rule.Findings, at rule.Value, d iampolicy.Document) {
		for _, grant := range policies.Wide(d) {
			if grant.Allows("iam:PassRole") {
				f.Fail(at, "%s: %s: allows iam:PassRole on any role: expected the ARNs of the roles that are passed", grant.Path, grant.Resource)
			}
		}
		for i, s := range d.Statements {
			roles := len(s.NotResources) > 0 || slices.ContainsFunc(s.Resources, func(pattern string) bool { return policies.Fits(pattern, "iam:PassRole") })
			if s.Effect == iampolicy.Allow && roles && s.AboutAction("iam:PassRole") && !slices.ContainsFunc(s.Conditions, func(c iampolicy.Condition) bool {
				return c.On("iam:PassedToService") && policies.Fixed(c)
			}) {
				f.Fail(at, "Statement[%d]: allows iam:PassRole to any service: expected a condition on iam:PassedToService", i)
			}
		}
	}),
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "iam:PassRole", Resource: ["arn:aws:iam::111122223333:role/api-task", "arn:aws:iam::111122223333:role/acme-*"], Condition: {StringEquals: {"iam:PassedToService": ecs-tasks.amazonaws.com}}}
`}, {Name: "everything, on one bucket", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "*", Resource: "arn:aws:s3:::audio"}
`}, {Name: "none is passed", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["iam:GetRole", "iam:List*"], Resource: "*"}
`}},
	Bad: []rule.Example{{Name: "any role", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "iam:PassRole", Resource: "*", Condition: {StringEquals: {"iam:PassedToService": ecs-tasks.amazonaws.com}}}
`}, {Name: "every role of the account", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["iam:Pass*"], Resource: "arn:aws:iam::111122223333:role/*", Condition: {StringLike: {"iam:PassedToService": ["ecs-tasks.*"]}}}
`}, {Name: "to any service", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: inline
        policy:
          fn::toJSON:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/api-task"}
`}, {Name: "to any service, after all", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/api-task", Condition: {StringLike: {"iam:PassedToService": "*"}}}
`}},
}
