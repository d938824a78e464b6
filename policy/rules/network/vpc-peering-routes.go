package network

import (
	"net/netip"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

var vpcPeeringRoutes = rule.Rule{
	ID:       "vpc-peering-routes",
	Title:    "Peering routes are narrow",
	Why:      "A peering for everything carries what was meant for the internet, or for any other network, into somebody else's VPC; each route should name the network that is needed there.",
	Severity: rule.Medium,
	References: rule.References{
		CIS:     []string{"v3:5.5", "v5:5.6"},
		Checkov: []string{"CKV2_AWS_44"},
	},
	Source: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html",
	Fix: rule.Fix{
		Bulwark: "connect the VPC with the block that VpcArgs.PeerCidrs names",
		Plain:   "ec2.RouteArgs{DestinationCidrBlock: ...} with the peer's network, or its subnets, for a VpcPeeringConnectionId",
	},
	Types: []string{subnets.Route, subnets.RouteTable, subnets.DefaultRouteTable},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		routes := inlineRoutes(r)
		if r.Is(subnets.Route) {
			routes = []route{ownRoute(r)}
		}
		for _, one := range routes {
			for _, cidr := range []rule.Value{one.ipv4, one.ipv6} {
				if wholeNetwork(cidr) && one.get("vpcPeeringConnectionId").Text() != "" {
					f.Fail(cidr, "%s over a peering: expected the network of the peer, of more than 8 bits", cidr)
				}
			}
		}
	},
	Good: []rule.Example{{Name: "a network", YAML: `
peer:
  type: aws:ec2/route:Route
  properties: {routeTableId: rtb-0123456789abcdef0, destinationCidrBlock: 10.1.0.0/16, vpcPeeringConnectionId: pcx-0123456789abcdef0}
`}, {Name: "a default route to elsewhere", YAML: `
table:
  type: aws:ec2/routeTable:RouteTable
  properties:
    vpcId: vpc-0123456789abcdef0
    routes: [{cidrBlock: 0.0.0.0/0, natGatewayId: nat-0123456789abcdef0}, {cidrBlock: 10.1.0.0/16, vpcPeeringConnectionId: pcx-0123456789abcdef0}]
`}},
	Bad: []rule.Example{{Name: "everything", YAML: `
peer:
  type: aws:ec2/route:Route
  properties: {routeTableId: rtb-0123456789abcdef0, destinationCidrBlock: 0.0.0.0/0, vpcPeeringConnectionId: pcx-0123456789abcdef0}
`}, {Name: "everything private, inline", YAML: `
table:
  type: aws:ec2/routeTable:RouteTable
  properties: {vpcId: vpc-0123456789abcdef0, routes: [{cidrBlock: 10.0.0.0/8, vpcPeeringConnectionId: pcx-0123456789abcdef0}]}
`}, {Name: "over IPv6", YAML: `
peer:
  type: aws:ec2/route:Route
  properties: {routeTableId: rtb-0123456789abcdef0, destinationIpv6CidrBlock: "::/0", vpcPeeringConnectionId: pcx-0123456789abcdef0}
`}},
}

// wholeNetwork tells whether a block is everything, or as wide as all of 10.0.0.0/8.
func wholeNetwork(cidr rule.Value) bool {
	block, err := netip.ParsePrefix(cidr.Text())
	return err == nil && block.Bits() <= 8
}
