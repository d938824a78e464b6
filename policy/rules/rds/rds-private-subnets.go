package rds

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

var rdsPrivateSubnets = rule.Rule{
	ID:         "rds-private-subnets",
	Title:      "Subnet group has only private subnets",
	Why:        "In a public subnet nothing but a flag and a security group is between the database and the internet; in a private one there is no route.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"RDS.46"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-46",
	Fix: rule.Fix{
		Bulwark: "give the database the isolated subnets of network.NewVpc",
		Plain:   "rds.SubnetGroupArgs{SubnetIds: ...} with subnets whose route table has no route to an internet gateway",
	},
	Types: []string{instance, cluster, subnetGroup, subnets.Subnet, subnets.RouteTable},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(instance, cluster), func(db *rule.Resource) {
			name := db.Get("dbSubnetGroupName")
			groups := s.Referred(db, "dbSubnetGroupName", subnetGroup)
			switch {
			case len(groups) > 0:
			case name.Is("") && isReplica(db):
				f.NotApplicable("a replica is in the subnets of its source")
				return
			case name.Is("", "default"):
				f.Fail(name, "%s: expected a subnet group of private subnets; the default one has the default VPC's, which are public", name)
				return
			default:
				f.NotApplicable("its subnet group is not in the stack")
				return
			}
			judged := false
			for _, group := range groups {
				for _, subnet := range s.Sure(group, "subnetIds", subnets.Subnet, subnets.DefaultSubnet) {
					f.Also(func() {
						by, ok := subnets.Public(s, subnet)
						judged = judged || ok
						if by != nil {
							f.Fail(name, "subnet %s of its subnet group is public, because of %s: expected private subnets", subnet, by)
						}
					})
				}
				s.Referred(group, "subnetIds", subnets.Subnet, subnets.DefaultSubnet) // what is open may be public
			}
			if !judged {
				f.NotApplicable("its subnets, or their routes, are not in the stack")
			}
		})
	},
	Good: []rule.Example{{Name: "isolated", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
isolated:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}", cidrBlock: 10.0.1.0/24}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${vpc.id}"}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${isolated.id}", routeTableId: "${table.id}"}
group:
  type: aws:rds/subnetGroup:SubnetGroup
  properties: {subnetIds: ["${isolated.id}"]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, dbSubnetGroupName: "${group.name}"}
`}, {Name: "behind a NAT gateway, next to a public subnet", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${vpc.id}"}
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}", cidrBlock: 10.0.0.0/24}
publicTable:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${vpc.id}", routes: [{cidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}]}
publicAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${public.id}", routeTableId: "${publicTable.id}"}
nat:
  type: aws:ec2/natGateway:NatGateway
  properties: {subnetId: "${public.id}"}
private:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}", cidrBlock: 10.0.1.0/24}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${vpc.id}"}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${private.id}", routeTableId: "${table.id}"}
out:
  type: aws:ec2/route:Route
  properties: {routeTableId: "${table.id}", destinationCidrBlock: 0.0.0.0/0, natGatewayId: "${nat.id}"}
group:
  type: aws:rds/subnetGroup:SubnetGroup
  properties: {subnetIds: ["${private.id}"]}
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, dbSubnetGroupName: "${group.name}"}
`}, {Name: "in the main route table, which has no routes", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
isolated:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}", cidrBlock: 10.0.1.0/24}
main:
  type: aws:ec2/defaultRouteTable:DefaultRouteTable
  properties: {defaultRouteTableId: "${vpc.defaultRouteTableId}", routes: []}
group:
  type: aws:rds/subnetGroup:SubnetGroup
  properties: {subnetIds: ["${isolated.id}"]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, dbSubnetGroupName: "${group.name}"}
`}},
	Bad: []rule.Example{{Name: "a public subnet", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${vpc.id}"}
public:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}", cidrBlock: 10.0.0.0/24}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${vpc.id}"}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${public.id}", routeTableId: "${table.id}"}
out:
  type: aws:ec2/route:Route
  properties: {routeTableId: "${table.id}", destinationCidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}
group:
  type: aws:rds/subnetGroup:SubnetGroup
  properties: {subnetIds: ["${public.id}"]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, dbSubnetGroupName: "${group.name}"}
`}, {Name: "a public main route table", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
subnet:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}", cidrBlock: 10.0.0.0/24}
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${vpc.id}", routes: [{ipv6CidrBlock: "::/0", gatewayId: igw-0123456789abcdef0}]}
main:
  type: aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation
  properties: {vpcId: "${vpc.id}", routeTableId: "${table.id}"}
group:
  type: aws:rds/subnetGroup:SubnetGroup
  properties: {subnetIds: ["${subnet.id}"]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, dbSubnetGroupName: "${group.name}"}
`}, {Name: "a route in the VPC's own route table", YAML: `
vpc:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${vpc.id}"}
subnet:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: "${vpc.id}", cidrBlock: 10.0.0.0/24}
out:
  type: aws:ec2/route:Route
  properties: {routeTableId: "${vpc.mainRouteTableId}", destinationCidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}
group:
  type: aws:rds/subnetGroup:SubnetGroup
  properties: {subnetIds: ["${subnet.id}"]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, dbSubnetGroupName: "${group.name}"}
`}, {Name: "the default VPC", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "a subnet of the default VPC", YAML: `
subnet:
  type: aws:ec2/defaultSubnet:DefaultSubnet
group:
  type: aws:rds/subnetGroup:SubnetGroup
  properties: {subnetIds: ["${subnet.id}"]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, dbSubnetGroupName: "${group.name}"}
`}},
}
