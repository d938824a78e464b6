package network

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
)

var vpcNaclNoAllPorts = rule.Rule{
	ID:       "vpc-nacl-no-all-ports",
	Title:    "NACL rules do not allow all ports",
	Why:      "A network ACL that lets everybody in to everything is none: whatever a security group opens by mistake is open.",
	Severity: rule.High,
	References: rule.References{
		Checkov: []string{"CKV_AWS_352"},
		Trivy:   []string{"AWS-0102"},
	},
	Source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc: the network ACLs let in the public ports and answers, no shells and no remote desktops",
		Plain:   "FromPort and ToPort in the ec2.NetworkAclRuleArgs for 0.0.0.0/0, instead of protocol -1",
	},
	Types: []string{networkACL, networkACLRule, defaultNetworkACL},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		for _, e := range entries(r) {
			for _, cidr := range e.open() {
				if e.action.Is("allow") && openings.ProtocolName(e.Protocol) == "" {
					f.Fail(cidr, "%s reaches every port: expected the ports that are served, and those that answers come back to", cidr)
				}
			}
		}
	},
	Good: []rule.Example{{Name: "one port", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties:
    vpcId: vpc-0123456789abcdef0
    ingress:
      - {ruleNo: 100, action: allow, protocol: tcp, fromPort: 443, toPort: 443, cidrBlock: 0.0.0.0/0}
`}, {Name: "everything from the VPC", YAML: `
entry:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: acl-0123456789abcdef0, ruleNumber: 100, ruleAction: allow, protocol: "-1", cidrBlock: 10.0.0.0/16}
`}, {Name: "everything is denied", YAML: `
entry:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: acl-0123456789abcdef0, ruleNumber: 100, ruleAction: deny, protocol: "-1", cidrBlock: 0.0.0.0/0}
`}, {Name: "what goes out", YAML: `
entry:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: acl-0123456789abcdef0, ruleNumber: 100, ruleAction: allow, protocol: "-1", cidrBlock: 0.0.0.0/0, egress: true}
`}},
	Bad: []rule.Example{{Name: "everything", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties:
    vpcId: vpc-0123456789abcdef0
    ingress:
      - {ruleNo: 100, action: allow, protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: 0.0.0.0/0}
`}, {Name: "a rule of its own", YAML: `
entry:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: acl-0123456789abcdef0, ruleNumber: 100, ruleAction: allow, protocol: "-1", cidrBlock: 0.0.0.0/0}
`}, {Name: "the default one, over IPv6", YAML: `
acl:
  type: aws:ec2/defaultNetworkAcl:DefaultNetworkAcl
  properties:
    defaultNetworkAclId: acl-0123456789abcdef0
    ingress:
      - {ruleNo: 100, action: allow, protocol: all, fromPort: 0, toPort: 0, ipv6CidrBlock: "::/0"}
`}},
}
