package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsRolesDiffer = rule.Rule{
	ID:         "ecs-roles-differ",
	Title:      "Execution role and task role differ",
	Why:        "The execution role may pull images and read every secret that is injected; a program that runs with it can do the same, for secrets of other containers too.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV_AWS_249"}},
	Source:     "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
	Fix: rule.Fix{
		Plain: "ecs.TaskDefinitionArgs{ExecutionRoleArn: execution.Arn, TaskRoleArn: task.Arn}",
	},
	Types: []string{taskDefinition},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		task, execution := r.Get("taskRoleArn"), r.Get("executionRoleArn")
		switch {
		case task.Text() == "" || execution.Text() == "":
			f.NotApplicable("it has at most one role")
		case task.Text() == execution.Text():
			f.Fail(task, "%s is the execution role too: expected a role of its own", task)
		}
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
`}},
}
