package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcNaclNoOpenAdmin = rule.Rule{
	ID:       "vpc-nacl-no-open-admin",
	Title:    "NACLs allow no open ingress to 22/3389",
	Why:      "The network ACL is the second lock behind every security group of its subnets: while it keeps shells and remote desktops out, one wrong group is no break-in.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"EC2.21"},
		CIS:     []string{"v3:5.1", "v5:5.2"},
		Checkov: []string{"CKV_AWS_229", "CKV_AWS_230", "CKV_AWS_231", "CKV_AWS_232"},
		Trivy:   []string{"AWS-0105"},
		CDKNag:  []string{"AwsSolutions-VPC3"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc: the network ACLs let in the public ports and answers, no shells and no remote desktops",
		Plain:   "CidrBlock with your own network in the ec2.NetworkAclRuleArgs that reach ports 20 to 22 and 3389",
	},
	Types: []string{networkACL, networkACLRule, defaultNetworkACL},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(networkACL, networkACLRule, defaultNetworkACL), func(r *rule.Resource) {
			for _, e := range entries(r) {
				var reached []int
				var open rule.Value
				for _, port := range []int{20, 21, 22, 3389} {
					if cidr, ok := e.openTo(port); ok && !deniedBefore(together(s, r), e, cidr, port) {
						reached, open = append(reached, port), cidr
					}
				}
				if len(reached) > 0 {
					f.Fail(open, "%s reaches %s: expected a network of your own", open, portList(reached))
				}
			}
		})
	},
	Good: []rule.Example{{Name: "denied by a resource of its own", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties: {vpcId: vpc-0123456789abcdef0}
open:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: "${acl.id}", ruleNumber: 100, ruleAction: allow, protocol: tcp, fromPort: 0, toPort: 65535, cidrBlock: 0.0.0.0/0}
files:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: "${acl.id}", ruleNumber: 90, ruleAction: deny, protocol: "-1", cidrBlock: 0.0.0.0/0}
`}, {Name: "a wider denial", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties:
    vpcId: vpc-0123456789abcdef0
    ingress:
      - {protocol: tcp, ruleNo: 80, action: deny, cidrBlock: 0.0.0.0/0, fromPort: 3389, toPort: 3389}
      - {protocol: tcp, ruleNo: 90, action: deny, cidrBlock: 0.0.0.0/0, fromPort: 20, toPort: 22}
      - {protocol: tcp, ruleNo: 100, action: allow, cidrBlock: 0.0.0.0/1, fromPort: 0, toPort: 65535}
`}, {Name: "HTTPS and answers", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties:
    vpcId: vpc-0123456789abcdef0
    ingress:
      - {ruleNo: 100, action: allow, protocol: tcp, fromPort: 443, toPort: 443, cidrBlock: 0.0.0.0/0}
      - {ruleNo: 110, action: allow, protocol: tcp, fromPort: 1024, toPort: 3388, cidrBlock: 0.0.0.0/0}
      - {ruleNo: 120, action: allow, protocol: tcp, fromPort: 3390, toPort: 65535, cidrBlock: 0.0.0.0/0}
      - {ruleNo: 130, action: allow, protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: 10.0.0.0/16}
`}, {Name: "denied before", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties:
    vpcId: vpc-0123456789abcdef0
    ingress:
      - {ruleNo: 90, action: deny, protocol: tcp, fromPort: 20, toPort: 22, cidrBlock: 0.0.0.0/0}
      - {ruleNo: 91, action: deny, protocol: tcp, fromPort: 3389, toPort: 3389, cidrBlock: 0.0.0.0/0}
      - {ruleNo: 100, action: allow, protocol: tcp, fromPort: 0, toPort: 65535, cidrBlock: 0.0.0.0/0}
`}, {Name: "the default one, closed", YAML: `
acl:
  type: aws:ec2/defaultNetworkAcl:DefaultNetworkAcl
  properties: {defaultNetworkAclId: acl-0123456789abcdef0, ingress: []}
`}, {Name: "what goes out", YAML: `
entry:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: acl-0123456789abcdef0, ruleNumber: 100, ruleAction: allow, protocol: "-1", cidrBlock: 0.0.0.0/0, egress: true}
`}},
	Bad: []rule.Example{{Name: "SSH over UDP, which is denied over TCP only", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties:
    vpcId: vpc-0123456789abcdef0
    ingress:
      - {protocol: tcp, ruleNo: 90, action: deny, cidrBlock: 0.0.0.0/0, fromPort: 22, toPort: 22}
      - {protocol: "-1", ruleNo: 100, action: allow, cidrBlock: 0.0.0.0/0, fromPort: 0, toPort: 0}
`}, {Name: "denied in another ACL", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties: {vpcId: vpc-0123456789abcdef0}
other:
  type: aws:ec2/networkAcl:NetworkAcl
  properties: {vpcId: vpc-0123456789abcdef0}
open:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: "${acl.id}", ruleNumber: 100, ruleAction: allow, protocol: tcp, fromPort: 22, toPort: 22, cidrBlock: 0.0.0.0/0}
closed:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: "${other.id}", ruleNumber: 90, ruleAction: deny, protocol: tcp, fromPort: 22, toPort: 22, cidrBlock: 0.0.0.0/0}
`}, {Name: "a narrower denial", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties:
    vpcId: vpc-0123456789abcdef0
    ingress:
      - {protocol: tcp, ruleNo: 90, action: deny, cidrBlock: 0.0.0.0/1, fromPort: 22, toPort: 22}
      - {protocol: tcp, ruleNo: 100, action: allow, cidrBlock: 0.0.0.0/0, fromPort: 22, toPort: 22}
`}, {Name: "SSH", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties:
    vpcId: vpc-0123456789abcdef0
    ingress:
      - {ruleNo: 100, action: allow, protocol: tcp, fromPort: 22, toPort: 22, cidrBlock: 0.0.0.0/0}
`}, {Name: "everything, in the default one", YAML: `
acl:
  type: aws:ec2/defaultNetworkAcl:DefaultNetworkAcl
  properties:
    defaultNetworkAclId: acl-0123456789abcdef0
    ingress:
      - {ruleNo: 100, action: allow, protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: 0.0.0.0/0}
`}, {Name: "denied too late", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties:
    vpcId: vpc-0123456789abcdef0
    ingress:
      - {ruleNo: 100, action: allow, protocol: tcp, fromPort: 0, toPort: 65535, cidrBlock: 0.0.0.0/0}
      - {ruleNo: 110, action: deny, protocol: tcp, fromPort: 22, toPort: 22, cidrBlock: 0.0.0.0/0}
`}, {Name: "a rule of its own", YAML: `
entry:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: acl-0123456789abcdef0, ruleNumber: 100, ruleAction: allow, protocol: tcp, fromPort: 3389, toPort: 3389, cidrBlock: 0.0.0.0/0}
`}, {Name: "over IPv6", YAML: `
entry:
  type: aws:ec2/networkAclRule:NetworkAclRule
  properties: {networkAclId: acl-0123456789abcdef0, ruleNumber: 100, ruleAction: allow, protocol: "6", fromPort: 0, toPort: 1023, ipv6CidrBlock: "::/0"}
`}},
}
