package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsNoHostPid = rule.Rule{
	ID:         "ecs-no-host-pid",
	Title:      "Tasks do not share the host PID namespace",
	Why:        "In the host's process namespace a container sees every process of the instance, can stop it, and can read secrets from its environment.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ECS.3"}, Checkov: []string{"CKV_AWS_335"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-3",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService runs on Fargate, and leaves it out",
		Plain:   `ecs.TaskDefinitionArgs{PidMode: pulumi.String("task")}, or leave it out`,
	},
	Types:    []string{taskDefinition},
	Resource: rule.WantNoneOf("pidMode", "host"),
	Good: []rule.Example{{Name: "by default", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties: {family: api, containerDefinitions: "[]"}
`}, {Name: "shared in the task", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties: {family: api, containerDefinitions: "[]", pidMode: task}
`}},
	Bad: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties: {family: api, containerDefinitions: "[]", pidMode: host}
`}},
}
