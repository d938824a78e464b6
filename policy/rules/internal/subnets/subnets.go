package subnets

import (
	"fmt"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// The type tokens of what decides whether a subnet is public.
const (
	Subnet                    = "aws:ec2/subnet:Subnet"
	DefaultSubnet             = "aws:ec2/defaultSubnet:DefaultSubnet"
	RouteTable                = "aws:ec2/routeTable:RouteTable"
	DefaultRouteTable         = "aws:ec2/defaultRouteTable:DefaultRouteTable"
	Route                     = "aws:ec2/route:Route"
	RouteTableAssociation     = "aws:ec2/routeTableAssociation:RouteTableAssociation"
	MainRouteTableAssociation = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"
	InternetGateway           = "aws:ec2/internetGateway:InternetGateway"
	Vpc                       = "aws:ec2/vpc:Vpc"
)

// Public finds what makes a subnet public: the route table or route with a default route to an internet gateway, or the
// subnet itself when it is one of the default VPC. It is nil when the subnet is private. Ok is false when something
// outside of the stack decides.
//
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types
func Public(s *rule.Stack, subnet *rule.Resource) (by *rule.Resource, ok bool) {
	associations := s.Referrers(subnet, "subnetId", RouteTableAssociation)
	for _, association := range associations {
		tables := s.Referred(association, "routeTableId", RouteTable, DefaultRouteTable, Vpc)
		for _, table := range tables {
			if by := leadsOut(s, table); by != nil {
				return by, true
			}
		}
		ok = ok || len(tables) > 0
	}
	switch {
	case len(associations) > 0:
		return nil, ok
	case subnet.Is(DefaultSubnet):
		return subnet, true
	}
	for _, vpc := range s.Referred(subnet, "vpcId", Vpc) {
		return throughMain(s, vpc), true
	}
	return nil, false
}

// throughMain checks the main route table of a VPC, which subnets use that are not associated with another one.
func throughMain(s *rule.Stack, vpc *rule.Resource) *rule.Resource {
	mains := s.Referrers(vpc, "vpcId", MainRouteTableAssociation)
	for _, main := range mains {
		for _, table := range s.Referred(main, "routeTableId", RouteTable, DefaultRouteTable, Vpc) {
			if by := leadsOut(s, table); by != nil {
				return by
			}
		}
	}
	if len(mains) > 0 {
		return nil
	}
	return leadsOut(s, vpc)
}

// leadsOut finds a default route to an internet gateway in a route table. A VPC stands for the table that it begins with.
func leadsOut(s *rule.Stack, table *rule.Resource) *rule.Resource {
	routes := s.Referrers(table, "routeTableId", Route)
	for _, route := range routes {
		if everywhere(route.Get("destinationCidrBlock"), route.Get("destinationIpv6CidrBlock")) && toInternet(s, route, "gatewayId") {
			return route
		}
	}
	if table.Is(Vpc) {
		for _, own := range s.Referrers(table, "defaultRouteTableId", DefaultRouteTable) {
			if by := leadsOut(s, own); by != nil {
				return by
			}
		}
		return nil
	}
	// Routes are written inline or apart, never both; a preview does not know the inline ones of a table that has none.
	inline := table.Get("routes")
	if len(routes) > 0 && !inline.Known() {
		return nil
	}
	for i, route := range inline.List() {
		if everywhere(route.Get("cidrBlock"), route.Get("ipv6CidrBlock")) && toInternet(s, table, fmt.Sprintf("routes[%d].gatewayId", i)) {
			return table
		}
	}
	return nil
}

// everywhere tells whether a route is the default one.
func everywhere(ipv4, ipv6 rule.Value) bool { return ipv4.Is("0.0.0.0/0") || ipv6.Is("::/0") }

// toInternet tells whether a route's gateway is an internet gateway, of the stack or by its id.
func toInternet(s *rule.Stack, r *rule.Resource, property string) bool {
	return len(s.Referred(r, property, InternetGateway)) > 0 || strings.HasPrefix(r.Get(property).Text(), "igw-")
}
