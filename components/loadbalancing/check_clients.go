package loadbalancing

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The rules of a security group, and how many of them CloudFront's prefix list takes.
// Sources: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups and
// https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
const (
	maxGroupRules    = 60
	prefixListWeight = 55
)

// checkClients checks who is let in, as far as network.Addresses and network.PrefixList would do it too late.
func (a *LoadBalancerArgs) checkClients() validate.Problems {
	ps := validate.Enum("clientAccess", a.ClientAccess)
	switch {
	case a.ClientAccess == AccessEveryone && len(a.AllowedClients) > 0:
		ps.Add(validate.Conflict("clientAccess", string(a.ClientAccess), "allowedClients, because some are named",
			"remove clientAccess or allowedClients").By("client-access"))
	case a.ClientAccess == AccessEveryone && a.internal():
		ps.Add(validate.Conflict("clientAccess", string(a.ClientAccess), "an internet-facing load balancer",
			"remove it: an internal load balancer is reached from the VPC, as network.Allow says").By("client-access"))
	}
	var names []string
	taken := map[netip.Prefix]string{}
	for i, c := range a.AllowedClients {
		at := validate.Path("allowedClients").Index(i)
		ps.Add(checkName(at.Field("name"), c.Name, names)...)
		names = append(names, c.Name)
		ps.Add(c.check(at, taken)...)
	}
	ps.Add(a.checkGroupRules()...)
	return append(ps, a.checkPublicPorts()...)
}

// check checks the addresses of one client. taken are the blocks of those before it: AWS refuses the same rule twice.
func (c AllowedClient) check(at validate.Path, taken map[netip.Prefix]string) validate.Problems {
	ps := validate.ExactlyOne(
		validate.Required(at.Field("cidrs"), "networks in CIDR notation, or prefixListId", "give one, or remove the entry"),
		validate.Alternative{Path: at.Field("cidrs"), Given: len(c.Cidrs) > 0},
		validate.Alternative{Path: at.Field("prefixListId"), Given: c.PrefixListId != nil},
	)
	if text, ok := component.Literal(c.PrefixListId); ok {
		ps.Add(validate.ResourceID(at.Field("prefixListId"), "pl", "prefix list", text)...)
	}
	blocks, problems := validate.CIDRs(at.Field("cidrs"), c.Cidrs)
	ps.Add(problems...)
	for j, block := range blocks {
		if !block.IsValid() {
			continue
		}
		if other := taken[block]; other != "" && other != c.Name {
			ps.Add(validate.Conflict(at.Field("cidrs").Index(j), c.Cidrs[j],
				"each network once: "+validate.Show(other)+" has this one", "remove it from one of the two").By("addresses-twice"))
		}
		taken[block] = c.Name
		if !netplan.IsPrivate(block) && validate.LargeCIDR(block) {
			ps.Add(validate.Invalid(at.Field("cidrs").Index(j), c.Cidrs[j],
				"a network, not a large part of the internet",
				"leave allowedClients out to let in everybody, or use smaller networks").By("addresses-wide"))
		}
	}
	return ps
}

// checkGroupRules reports more rules than a security group has room for. A prefix list counts with its largest size, as
// AWS counts it; whose it is cannot be known here, so it counts as CloudFront's.
func (a *LoadBalancerArgs) checkGroupRules() validate.Problems {
	rules := 0
	for _, c := range a.AllowedClients {
		if c.PrefixListId != nil {
			rules += prefixListWeight
		}
		rules += len(c.Cidrs) * len(a.ports())
	}
	if rules <= maxGroupRules {
		return nil
	}
	return validate.Problems{validate.Conflict("allowedClients", fmt.Sprintf("%d rules of the security group", rules),
		fmt.Sprintf("at most %d, counting each network once per port, a prefix list as %d", maxGroupRules,
			prefixListWeight),
		"join networks, or put them into a prefix list of your own").By("client-limit")}
}

// checkPublicPorts reports ports for everybody that the network does not open.
func (a *LoadBalancerArgs) checkPublicPorts() validate.Problems {
	if a.Network == nil || !a.open() {
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
