package network

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var vpcSgHighRiskPorts = rule.Rule{
	ID:       "vpc-sg-high-risk-ports",
	Title:    "No open ingress to high-risk ports",
	Why:      "Databases, consoles, mail and file transfer on the internet are found by scanners within minutes, and many of them ask nobody for a password.",
	Severity: rule.Critical,
	References: rule.References{
		FSBP:   []string{"EC2.19"},
		CDKNag: []string{"NIST:EC2RestrictedCommonPorts"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19",
	Fix: rule.Fix{
		Bulwark: "network.Allow from a security group or network.Addresses; network.Internet reaches the public ports only",
		Plain:   "vpc.SecurityGroupIngressRuleArgs{ReferencedSecurityGroupId: ...}, or CidrIpv4 with the network that needs it",
	},
	Types: []string{securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		eachOpening(r, f, in, func(o opening) {
			for _, cidr := range o.open() {
				reached := slices.DeleteFunc(slices.Clone(highRiskPorts), func(port int) bool { return !o.Reaches(port, tcp, udp) })
				if len(reached) > 0 {
					f.Fail(cidr, "%s reaches %s: expected a security group or a network of your own", cidr, portList(reached))
				}
			}
		})
	},
	Good: []rule.Example{{Name: "HTTPS", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 0.0.0.0/0}
`}, {Name: "a database, from a group", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 5432, toPort: 5432, referencedSecurityGroupId: sg-0fedcba9876543210}
`}, {Name: "a group without rules", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
`}},
	Bad: []rule.Example{{Name: "a database", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 5432, toPort: 5432, cidrIpv4: 0.0.0.0/0}
`}, {Name: "over UDP", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: udp, fromPort: 135, toPort: 135, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "a range", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {ingress: [{protocol: tcp, fromPort: 8000, toPort: 9000, cidrBlocks: [0.0.0.0/0]}]}
`}, {Name: "everything, over IPv6", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: "-1", cidrIpv6: "::/0"}
`}},
}

// highRiskPorts are file transfer, SSH, telnet, mail, RPC, file shares, databases, consoles of web frameworks, remote
// desktops and search.
//
// Source: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19
var highRiskPorts = []int{
	20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888, 9200, 9300,
}
