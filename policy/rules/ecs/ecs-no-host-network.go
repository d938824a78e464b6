package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsNoHostNetwork = rule.Rule{
	ID:         "ecs-no-host-network",
	Title:      "Tasks do not use host networking",
	Why:        "In the host's network a task has no security group of its own: it reaches what the instance reaches, its metadata too, and listens on the instance's ports.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ECS.17*"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-17",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService runs on Fargate, where every task has a network of its own",
		Plain:   `ecs.TaskDefinitionArgs{NetworkMode: pulumi.String("awsvpc")}`,
	},
	Types:    []string{taskDefinition},
	Resource: rule.WantNoneOf("networkMode", "host"),
	Good: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties: {family: api, containerDefinitions: "[]", networkMode: awsvpc}
`}, {Name: "by default", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties: {family: api, containerDefinitions: "[]"}
`}},
	Bad: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties: {family: api, containerDefinitions: "[]", networkMode: host}
`}},
}
