package network

import "github.com/bulwark-iac/bulwark/internal/validate"

// check reports all that is wrong with the arguments of endpoints of that name, as far as it can be said without AWS.
func (a *EndpointsArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkName(name)...)
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(checkVpcID(a.VpcId)...)
	if a.RouteTableIds == nil {
		ps.Add(validate.Required("routeTableIds", "the route tables that get a route to S3", "give their ids"))
	}
	ps.Add(checkIDs("routeTableIds", "rtb", "route table", a.RouteTableIds)...)
	if a.SubnetIds == nil && len(a.EndpointServices) > 0 {
		ps.Add(validate.Required("subnetIds", "the subnets in which interface endpoints get addresses", "give one per zone"))
	}
	ps.Add(checkIDs("subnetIds", "subnet", "subnet", a.SubnetIds)...)
	ps.Add(validate.Enums("endpointServices", a.EndpointServices)...)
	ps.Add(checkAccounts(a.TrustedAccounts)...)
	return append(ps, checkBuckets(a.ReadableBuckets)...)
}
