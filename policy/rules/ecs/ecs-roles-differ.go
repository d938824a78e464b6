package ecs

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var ecsRolesDiffer = rule.Rule{
	ID:         "ecs-roles-differ",
	Title:      "Execution role and task role differ",
	Why:        "The execution role may pull images and read every secret that is injected; a program that runs with it can do the same, for secrets of other containers too.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV_AWS_249"}},
	Source:     "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService makes both: the execution role of what the containers name, the task role of WebServiceArgs.Grants",
		Plain:   "ecs.TaskDefinitionArgs{ExecutionRoleArn: execution.Arn, TaskRoleArn: task.Arn}",
	},
	Types: []string{taskDefinition, role},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(taskDefinition), func(r *rule.Resource) {
			task, execution := r.Get("taskRoleArn"), r.Get("executionRoleArn")
			switch {
			case !task.Given() || !execution.Given():
				f.NotApplicable("it has at most one role")
			case sameRole(s, r, task, execution):
				f.Fail(task, "it is the execution role too: expected a role of its own")
			}
		})
	},
	Good: []rule.Example{{YAML: `
execution:
  type: aws:iam/role:Role
role:
  type: aws:iam/role:Role
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties: {family: api, containerDefinitions: "[]", executionRoleArn: "${execution.arn}", taskRoleArn: "${role.arn}"}
`}},
	Bad: []rule.Example{{YAML: `
role:
  type: aws:iam/role:Role
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties: {family: api, containerDefinitions: "[]", executionRoleArn: "${role.arn}", taskRoleArn: "${role.arn}"}
`}, {Name: "by its ARN", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: "[]"
    executionRoleArn: arn:aws:iam::111122223333:role/api
    taskRoleArn: arn:aws:iam::111122223333:role/api
`}},
}

// sameRole tells whether both are one role: by its ARN, or by what the ARN is taken from while it is not known.
func sameRole(s *rule.Stack, r *rule.Resource, task, execution rule.Value) bool {
	if task.Known() && execution.Known() {
		return task.Text() == execution.Text()
	}
	executions := s.Referred(r, "executionRoleArn", role)
	return slices.ContainsFunc(s.Referred(r, "taskRoleArn", role), func(one *rule.Resource) bool { return slices.Contains(executions, one) })
}
