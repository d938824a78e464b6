package network

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

var vpcPrivateRouteViaNat = rule.Rule{
	ID:       "vpc-private-route-via-nat",
	Title:    "Default routes of private tables go to a NAT gateway",
	Why:      "A private subnet whose table leads to an internet gateway is public, whatever its name says; in the main route table, so is every subnet that nobody associated.",
	Severity: rule.Medium,
	References: rule.References{
		Checkov: []string{"CKV2_AWS_35"},
		CDKNag:  []string{"NIST:VPCNoUnrestrictedRouteToIGW"},
	},
	Source: "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc: private tiers leave through NAT gateways, if at all, and the main table has no route out",
		Plain:   "ec2.RouteArgs{NatGatewayId: nat.ID()} instead of GatewayId in private tables, and no default route in the main one",
	},
	Types: []string{subnets.Route, subnets.RouteTable, subnets.DefaultRouteTable, vpc, subnets.Subnet, subnets.RouteTableAssociation},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(subnets.RouteTable, subnets.DefaultRouteTable, vpc), func(table *rule.Resource) {
			for _, r := range routesOf(s, table) {
				if !r.everywhere() || !r.toInternet(s) {
					continue
				}
				if !table.Is(subnets.RouteTable) {
					f.Fail(r.in, "the main route table leads to the internet, and with it every subnet that has no other: expected no default route")
				} else if private := privateOf(s, table); private != nil {
					f.Fail(r.in, "%s is called private, and leads to an internet gateway: expected a NAT gateway, or none", private)
				}
			}
		})
	},
	Good: []rule.Example{{Name: "through a NAT gateway", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${main.id}"}
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.6.0/24}
publicTable:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}"}
publicAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${public.id}", routeTableId: "${publicTable.id}"}
out:
  type: aws:ec2/route:Route
  properties: {routeTableId: "${publicTable.id}", destinationCidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}
nat:
  type: aws:ec2/natGateway:NatGateway
  properties: {subnetId: "${public.id}", allocationId: eipalloc-0123456789abcdef0}
private:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.7.0/24}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}"}
privateAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${private.id}", routeTableId: "${table.id}"}
route:
  type: aws:ec2/route:Route
  properties: {routeTableId: "${table.id}", destinationCidrBlock: 0.0.0.0/0, natGatewayId: "${nat.id}"}
`}, {Name: "no way out", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
private:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}"}
`}, {Name: "an empty main table", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
default:
  type: aws:ec2/defaultRouteTable:DefaultRouteTable
  properties: {defaultRouteTableId: "${main.defaultRouteTableId}", routes: []}
`}},
	Bad: []rule.Example{{Name: "a private table", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${main.id}"}
private:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}"}
route:
  type: aws:ec2/route:Route
  properties: {routeTableId: "${private.id}", destinationCidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}
`}, {Name: "a private table, inline", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${main.id}"}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: [{cidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}], tags: {Tier: isolated}}
`}, {Name: "a private subnet", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${main.id}"}
workers:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${main.id}", cidrBlock: 10.0.7.0/24, tags: {Name: acme-private-a}}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}"}
workersAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${workers.id}", routeTableId: "${table.id}"}
route:
  type: aws:ec2/route:Route
  properties: {routeTableId: "${table.id}", destinationIpv6CidrBlock: "::/0", gatewayId: "${gateway.id}"}
`}, {Name: "the main table", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
default:
  type: aws:ec2/defaultRouteTable:DefaultRouteTable
  properties: {defaultRouteTableId: "${main.defaultRouteTableId}", routes: [{cidrBlock: 0.0.0.0/0, gatewayId: igw-0123456789abcdef0}]}
`}, {Name: "a route in the main table", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${main.id}"}
route:
  type: aws:ec2/route:Route
  properties: {routeTableId: "${main.mainRouteTableId}", destinationCidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}
`}},
}

// privateOf is what calls a route table private: itself, or a subnet that uses it; nil when nothing does.
func privateOf(s *rule.Stack, table *rule.Resource) *rule.Resource {
	if markedPrivate(table) {
		return table
	}
	for _, association := range s.Referrers(table, "routeTableId", subnets.RouteTableAssociation) {
		for _, subnet := range s.Referred(association, "subnetId", subnets.Subnet) {
			if markedPrivate(subnet) {
				return subnet
			}
		}
	}
	return nil
}
