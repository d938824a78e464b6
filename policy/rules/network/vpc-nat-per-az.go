package network

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

var vpcNatPerAz = rule.Rule{
	ID:       "vpc-nat-per-az",
	Title:    "One NAT gateway per AZ in prod",
	Why:      "A NAT gateway is lost with its zone, and with it the way out of every zone that leans on it: two zones then fail where one did.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc makes a NAT gateway for each zone, or none, as its Egress says",
		Plain:   "a NAT gateway in each zone, and a route table a zone with its NatGatewayId",
	},
	OptIn: "a NAT gateway is paid by the hour: one for all zones is a choice that a small company may make",
	Types: []string{natGateway, subnets.Subnet, subnets.RouteTableAssociation, subnets.RouteTable, subnets.Route},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("in development one NAT gateway is enough")
			return
		}
		f.EachResource(s.Of(subnets.Subnet), func(subnet *rule.Resource) {
			for _, gateway := range waysOut(s, subnet) {
				for _, home := range s.Referred(gateway, "subnetId", subnets.Subnet) {
					if zone(home) != zone(subnet) {
						f.Fail(subnet, "it leaves through %s, which is in another availability zone: expected one in its own", gateway)
					}
				}
			}
		})
	},
	Good: []rule.Example{{Name: "in each zone", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.6.0/24, availabilityZone: eu-west-1a}
nat:
  type: aws:ec2/natGateway:NatGateway
  properties: {subnetId: "${public.id}", allocationId: eipalloc-0123456789abcdef0}
workers:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.7.0/24, availabilityZone: eu-west-1a}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}"}
workersAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${workers.id}", routeTableId: "${table.id}"}
route:
  type: aws:ec2/route:Route
  properties: {routeTableId: "${table.id}", destinationCidrBlock: 0.0.0.0/0, natGatewayId: "${nat.id}"}
`}, {Name: "by zone ids", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.6.0/24, availabilityZoneId: euw1-az1}
nat:
  type: aws:ec2/natGateway:NatGateway
  properties: {subnetId: "${public.id}", allocationId: eipalloc-0123456789abcdef0}
workers:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.7.0/24, availabilityZoneId: euw1-az1}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: [{cidrBlock: 0.0.0.0/0, natGatewayId: "${nat.id}"}]}
workersAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${workers.id}", routeTableId: "${table.id}"}
`}},
	Bad: []rule.Example{{Name: "in another zone", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.6.0/24, availabilityZone: eu-west-1a}
nat:
  type: aws:ec2/natGateway:NatGateway
  properties: {subnetId: "${public.id}", allocationId: eipalloc-0123456789abcdef0}
workers:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.7.0/24, availabilityZone: eu-west-1b}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}"}
workersAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${workers.id}", routeTableId: "${table.id}"}
route:
  type: aws:ec2/route:Route
  properties: {routeTableId: "${table.id}", destinationCidrBlock: 0.0.0.0/0, natGatewayId: "${nat.id}"}
`}, {Name: "in another zone, inline", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.6.0/24, availabilityZone: eu-west-1a}
nat:
  type: aws:ec2/natGateway:NatGateway
  properties: {subnetId: "${public.id}", allocationId: eipalloc-0123456789abcdef0}
workers:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.7.0/24, availabilityZone: eu-west-1b}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: [{cidrBlock: 0.0.0.0/0, natGatewayId: "${nat.id}"}]}
workersAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${workers.id}", routeTableId: "${table.id}"}
`}},
}

// waysOut are the NAT gateways to which the default routes of a subnet lead.
func waysOut(s *rule.Stack, subnet *rule.Resource) []*rule.Resource {
	var gateways []*rule.Resource
	for _, table := range tablesOf(s, subnet) {
		for _, r := range routesOf(s, table) {
			if r.everywhere() {
				gateways = append(gateways, s.Referred(r.in, r.path+"natGatewayId", natGateway)...)
			}
		}
	}
	return gateways
}
