package iam

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var iamTrustConfusedDeputy = rule.Rule{
	ID:       "iam-trust-confused-deputy",
	Title:    "Service trust carries aws:SourceAccount/SourceArn",
	Why:      "Without a source condition the service may assume the role for somebody else: another account that knows the role's ARN can have the service act with it.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
	Fix: rule.Fix{
		Bulwark: "identity.NewTaskRole, identity.NewExecutionRole and the roles inside the components trust one service, acting for this account",
		Plain:   `iam.RoleArgs{AssumeRolePolicy: ...} with Condition: {"StringEquals": {"aws:SourceAccount": accountId}, "ArnLike": {"aws:SourceArn": ...}}`,
	},
	Types: []string{role},
	Params: []rule.Param{{
		Name: "services", Default: []string{"ecs-tasks", "backup", "vpc-flow-logs", "monitoring.rds", "scheduler"},
		Description: "Services, by what precedes .amazonaws.com, that say for whom they act when they assume a role.",
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		at, d := trust(r)
		policies.Report(f, at, slices.DeleteFunc(d.ConfusedDeputy(), func(x iampolicy.Finding) bool {
			service, _, _ := strings.Cut(x.Value, ".amazonaws.com")
			return !slices.Contains(f.Texts("services"), service)
		}), "a condition on aws:SourceAccount or aws:SourceArn")
	},
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole", Condition: {StringEquals: {"aws:SourceAccount": "111122223333"}, ArnLike: {"aws:SourceArn": "arn:aws:ecs:eu-west-1:111122223333:*"}}}
`}, {Name: "a service that does not send the keys", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}
`}, {Name: "the trail, whose deliveries a condition has stopped", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Action: "sts:AssumeRole"}
`}},
	Bad: []rule.Example{{Name: "tasks", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}
`}, {Name: "any account", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: [backup.amazonaws.com]}, Action: "sts:AssumeRole", Condition: {StringLike: {"aws:SourceAccount": "*"}}}
`}, {Name: "in China", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: vpc-flow-logs.amazonaws.com.cn}, Action: "sts:AssumeRole"}
`}, {Name: "as configured", Params: map[string]any{"services": []any{"states"}}, YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: states.amazonaws.com}, Action: "sts:AssumeRole"}
`}},
}
