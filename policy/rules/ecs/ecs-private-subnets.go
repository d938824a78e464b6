package ecs

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

var ecsPrivateSubnets = rule.Rule{
	ID:       "ecs-private-subnets",
	Title:    "Service subnets have no route to an internet gateway",
	Why:      "In a public subnet a task can be given an address on the internet by one flag; in a private one it is reached through the load balancer only.",
	Severity: rule.High,
	Source:   "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-outbound.html",
	Fix: rule.Fix{
		Bulwark: "give service.Placement.Network a network.NewVpc with any egress but network.EgressPublicAddresses, which is for development",
		Plain:   "ecs.ServiceNetworkConfigurationArgs{Subnets: ...} with subnets whose route table has no route to an internet gateway",
	},
	Types: []string{service, subnets.Subnet, subnets.RouteTable, subnets.Route},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(service), func(r *rule.Resource) {
			if !f.Prod() {
				f.NotApplicable("in development public addresses behind closed security groups save a NAT gateway")
				return
			}
			place, checked := r.Get("networkConfiguration.subnets"), false
			for _, subnet := range s.Sure(r, "networkConfiguration.subnets", subnets.Subnet, subnets.DefaultSubnet) {
				f.Also(func() {
					by, ok := subnets.Public(s, subnet)
					checked = checked || ok
					if by != nil {
						f.Fail(place, "subnet %s is public, because of %s: expected private subnets", subnet, by)
					}
				})
			}
			s.Referred(r, "networkConfiguration.subnets", subnets.Subnet, subnets.DefaultSubnet) // what is open may be public
			if !checked {
				f.NotApplicable("its subnets, or their routes, are not in the stack")
			}
		})
	},
	Good: []rule.Example{{Name: "behind a NAT gateway", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
private:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}"}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${vpc.id}", routes: [{cidrBlock: 0.0.0.0/0, natGatewayId: nat-0123456789abcdef0}]}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${private.id}", routeTableId: "${table.id}"}
api:
  type: aws:ecs/service:Service
  properties: {networkConfiguration: {subnets: ["${private.id}"]}}
`}},
	Bad: []rule.Example{{Name: "and one of which nothing is known yet", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
gateway:
  type: aws:ec2/internetGateway:InternetGateway
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}"}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${vpc.id}", routes: [{cidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}]}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${public.id}", routeTableId: "${table.id}"}
other:
  type: aws:cloudformation/stack:Stack
api:
  type: aws:ecs/service:Service
  properties: {networkConfiguration: {subnets: ["${public.id}", "${other.outputs}"]}}
`}, {Name: "a public subnet among them", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
gateway:
  type: aws:ec2/internetGateway:InternetGateway
private:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}"}
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}"}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${vpc.id}", routes: [{cidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}]}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${public.id}", routeTableId: "${table.id}"}
api:
  type: aws:ecs/service:Service
  properties: {networkConfiguration: {subnets: ["${private.id}", "${public.id}"]}}
`}},
}
