package iam

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var iamNoPrivilegeEscalation = rule.Rule{
	ID:         "iam-no-privilege-escalation",
	Title:      "No privilege escalation combos",
	Why:        "Some permissions are worth all others: who may rewrite a policy, or start a task with any role, gives itself what it lacks.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_286"}, Trivy: []string{"AWS-0342"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   "iam.RolePolicyArgs{Policy: ...} whose statements have the ARNs in Resource: bucket.Arn, secret.Arn, ...",
	},
	Types: identityPolicies,
	Resource: identityRule(func(f *rule.Findings, at rule.Value, d iampolicy.Document) {
		for _, way := range iampolicy.FindEscalations(d) {
			f.Fail(at, "Statement[%d]: whoever has %s %s: expected the roles, policies or functions by their ARNs", way.Grants[0].Statement, policies.Brief(way.Actions), way.Explanation)
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
          - {Effect: Allow, Action: ["iam:PassRole"], Resource: "arn:aws:iam::111122223333:role/api-task", Condition: {StringEquals: {"iam:PassedToService": ecs-tasks.amazonaws.com}}}
          - {Effect: Allow, Action: "ecs:RunTask", Resource: "*"}
`}, {Name: "passed to a service that runs nothing", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "iam:PassRole", Resource: "*", Condition: {StringEquals: {"iam:PassedToService": vpc-flow-logs.amazonaws.com}}}
          - {Effect: Allow, Action: ["ecs:RunTask", "lambda:CreateFunction", "lambda:InvokeFunction"], Resource: "*"}
`}},
	Bad: []rule.Example{{Name: "any role for a task", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["iam:PassRole", "ecs:RunTask"], Resource: "*"}
`}, {Name: "a new version of any policy", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "iam:CreatePolicyVersion", Resource: "*"}
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
              - {Effect: Allow, Action: "iam:AttachRolePolicy", Resource: "arn:aws:iam::*:role/*"}
`}, {Name: "any role", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "sts:AssumeRole", Resource: "*"}
`}},
}
