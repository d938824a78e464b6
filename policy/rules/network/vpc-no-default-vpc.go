package network

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

var vpcNoDefaultVPC = rule.Rule{
	ID:       "vpc-no-default-vpc",
	Title:    "No default VPC used",
	Why:      "Every subnet of the default VPC is public and gives everybody an address: what is put there is on the internet unless somebody thinks of everything.",
	Severity: rule.Medium,
	References: rule.References{
		Checkov: []string{"CKV_AWS_148"},
		Trivy:   []string{"AWS-0101"},
	},
	Source: "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc",
		Plain:   "ec2.NewVpc with subnets of your own, instead of ec2.NewDefaultVpc and ec2.NewDefaultSubnet",
	},
	Types: []string{defaultVpc, subnets.DefaultSubnet, vpc},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !r.Is(vpc) {
			f.Fail(r, "the default VPC: expected one with private subnets")
		}
	},
	Good: []rule.Example{{YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
`}},
	Bad: []rule.Example{{Name: "the VPC", YAML: `
main:
  type: aws:ec2/defaultVpc:DefaultVpc
  properties: {enableDnsSupport: true}
`}, {Name: "a subnet", YAML: `
main:
  type: aws:ec2/defaultSubnet:DefaultSubnet
  properties: {availabilityZone: eu-west-1a}
`}},
}
