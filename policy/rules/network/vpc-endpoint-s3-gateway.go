package network

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

var vpcEndpointS3Gateway = rule.Rule{
	ID:       "vpc-endpoint-s3-gateway",
	Title:    "Gateway endpoint for S3 on private route tables",
	Why:      "Without it, every object, and every layer of an image, goes through the NAT gateway, which bills each gigabyte, or not at all; the endpoint is free and keeps it inside.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc makes it, with a route in every table",
		Plain:   `ec2.NewVpcEndpoint with ServiceName: pulumi.String("com.amazonaws.<region>.s3"), VpcEndpointType: pulumi.String("Gateway") and all private RouteTableIds`,
	},
	Types: []string{vpc, endpoint, endpointRouteTable, subnets.RouteTable, subnets.RouteTableAssociation, subnets.Route},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(subnets.RouteTable), func(table *rule.Resource) {
			gateways := append(s.Referrers(table, "routeTableIds", endpoint), associatedEndpoints(s, table)...)
			toS3 := func(e *rule.Resource) bool { return isFor(e, "s3") && e.Get("vpcEndpointType").Is("", "Gateway") }
			toInternet := func(r route) bool { return r.everywhere() && r.toInternet(s) }
			switch {
			case slices.ContainsFunc(gateways, toS3):
			case len(s.Referrers(table, "routeTableId", subnets.RouteTableAssociation)) == 0:
				f.NotApplicable("no subnet in the stack uses it")
			case len(s.Referred(table, "vpcId", vpc)) == 0:
				f.NotApplicable("its VPC is not in the stack")
			case slices.ContainsFunc(routesOf(s, table), toInternet):
				f.NotApplicable("it is the table of public subnets")
			default:
				f.Fail(table, "it has no route to S3: expected a gateway endpoint")
			}
		})
	},
	Good: []rule.Example{{Name: "in the private table", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${main.id}"}
public:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: [{cidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}]}
private:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: []}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: subnet-0123456789abcdef0, routeTableId: "${private.id}"}
publicAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: subnet-0fedcba9876543210, routeTableId: "${public.id}"}
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.s3, vpcEndpointType: Gateway, routeTableIds: ["${private.id}"]}
`}, {Name: "by an association", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${main.id}"}
public:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: [{cidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}]}
private:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: []}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: subnet-0123456789abcdef0, routeTableId: "${private.id}"}
publicAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: subnet-0fedcba9876543210, routeTableId: "${public.id}"}
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.s3, vpcEndpointType: Gateway}
inPrivate:
  type: aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation
  properties: {routeTableId: "${private.id}", vpcEndpointId: "${endpoint.id}"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${main.id}"}
public:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: [{cidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}]}
private:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: []}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: subnet-0123456789abcdef0, routeTableId: "${private.id}"}
publicAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: subnet-0fedcba9876543210, routeTableId: "${public.id}"}
`}, {Name: "in the public table only", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${main.id}"}
public:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: [{cidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}]}
private:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: []}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: subnet-0123456789abcdef0, routeTableId: "${private.id}"}
publicAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: subnet-0fedcba9876543210, routeTableId: "${public.id}"}
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.s3, vpcEndpointType: Gateway, routeTableIds: ["${public.id}"]}
`}, {Name: "of another service", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
gateway:
  type: aws:ec2/internetGateway:InternetGateway
  properties: {vpcId: "${main.id}"}
public:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: [{cidrBlock: 0.0.0.0/0, gatewayId: "${gateway.id}"}]}
private:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: "${main.id}", routes: []}
association:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: subnet-0123456789abcdef0, routeTableId: "${private.id}"}
publicAssociation:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: subnet-0fedcba9876543210, routeTableId: "${public.id}"}
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.dynamodb, vpcEndpointType: Gateway, routeTableIds: ["${private.id}"]}
`}},
}

// associatedEndpoints are the endpoints that a resource of its own puts into a route table.
func associatedEndpoints(s *rule.Stack, table *rule.Resource) []*rule.Resource {
	var found []*rule.Resource
	for _, association := range s.Referrers(table, "routeTableId", endpointRouteTable) {
		found = append(found, s.Referred(association, "vpcEndpointId", endpoint)...)
	}
	return found
}
