package loadbalancing

import (
	"maps"
	"slices"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// checkNetwork checks where the load balancer is to be. zones are those of its subnets, as far as they are known.
func (a *LoadBalancerArgs) checkNetwork(zones map[string]string) validate.Problems {
	var ps validate.Problems
	ps.Add(validate.Enum("scheme", a.Scheme)...)
	ps.Add(validate.ExactlyOne(
		validate.Required("vpcId", "the VPC of the load balancer", "give vpcId and subnetIds (in Go: Network)"),
		validate.Alternative{Path: "network", Given: a.Network != nil},
		validate.Alternative{Path: "vpcId", Given: a.VpcId != nil},
	)...)
	switch {
	case a.Network == nil:
		if a.VpcId != nil && a.SubnetIds == nil {
			ps.Add(validate.Required("subnetIds", "subnets in at least two availability zones",
				"give one subnet of each zone"))
		}
	case a.VpcId != nil:
	case a.Network.VpcId.OutputState == nil:
		ps.Add(validate.Invalid("network", "a network without a VPC", "what Vpc.Network or ExistingVpc.Network returns",
			"call NewVpc or NewExistingVpc").By("network"))
	case a.Ipv6 && !a.Network.Ipv6:
		ps.Add(validate.Conflict("ipv6", true, "false: the network has no IPv6 addresses",
			"set ipv6 on the network, or remove it here").By("ipv6-network"))
	}
	if text, ok := component.Literal(a.VpcId); ok {
		ps.Add(validate.ResourceID("vpcId", "vpc", "VPC", text)...)
	}
	if ids, whole := a.literalSubnets(); whole {
		ps.Add(checkSubnets(ids)...)
		ps.Add(checkZones(ids, zones)...)
	}
	return ps
}

// literalSubnets are the ids of subnets, if the program wrote down all of them.
func (a *LoadBalancerArgs) literalSubnets() (ids []string, whole bool) {
	texts, whole := component.Literals(a.SubnetIds)
	for _, i := range slices.Sorted(maps.Keys(texts)) {
		ids = append(ids, texts[i])
	}
	return ids, whole
}

// checkSubnets checks the ids of subnets; in which zones they are is for checkZones.
func checkSubnets(ids []string) validate.Problems {
	var ps validate.Problems
	for i, id := range ids {
		ps.Add(validate.ResourceID(validate.Path("subnetIds").Index(i), "subnet", "subnet", id)...)
	}
	ps.Add(validate.Distinct("subnetIds", ids)...)
	if len(ids) < 2 {
		ps.Add(tooFewSubnets(len(ids)))
	}
	return ps
}

// tooFewSubnets is the problem of a load balancer that the failure of one zone could take away.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
func tooFewSubnets(found int) validate.Problem {
	return validate.Invalid("subnetIds", found, "subnets in at least two availability zones",
		"add a subnet in another zone").By("subnet-zones")
}

// checkZones reports subnets in one zone, which AWS refuses.
func checkZones(ids []string, zones map[string]string) validate.Problems {
	var ps validate.Problems
	taken := map[string]bool{}
	for i, id := range ids {
		zone := zones[id]
		if zone != "" && taken[zone] {
			ps.Add(validate.Conflict(validate.Path("subnetIds").Index(i), id,
				"one subnet per zone: another one is in "+zone+" too", "give a subnet of another zone").By("subnet-zones"))
		}
		taken[zone] = true
	}
	return ps
}
