package network

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/subnets"
)

// route is one route of a table, in whichever way it is written down: a resource, or a part of one.
type route struct {
	in   *rule.Resource
	path string
	// ipv4 and ipv6 are where it leads; one of them is empty.
	ipv4, ipv6 rule.Value
}

// get is a property of the route that has the same name in both ways to write it.
func (r route) get(property string) rule.Value { return r.in.Get(r.path + property) }

// everywhere tells whether the route is the default one.
func (r route) everywhere() bool { return r.ipv4.Is("0.0.0.0/0") || r.ipv6.Is("::/0") }

// toInternet tells whether the route's gateway is an internet gateway, of the stack or by its id.
func (r route) toInternet(s *rule.Stack) bool {
	return len(s.Referred(r.in, r.path+"gatewayId", subnets.InternetGateway)) > 0 || strings.HasPrefix(r.get("gatewayId").Text(), "igw-")
}

// ownRoute is a route that is a resource.
func ownRoute(r *rule.Resource) route {
	return route{r, "", r.Get("destinationCidrBlock"), r.Get("destinationIpv6CidrBlock")}
}

// inlineRoutes are those that a table itself has.
func inlineRoutes(table *rule.Resource) []route {
	var routes []route
	for i, v := range table.Get("routes").List() {
		routes = append(routes, route{table, fmt.Sprintf("routes[%d].", i), v.Get("cidrBlock"), v.Get("ipv6CidrBlock")})
	}
	return routes
}

// routesOf are all routes of a table. They are written inline or apart, never both, and a preview does not know the
// inline ones of a table that has none.
func routesOf(s *rule.Stack, table *rule.Resource) []route {
	var routes []route
	for _, r := range s.Referrers(table, "routeTableId", subnets.Route) {
		routes = append(routes, ownRoute(r))
	}
	if len(routes) > 0 && !table.Get("routes").Known() {
		return routes
	}
	return append(routes, inlineRoutes(table)...)
}

// tablesOf are the route tables that a subnet is associated with.
func tablesOf(s *rule.Stack, subnet *rule.Resource) []*rule.Resource {
	var tables []*rule.Resource
	for _, association := range s.Referrers(subnet, "subnetId", subnets.RouteTableAssociation) {
		tables = append(tables, s.Referred(association, "routeTableId", subnets.RouteTable, subnets.DefaultRouteTable)...)
	}
	return tables
}

// zone is the availability zone of a subnet, by name or id; empty when AWS chooses it.
func zone(subnet *rule.Resource) string {
	if name := subnet.Get("availabilityZone"); name.Known() && name.Text() != "" {
		return name.Text()
	}
	return subnet.Get("availabilityZoneId").TextOr(subnet.Get("availabilityZone").Text())
}

// What calls a subnet or route table private: a word in its name, or in one of these tags.
var (
	privateWords = []string{"private", "isolated"}
	markingTags  = []string{"name", "tier", "type", "subnet-type"}
)

// markedPrivate tells whether a subnet or route table is called private.
func markedPrivate(r *rule.Resource) bool {
	texts := []string{r.Name}
	for key, value := range r.Get("tags").Entries() {
		if slices.Contains(markingTags, strings.ToLower(key)) {
			texts = append(texts, value.Text())
		}
	}
	return slices.ContainsFunc(texts, func(text string) bool {
		return slices.ContainsFunc(privateWords, func(word string) bool { return strings.Contains(strings.ToLower(text), word) })
	})
}
