package network

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
)

var vpcSgNoOpenEgress = rule.Rule{
	ID:       "vpc-sg-no-open-egress",
	Title:    "No unrestricted egress",
	Why:      "What was broken into sends what it found to wherever it likes, and fetches its tools: a group that names its destinations stops both.",
	Severity: rule.Medium,
	References: rule.References{
		Checkov: []string{"CKV_AWS_382"},
		Trivy:   []string{"AWS-0104"},
	},
	Source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	Fix: rule.Fix{
		Bulwark: "network.NewSecurityGroup has no way out until network.Allow or AllowAWS makes one",
		Plain:   "vpc.SecurityGroupEgressRuleArgs with the group, prefix list or port that is needed, and no Egress with protocol -1 inline",
	},
	Types: []string{securityGroup, defaultSecurityGroup, securityGroupRule, egressRule},
	// pulumi-aws takes the rule away with which AWS creates a group.
	Resource: func(r *rule.Resource, f *rule.Findings) {
		eachOpening(r, f, out, func(o opening) {
			for _, cidr := range o.open() {
				if openings.ProtocolName(o.Protocol) == "" {
					f.Fail(cidr, "everything may go to %s: expected groups, prefix lists, networks or single ports", cidr)
				}
			}
		})
	},
	Good: []rule.Example{{Name: "to a group", YAML: `
web:
  type: aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: "-1", referencedSecurityGroupId: sg-0fedcba9876543210}
`}, {Name: "HTTPS to everywhere", YAML: `
web:
  type: aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 0.0.0.0/0}
`}, {Name: "everything to a network", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: egress, protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [10.0.0.0/16]}
`}, {Name: "what comes in", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: ingress, protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "a group without rules", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
`}},
	Bad: []rule.Example{{Name: "everything", YAML: `
web:
  type: aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: "-1", cidrIpv4: 0.0.0.0/0}
`}, {Name: "over IPv6", YAML: `
web:
  type: aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule
  properties: {securityGroupId: sg-0123456789abcdef0, ipProtocol: "-1", cidrIpv6: "::/0"}
`}, {Name: "by its own rule", YAML: `
web:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: sg-0123456789abcdef0, type: egress, protocol: all, fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}
`}, {Name: "inside the group", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {egress: [{protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}]}
`}},
}
