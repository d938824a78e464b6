package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcSgNoOpenRdp = rule.Rule{
	ID:       "vpc-sg-no-open-rdp",
	Title:    "No 0.0.0.0/0 or ::/0 to port 3389",
	Why:      "Remote desktops that everybody reaches are the door through which ransomware comes most often: by a guessed password, or a flaw before any login.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"EC2.14*", "EC2.53*", "EC2.54*", "EC2.19"},
		CIS:     []string{"v3:5.2,5.3", "v5:5.3,5.4"},
		Checkov: []string{"CKV_AWS_25"},
		Trivy:   []string{"AWS-0107"},
		CDKNag:  []string{"AwsSolutions-EC23"},
		Pulumi:  []string{"aws-ec2-securitygroup-disallow-public-internet-ingress"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-14",
	Fix: rule.Fix{
		Bulwark: "network.Allow from a security group or network.Addresses; network.Internet reaches the public ports only",
		Plain:   "vpc.SecurityGroupIngressRuleArgs{ReferencedSecurityGroupId: ...}, or CidrIpv4 with the network that needs it",
	},
	Types:    []string{securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule},
	Resource: notOpenTo(3389, "remote desktops", tcp, udp),
	Good: []rule.Example{{Name: "HTTPS", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 0.0.0.0/0}
`}, {Name: "from a network", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 3389, toPort: 3389, cidrIpv4: 203.0.113.0/24}
`}, {Name: "from a group", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 3389, toPort: 3389, referencedSecurityGroupId: sg-0fedcba9876543210}
`}, {Name: "what goes out", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: egress, protocol: tcp, fromPort: 3389, toPort: 3389, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "a group without rules", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
`}},
	Bad: []rule.Example{{Name: "from everywhere", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 3389, toPort: 3389, cidrIpv4: 0.0.0.0/0}
`}, {Name: "over IPv6", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 3389, toPort: 3389, cidrIpv6: "::/0"}
`}, {Name: "in a range", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 3388, toPort: 3399, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "all protocols", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: "-1", cidrIpv4: 0.0.0.0/0}
`}, {Name: "inside the group", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {ingress: [{protocol: tcp, fromPort: 3389, toPort: 3389, cidrBlocks: [0.0.0.0/0]}]}
`}, {Name: "half of the internet", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {ingress: [{protocol: "6", fromPort: 0, toPort: 65535, cidrBlocks: [10.0.0.0/8, 128.0.0.0/1]}]}
`}, {Name: "over IPv6, by its own rule", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 3389, toPort: 3389, ipv6CidrBlocks: ["::/0"]}
`}},
}
