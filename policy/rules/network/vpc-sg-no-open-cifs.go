package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcSgNoOpenCifs = rule.Rule{
	ID:       "vpc-sg-no-open-cifs",
	Title:    "No open CIDR to 445",
	Why:      "File shares were never made for the internet: worms come through port 445 without any password.",
	Severity: rule.High,
	References: rule.References{
		FSBP: []string{"EC2.19"},
		CIS:  []string{"v5:5.1.2"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19",
	Fix: rule.Fix{
		Bulwark: "network.Allow from a security group or network.Addresses; network.Internet reaches the public ports only",
		Plain:   "vpc.SecurityGroupIngressRuleArgs{ReferencedSecurityGroupId: ...}, or CidrIpv4 with the network that needs it",
	},
	Types:    []string{securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule},
	Resource: notOpenTo(445, "file shares", tcp),
	Good: []rule.Example{{Name: "HTTPS", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 0.0.0.0/0}
`}, {Name: "from a network", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 445, toPort: 445, cidrIpv4: 203.0.113.0/24}
`}, {Name: "from a group", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 445, toPort: 445, referencedSecurityGroupId: sg-0fedcba9876543210}
`}, {Name: "what goes out", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: egress, protocol: tcp, fromPort: 445, toPort: 445, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "a group without rules", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
`}},
	Bad: []rule.Example{{Name: "from everywhere", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 445, toPort: 445, cidrIpv4: 0.0.0.0/0}
`}, {Name: "over IPv6", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 445, toPort: 445, cidrIpv6: "::/0"}
`}, {Name: "in a range", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 444, toPort: 455, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "all protocols", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: "-1", cidrIpv4: 0.0.0.0/0}
`}, {Name: "inside the group", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {ingress: [{protocol: tcp, fromPort: 445, toPort: 445, cidrBlocks: [0.0.0.0/0]}]}
`}, {Name: "half of the internet", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {ingress: [{protocol: "6", fromPort: 0, toPort: 65535, cidrBlocks: [10.0.0.0/8, 128.0.0.0/1]}]}
`}, {Name: "over IPv6, by its own rule", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 445, toPort: 445, ipv6CidrBlocks: ["::/0"]}
`}},
}
