package network

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of an existing VPC, as far as it can be said without AWS.
func (a *ExistingVpcArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkName(name)...)
	ps.Add(checkVpcID(a.VpcId)...)
	ps.Add(checkIDs("publicSubnetIds", "subnet", "subnet", a.PublicSubnetIds)...)
	ps.Add(checkIDs("privateSubnetIds", "subnet", "subnet", a.PrivateSubnetIds)...)
	ps.Add(checkIDs("isolatedSubnetIds", "subnet", "subnet", a.IsolatedSubnetIds)...)
	ps.Add(validate.Enum("egress", a.Egress)...)
	switch public := a.Egress.plan() == netplan.PublicAddresses; {
	case public && a.PublicSubnetIds == nil:
		ps.Add(validate.Required("publicSubnetIds", "the subnets of the workloads",
			"give them, or choose another egress").By("egress-tier"))
	case !public && a.PrivateSubnetIds == nil:
		ps.Add(validate.Required("privateSubnetIds", "the subnets of the workloads",
			"give them, or choose publicAddresses as egress").By("egress-tier"))
	}
	ps.Add(a.checkEndpoints()...)
	ps.Add(checkID("endpointSecurityGroupId", "sg", "security group", a.EndpointSecurityGroupId)...)
	return append(ps, checkPublicPorts(a.PublicPorts)...)
}

// checkEndpoints reports endpoints that do not go with the egress, with one another or with the VPC.
func (a *ExistingVpcArgs) checkEndpoints() validate.Problems {
	ps := validate.AtMostOne(
		validate.Alternative{Path: "endpoints", Given: a.Endpoints != nil},
		validate.Alternative{Path: "endpointSecurityGroupId", Given: a.EndpointSecurityGroupId != nil},
	)
	given, wanted := a.Endpoints != nil || a.EndpointSecurityGroupId != nil, a.Egress.plan().HasEndpoints()
	switch {
	case wanted && !given:
		ps.Add(validate.Required("endpointSecurityGroupId", "the security group of the interface endpoints",
			"give it (in Go: Endpoints), or choose an egress without endpoints").By("egress-endpoints"))
	case given && !wanted && slices.Contains(a.Egress.Values(), a.Egress):
		ps.Add(validate.Conflict("egress", string(a.Egress), "a choice with endpoints, because some are given",
			"choose one, or remove the endpoints").By("egress-endpoints"))
	}
	if a.Endpoints != nil && a.VpcId != nil {
		if same, known := a.Endpoints.vpc.compare(existingVPC(a.VpcId)); known && !same {
			ps.Add(validate.Conflict("endpoints", "endpoints in another VPC", "endpoints in this one",
				"make them with the same vpcId").By("endpoints-vpc"))
		}
	}
	return ps
}
