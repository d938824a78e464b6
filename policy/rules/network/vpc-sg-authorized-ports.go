package network

import (
	"slices"
	"strconv"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
)

var vpcSgAuthorizedPorts = rule.Rule{
	ID:       "vpc-sg-authorized-ports",
	Title:    "Open ingress only on authorized ports",
	Why:      "Every port that the internet reaches is a program that strangers can talk to: the list of them should be short, and known.",
	Severity: rule.High,
	References: rule.References{
		FSBP:   []string{"EC2.18"},
		CDKNag: []string{"AwsSolutions-EC23"},
		Pulumi: []string{"aws-ec2-securitygroup-disallow-public-internet-ingress"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
	Fix: rule.Fix{
		Bulwark: "network.VpcArgs.PublicPorts; network.Allow from network.Internet refuses others",
		Plain:   "vpc.SecurityGroupIngressRuleArgs{ReferencedSecurityGroupId: ...}, or CidrIpv4 with the network that needs it",
	},
	Types: []string{securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule},
	Params: []rule.Param{
		{Name: "tcpPorts", Default: []string{"80", "443"}, Description: "TCP ports that the internet may reach."},
		{Name: "udpPorts", Default: []string{}, Description: "UDP ports that the internet may reach."},
	},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		eachOpening(r, f, in, func(o opening) {
			for _, cidr := range o.open() {
				allowed := map[string][]string{tcp: f.Texts("tcpPorts"), udp: f.Texts("udpPorts")}
				if protocol := openings.ProtocolName(o.Protocol); protocol == "" || allowed[protocol] != nil && !o.within(allowed[protocol]) {
					f.Fail(cidr, "%s reaches more than the authorized ports: expected TCP %s, UDP %s", cidr, orNone(allowed[tcp]), orNone(allowed[udp]))
				}
			}
		})
	},
	Good: []rule.Example{{Name: "HTTPS", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 0.0.0.0/0}
`}, {Name: "another port, from a network", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 8443, toPort: 8443, cidrIpv4: 10.0.0.0/16}
`}, {Name: "a ping", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: icmp, fromPort: 8, toPort: -1, cidrIpv4: 0.0.0.0/0}
`}, {Name: "with a parameter", Params: map[string]any{"tcpPorts": []any{"8443"}}, YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 8443, toPort: 8443, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "a group without rules", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
`}},
	Bad: []rule.Example{{Name: "another port", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 8443, toPort: 8443, cidrIpv4: 0.0.0.0/0}
`}, {Name: "a range", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: tcp, fromPort: 443, toPort: 444, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "UDP", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: udp, fromPort: 443, toPort: 443, cidrIpv4: 0.0.0.0/0}
`}, {Name: "everything", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {ingress: [{protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}]}
`}, {Name: "over IPv6", YAML: `
web:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 22, toPort: 22, cidrIpv6: "::/0"}
`}},
}

// within tells whether every port of the rule is among the allowed ones.
func (o opening) within(allowed []string) bool {
	from, to := o.Ports()
	if to-from >= len(allowed) {
		return false
	}
	for port := from; port <= to; port++ {
		if !slices.Contains(allowed, strconv.Itoa(port)) {
			return false
		}
	}
	return true
}

func orNone(ports []string) string {
	if len(ports) == 0 {
		return "none"
	}
	return strings.Join(ports, ", ")
}
