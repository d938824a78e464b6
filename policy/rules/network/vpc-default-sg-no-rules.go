package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcDefaultSgNoRules = rule.Rule{
	ID:       "vpc-default-sg-no-rules",
	Title:    "Nothing adds rules to a default security group",
	Why:      "Whatever is started without a security group gets the default one: each rule of it opens things that nobody has thought of, also in a VPC that another stack made.",
	Severity: rule.High,
	Source:   "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
	Fix: rule.Fix{
		Bulwark: "network.NewSecurityGroup and network.Allow: a group for each purpose",
		Plain:   "ec2.NewSecurityGroup with the rules, and ec2.NewDefaultSecurityGroup with neither Ingress nor Egress",
	},
	Types: []string{defaultSecurityGroup, vpc, defaultVpc, securityGroupRule, ingressRule, egressRule},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(defaultSecurityGroup), func(group *rule.Resource) {
			for _, direction := range []string{in, out} {
				f.WantUnset(group.Get(direction), "nothing should use the default security group")
			}
		})
		f.EachResource(s.Of(securityGroupRule, ingressRule, egressRule), func(r *rule.Resource) {
			// What a rule takes from a VPC is the id of its default group.
			for _, of := range s.Referred(r, "securityGroupId", defaultSecurityGroup, vpc, defaultVpc) {
				f.Fail(r, "adds a rule to the default security group, %s: expected a group of its own", of)
			}
		})
	},
	Good: []rule.Example{{Name: "a group of its own", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
default:
  type: aws:ec2/defaultSecurityGroup:DefaultSecurityGroup
  properties: {vpcId: "${main.id}"}
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: "${main.id}"}
https:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${web.id}", ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 10.0.0.0/16}
`}},
	Bad: []rule.Example{{Name: "inside the group, of a VPC elsewhere", YAML: `
default:
  type: aws:ec2/defaultSecurityGroup:DefaultSecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0, egress: [{protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}]}
`}, {Name: "a resource of its own", YAML: `
default:
  type: aws:ec2/defaultSecurityGroup:DefaultSecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
ssh:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${default.id}", ipProtocol: tcp, fromPort: 22, toPort: 22, cidrIpv4: 10.0.0.0/8}
`}, {Name: "by the VPC", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
all:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: "${main.defaultSecurityGroupId}", type: egress, protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}
`}},
}
