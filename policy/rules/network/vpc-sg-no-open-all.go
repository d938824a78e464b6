package network

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
)

var vpcSgNoOpenAll = rule.Rule{
	ID:       "vpc-sg-no-open-all",
	Title:    "No ingress from anywhere on all ports",
	Why:      "A group that lets everybody in to every port is no firewall: what listens there by accident, a debugger or a database, is public.",
	Severity: rule.Critical,
	References: rule.References{
		FSBP:    []string{"EC2.18"},
		Checkov: []string{"CKV_AWS_277"},
		CDKNag:  []string{"AwsSolutions-EC23"},
		Pulumi:  []string{"aws-ec2-securitygroup-disallow-public-internet-ingress"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
	Fix: rule.Fix{
		Bulwark: "network.Allow from a security group or network.Addresses; network.Internet reaches the public ports only",
		Plain:   "vpc.SecurityGroupIngressRuleArgs{ReferencedSecurityGroupId: ...}, or CidrIpv4 with the network that needs it",
	},
	Types: []string{securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		eachOpening(r, f, in, func(o opening) {
			for _, cidr := range o.open() {
				if o.all() {
					f.Fail(cidr, "%s reaches every port: expected the ports that are served", cidr)
				}
			}
		})
	},
	Good: []rule.Example{{Name: "one port", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 0.0.0.0/0}
`}, {Name: "everything from a network", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: "-1", cidrIpv4: 10.0.0.0/16}
`}, {Name: "a group without rules", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
`}},
	Bad: []rule.Example{{Name: "all protocols", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: "-1", cidrIpv4: 0.0.0.0/0}
`}, {Name: "all ports", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 0, toPort: 65535, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "all but one", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 1, toPort: 65535, cidrIpv6: "::/0"}
`}, {Name: "inside the group", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {ingress: [{protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}]}
`}},
}

// all tells whether the rule is about every port, of every protocol or of one.
func (o opening) all() bool {
	switch openings.ProtocolName(o.Protocol) {
	case "":
		return true
	case tcp, udp:
		from, to := o.Ports()
		return from <= 1 && to == openings.LastPort
	}
	return false
}
