package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcSgAttached = rule.Rule{
	ID:       "vpc-sg-attached",
	Title:    "Security groups are attached to something",
	Why:      "A group that nothing uses is a set of open ports that waits for the first machine somebody puts into it.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"EC2.22*"},
		Checkov: []string{"CKV2_AWS_5"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-22",
	Fix: rule.Fix{
		Bulwark: "pass the group of network.NewSecurityGroup to what shall have it, or remove it",
		Plain:   "remove the ec2.SecurityGroup, or name it in SecurityGroupIds of what it is for",
	},
	OptIn: "a group may be for what another stack or AWS makes, such as a function's or a task's network interfaces",
	Types: []string{securityGroup},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(securityGroup), func(group *rule.Resource) {
			if !used(s, group, securityGroup, securityGroupRule, ingressRule, egressRule) {
				f.Fail(group, "nothing in the stack uses it: expected a workload, a load balancer or an endpoint")
			}
		})
	},
	Good: []rule.Example{{YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
balancer:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {securityGroups: ["${web.id}"]}
`}},
	Bad: []rule.Example{{Name: "nothing", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
`}, {Name: "its own rules only", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
https:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${web.id}", ipProtocol: tcp, fromPort: 443, toPort: 443, referencedSecurityGroupId: sg-0fedcba9876543210}
`}},
}
