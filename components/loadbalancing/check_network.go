package loadbalancing

import (
	"maps"
	"slices"
	"strconv"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/netplan"
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

// checkAllowedClients checks the addresses, which network.Addresses would otherwise do too late.
func (a *LoadBalancerArgs) checkAllowedClients() validate.Problems {
	var ps validate.Problems
	var names []string
	for i, c := range a.AllowedClients {
		at := validate.Path("allowedClients").Index(i)
		ps.Add(checkName(at.Field("name"), c.Name, names)...)
		names = append(names, c.Name)
		if len(c.Cidrs) == 0 {
			ps.Add(validate.Required(at.Field("cidrs"), "networks in CIDR notation",
				"give at least one, or remove the entry"))
		}
		blocks, problems := validate.CIDRs(at.Field("cidrs"), c.Cidrs)
		ps.Add(problems...)
		for j, block := range blocks {
			if block.IsValid() && !netplan.IsPrivate(block) && validate.LargeCIDR(block) {
				ps.Add(validate.Invalid(at.Field("cidrs").Index(j), c.Cidrs[j],
					"a network, not a large part of the internet",
					"leave allowedClients out to let in everybody, or use smaller networks").By("addresses-wide"))
			}
		}
	}
	return append(ps, a.checkPublicPorts()...)
}

// checkPublicPorts reports ports for everybody that the network does not open.
func (a *LoadBalancerArgs) checkPublicPorts() validate.Problems {
	if a.Network == nil || a.internal() || len(a.AllowedClients) > 0 {
		return nil
	}
	var ps validate.Problems
	for _, port := range a.ports() {
		if !slices.Contains(a.Network.PublicPorts, int(port)) {
			ps.Add(validate.Conflict("scheme", string(a.Scheme),
				"a load balancer whose ports are public ports of the network, as port "+strconv.Itoa(int(port))+" is not",
				"add it to the network's publicPorts, or name allowedClients").By("public-port"))
		}
	}
	return ps
}
