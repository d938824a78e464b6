package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcSgNoOpenSSH = rule.Rule{
	ID:       "vpc-sg-no-open-ssh",
	Title:    "No 0.0.0.0/0 or ::/0 to port 22",
	Why:      "Bots try passwords and new flaws at every SSH port on the internet, around the clock: the first weak key or late patch lets one in.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"EC2.13*", "EC2.53*", "EC2.54*", "EC2.19"},
		CIS:     []string{"v3:5.2,5.3", "v5:5.3,5.4"},
		Checkov: []string{"CKV_AWS_24"},
		Trivy:   []string{"AWS-0107"},
		CDKNag:  []string{"AwsSolutions-EC23", "NIST:EC2RestrictedSSH"},
		Pulumi:  []string{"aws-ec2-securitygroup-disallow-public-internet-ingress"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13",
	Fix: rule.Fix{
		Bulwark: "network.Allow from a security group or network.Addresses; network.Internet reaches the public ports only; open a shell with ECS Exec or Session Manager",
		Plain:   "vpc.SecurityGroupIngressRuleArgs{ReferencedSecurityGroupId: ...}, or CidrIpv4 with the network that needs it",
	},
	Types:    []string{securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule},
	Resource: notOpenTo(22, "SSH", tcp, udp),
	Good: []rule.Example{{Name: "HTTPS", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 0.0.0.0/0}
`}, {Name: "from a network", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 22, toPort: 22, cidrIpv4: 203.0.113.0/24}
`}, {Name: "from a group", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 22, toPort: 22, referencedSecurityGroupId: sg-0fedcba9876543210}
`}, {Name: "what goes out", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: egress, protocol: tcp, fromPort: 22, toPort: 22, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "a group without rules", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
`}},
	Bad: []rule.Example{{Name: "from everywhere", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 22, toPort: 22, cidrIpv4: 0.0.0.0/0}
`}, {Name: "over IPv6", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 22, toPort: 22, cidrIpv6: "::/0"}
`}, {Name: "in a range", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 21, toPort: 32, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "all protocols", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: "-1", cidrIpv4: 0.0.0.0/0}
`}, {Name: "inside the group", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {ingress: [{protocol: tcp, fromPort: 22, toPort: 22, cidrBlocks: [0.0.0.0/0]}]}
`}, {Name: "half of the internet", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {ingress: [{protocol: "6", fromPort: 0, toPort: 65535, cidrBlocks: [10.0.0.0/8, 128.0.0.0/1]}]}
`}, {Name: "over IPv6, by its own rule", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 22, toPort: 22, ipv6CidrBlocks: ["::/0"]}
`}},
}
