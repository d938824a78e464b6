package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsTasksetNoPublicIP = rule.Rule{
	ID:         "ecs-taskset-no-public-ip",
	Title:      "Task sets do not assign public IPs",
	Why:        "With a public address a task can be reached from the internet past the load balancer, its firewall and its logs; one rule too many in the security group is enough.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ECS.16"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-16",
	Fix: rule.Fix{
		Bulwark: "no component makes task sets; in one of your own leave AssignPublicIp out",
		Plain:   "ecs.TaskSetNetworkConfigurationArgs{AssignPublicIp: pulumi.Bool(false)}, or leave it out",
	},
	Types:    []string{taskSet},
	Resource: wantNoPublicIP,
	Good: []rule.Example{{YAML: `
green:
  type: aws:ecs/taskSet:TaskSet
  properties: {networkConfiguration: {subnets: [subnet-0123456789abcdef0], assignPublicIp: false}}
`}, {Name: "by default", YAML: `
green:
  type: aws:ecs/taskSet:TaskSet
  properties: {networkConfiguration: {subnets: [subnet-0123456789abcdef0]}}
`}},
	Bad: []rule.Example{{YAML: `
green:
  type: aws:ecs/taskSet:TaskSet
  properties: {networkConfiguration: {subnets: [subnet-0123456789abcdef0], assignPublicIp: true}}
`}},
}
