package network

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

var vpcNaclUsed = rule.Rule{
	ID:       "vpc-nacl-used",
	Title:    "NACLs are attached to subnets",
	Why:      "A network ACL without subnets protects nothing, and whoever reads its rules believes that they hold.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"EC2.16"},
		Checkov: []string{"CKV2_AWS_1"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-16",
	Fix: rule.Fix{
		Bulwark: "network.VpcArgs.NetworkAcls attaches each ACL to the subnets of its tier",
		Plain:   "ec2.NetworkAclArgs{SubnetIds: ...}, or an ec2.NetworkAclAssociation",
	},
	Types: []string{networkACL, networkACLUse, subnets.Subnet},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(networkACL), func(acl *rule.Resource) {
			if len(s.Referrers(acl, "networkAclId", networkACLUse)) == 0 {
				if ids := acl.Get("subnetIds"); !slices.ContainsFunc(ids.Texts(), func(id string) bool { return id != "" }) {
					f.Fail(ids, "%s: expected a subnet", ids)
				}
			}
		})
	},
	Good: []rule.Example{{Name: "subnets", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties: {vpcId: vpc-0123456789abcdef0, subnetIds: [subnet-0123456789abcdef0]}
`}, {Name: "an association", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties: {vpcId: vpc-0123456789abcdef0}
association:
  type: aws:ec2/networkAclAssociation:NetworkAclAssociation
  properties: {networkAclId: "${acl.id}", subnetId: subnet-0123456789abcdef0}
`}},
	Bad: []rule.Example{{Name: "neither", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties: {vpcId: vpc-0123456789abcdef0}
`}, {Name: "no subnets", YAML: `
acl:
  type: aws:ec2/networkAcl:NetworkAcl
  properties: {vpcId: vpc-0123456789abcdef0, subnetIds: []}
`}},
}
