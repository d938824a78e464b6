package network

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

var vpcSubnetsTwoAzs = rule.Rule{
	ID:       "vpc-subnets-two-azs",
	Title:    "Each tier spans two AZs",
	Why:      "Availability zones fail: a tier that is in one of them is gone until it comes back, and load balancers and databases ask for two from the start.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc puts every tier into two zones, or more by VpcArgs.Zones",
		Plain:   "two ec2.NewSubnet a tier, with different AvailabilityZone",
	},
	Types:  []string{subnets.Subnet, vpc},
	Params: []rule.Param{{Name: "tag", Default: "Tier", Description: "The tag that tells the tiers of subnets apart. Without it, the subnets of a VPC are one tier."}},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		all := s.Of(subnets.Subnet)
		if !f.Prod() || len(all) == 0 {
			f.NotApplicable("it is about the subnets of production")
			return
		}
		type tier struct{ network, name string }
		zones, first := map[tier]map[string]bool{}, map[tier]*rule.Resource{}
		var tiers []tier
		for _, subnet := range all {
			at := tier{name: subnet.Get("tags").At(f.Text("tag")).Text()}
			if networks := s.Referred(subnet, "vpcId", vpc); len(networks) > 0 {
				at.network = networks[0].URN
			} else {
				at.network = subnet.Get("vpcId").Text()
			}
			if zones[at] == nil {
				zones[at], first[at] = map[string]bool{}, subnet
				tiers = append(tiers, at)
			}
			zones[at][zone(subnet)] = true
		}
		for _, at := range tiers {
			if len(zones[at]) < 2 {
				f.Fail(first[at], "its tier is in one availability zone: expected two")
			}
		}
	},
	Good: []rule.Example{{Name: "two zones", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
workersA:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.8.0/24, availabilityZone: eu-west-1a}
otherWorkers:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.12.0/24, availabilityZone: eu-west-1b}
`}, {Name: "two tiers in two zones", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
pubA:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.4.0/24, availabilityZone: eu-west-1a, tags: {Tier: public}}
publicB:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.7.0/24, availabilityZone: eu-west-1b, tags: {Tier: public}}
privateSubnetA:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.14.0/24, availabilityZoneId: euw1-az1, tags: {Tier: private}}
privateSubnetNumberB:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.20.0/24, availabilityZoneId: euw1-az2, tags: {Tier: private}}
`}, {Name: "another tag", Params: map[string]any{"tag": "kind"}, YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
workersA:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.8.0/24, availabilityZone: eu-west-1a, tags: {kind: private}}
otherWorkers:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.12.0/24, availabilityZone: eu-west-1b, tags: {kind: private}}
`}},
	Bad: []rule.Example{{Name: "one zone", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
workersA:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.8.0/24, availabilityZone: eu-west-1a}
otherWorkers:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.12.0/24, availabilityZone: eu-west-1a}
`}, {Name: "a tier in one zone", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
pubA:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.4.0/24, availabilityZone: eu-west-1a, tags: {Tier: public}}
privateB:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.8.0/24, availabilityZone: eu-west-1b, tags: {Tier: private}}
privateSubnetC:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.14.0/24, availabilityZone: eu-west-1a, tags: {Tier: private}}
`}},
}
