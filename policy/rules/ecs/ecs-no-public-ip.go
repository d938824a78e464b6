package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsNoPublicIP = rule.Rule{
	ID:         "ecs-no-public-ip",
	Title:      "Services do not assign public IPs",
	Why:        "With a public address a task can be reached from the internet past the load balancer, its firewall and its logs; one rule too many in the security group is enough.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ECS.2"}, Checkov: []string{"CKV_AWS_333"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-2",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService follows the network of service.Placement.Network: only network.EgressPublicAddresses, which is for development, assigns them",
		Plain:   "ecs.ServiceNetworkConfigurationArgs{AssignPublicIp: pulumi.Bool(false)}, or leave it out",
	},
	Types:    []string{service},
	Resource: wantNoPublicIP,
	Good: []rule.Example{{YAML: `
api:
  type: aws:ecs/service:Service
  properties: {networkConfiguration: {subnets: [subnet-0123456789abcdef0], assignPublicIp: false}}
`}, {Name: "by default", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {networkConfiguration: {subnets: [subnet-0123456789abcdef0]}}
`}},
	Bad: []rule.Example{{YAML: `
api:
  type: aws:ecs/service:Service
  properties: {networkConfiguration: {subnets: [subnet-0123456789abcdef0], assignPublicIp: true}}
`}},
}
