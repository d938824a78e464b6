package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcDefaultSgClosed = rule.Rule{
	ID:       "vpc-default-sg-closed",
	Title:    "Default security group of every VPC has no rules",
	Why:      "Whatever is started without a security group gets the default one, which lets its members talk to each other and to the world.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"EC2.2"},
		CIS:     []string{"v3:5.4", "v5:5.5"},
		Checkov: []string{"CKV2_AWS_12"},
		Trivy:   []string{"AWS-0173"},
		CDKNag:  []string{"NIST:VPCDefaultSecurityGroupClosed"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc adopts the default group and takes its rules away",
		Plain:   "ec2.NewDefaultSecurityGroup with VpcId: vpc.ID() and neither Ingress nor Egress",
	},
	Types: []string{vpc, defaultSecurityGroup},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(vpc), func(network *rule.Resource) {
			for _, group := range f.WantReferrer(network, "vpcId", defaultSecurityGroup) {
				for _, direction := range []string{in, out} {
					f.WantUnset(group.Get(direction), "nothing should use the default security group")
				}
			}
		})
	},
	Good: []rule.Example{{Name: "emptied", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
default:
  type: aws:ec2/defaultSecurityGroup:DefaultSecurityGroup
  properties: {vpcId: "${main.id}", ingress: [], egress: []}
`}, {Name: "without rules", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
default:
  type: aws:ec2/defaultSecurityGroup:DefaultSecurityGroup
  properties: {vpcId: "${main.id}", tags: {Name: unused}}
`}},
	Bad: []rule.Example{{Name: "not adopted", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
`}, {Name: "of another VPC", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
default:
  type: aws:ec2/defaultSecurityGroup:DefaultSecurityGroup
  properties: {vpcId: "vpc-0123456789abcdef0", ingress: [], egress: []}
`}, {Name: "lets members in", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
default:
  type: aws:ec2/defaultSecurityGroup:DefaultSecurityGroup
  properties: {vpcId: "${main.id}", egress: [], ingress: [{protocol: "-1", fromPort: 0, toPort: 0, self: true}]}
`}, {Name: "lets everything out", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
default:
  type: aws:ec2/defaultSecurityGroup:DefaultSecurityGroup
  properties: {vpcId: "${main.id}", ingress: [], egress: [{protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}]}
`}},
}
