package network

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

var vpcSubnetNoAutoPublicIP = rule.Rule{
	ID:       "vpc-subnet-no-auto-public-ip",
	Title:    "Subnets do not assign public IPs",
	Why:      "In a subnet that gives everybody a public address, whatever is started there is on the internet, meant or not.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"EC2.15"},
		Checkov: []string{"CKV_AWS_130"},
		Trivy:   []string{"AWS-0164"},
		CDKNag:  []string{"NIST:VPCSubnetAutoAssignPublicIpDisabled"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc leaves it off in every tier: what needs a public address asks for one",
		Plain:   "leave MapPublicIpOnLaunch out of ec2.SubnetArgs",
	},
	Types:     []string{subnets.Subnet},
	Resource:  rule.WantNotTrue("mapPublicIpOnLaunch"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("mapPublicIpOnLaunch", false) },
	Good: []rule.Example{{YAML: `
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: vpc-0123456789abcdef0, cidrBlock: 10.0.0.0/24, mapPublicIpOnLaunch: false}
`}, {Name: "by default", YAML: `
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: vpc-0123456789abcdef0, cidrBlock: 10.0.0.0/24}
`}},
	Bad: []rule.Example{{YAML: `
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: vpc-0123456789abcdef0, cidrBlock: 10.0.0.0/24, mapPublicIpOnLaunch: true}
`}},
}
