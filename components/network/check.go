package network

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a VPC of that name, as far as it can be said without AWS.
func (a *VpcArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkName(name)...)
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(checkTierTag(a.Labels)...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	block, problems := netplan.ParseVPC("cidr", a.cidr())
	ps.Add(problems...)
	ps.Add(netplan.CheckPeers("peerCidrs", block, a.PeerCidrs)...)
	ps.Add(a.checkIPv6()...)
	ps.Add(netplan.CheckZones("zones", a.zones())...)
	ps.Add(validate.Enums("tiers", a.Tiers)...)
	ps.Add(a.checkEgress()...)
	ps.Add(validate.Enums("endpointServices", a.EndpointServices)...)
	ps.Add(checkAccounts(a.TrustedAccounts)...)
	ps.Add(checkBuckets(a.ReadableBuckets)...)
	ps.Add(checkPublicPorts(a.PublicPorts)...)
	ps.Add(validate.Enum("networkAcls", a.NetworkAcls)...)
	ps.Add(a.checkACLs(block)...)
	ps.Add(a.FlowLogs.check("flowLogs")...)
	return ps
}

// checkIPv6 reports IPv6 peers of a VPC without IPv6.
func (a *VpcArgs) checkIPv6() validate.Problems {
	var ps validate.Problems
	for i, text := range a.PeerCidrs {
		if block, err := netip.ParsePrefix(text); err == nil && block.Addr().Is6() && !a.Ipv6 {
			ps.Add(validate.Conflict(validate.Path("peerCidrs").Index(i), text,
				"an IPv4 block: the VPC has no IPv6 addresses", "set ipv6, or remove the block").By("peer-ipv6"))
		}
	}
	return ps
}

// checkEgress reports a choice without the tiers that it needs.
func (a *VpcArgs) checkEgress() validate.Problems {
	ps := validate.Enum("egress", a.Egress)
	need := func(tier Tier, why string) {
		if !slices.Contains(a.tiers(), tier) {
			ps.Add(validate.Conflict("tiers", joined(a.tiers()), "the tier "+string(tier)+" too: "+why,
				"add it, or choose another egress").By("egress-tier"))
		}
	}
	egress := a.Egress.plan()
	switch {
	case egress == netplan.PublicAddresses:
		need(TierPublic, "workloads with public addresses live there")
	case egress.NATGateways(1) > 0:
		need(TierPublic, "NAT gateways live there")
		need(TierPrivate, "nothing else uses the NAT gateways")
	case egress.HasEndpoints() && len(a.EndpointServices) > 0:
		need(TierPrivate, "the interface endpoints live there")
	}
	return ps
}

// maxACLRules is how many rules a network ACL can have in one direction, including those that AWS adds at the end: one
// for IPv4, one for IPv6.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
const maxACLRules = 20

func (a *VpcArgs) checkACLs(block netip.Prefix) validate.Problems {
	room := maxACLRules - 1
	if a.Ipv6 {
		room--
	}
	rules := len(a.aclSources(block).ingress(TierPublic))
	if rules <= room {
		return nil
	}
	return validate.Problems{validate.Invalid("peerCidrs", fmt.Sprintf("%d blocks", len(a.PeerCidrs)),
		fmt.Sprintf("fewer blocks or public ports: they need %d rules, and a network ACL has room for %d", rules, room),
		"join neighbouring blocks into larger ones").By("network-acl-rules")}
}

// checkName checks a name that becomes part of descriptions.
func checkName(name string) validate.Problems {
	return validate.ResourceName("name", name, 64, "descriptions")
}

// tierTag tells the subnets of the tiers apart.
const tierTag = "Tier"

// checkTierTag keeps room for the tag of the tiers.
func checkTierTag(labels tagging.Labels) validate.Problems {
	var ps validate.Problems
	if value, ok := labels.Extra[tierTag]; ok {
		ps.Add(validate.Conflict(validate.Path("labels.extra").Key(tierTag), value,
			"a key other than Tier, which the subnets set themselves", "remove it").By("label-own-key"))
	}
	if len(labels.Map("")) == validate.MaxTags {
		ps.Add(validate.Invalid("labels.extra", fmt.Sprintf("%d tags", len(labels.Extra)),
			"one tag less: subnets also have the tag Tier", "remove one").By("tag-count"))
	}
	return ps
}

func checkAccounts(ids []string) validate.Problems {
	var ps validate.Problems
	for i, id := range ids {
		ps.Add(validate.AccountID(validate.Path("trustedAccounts").Index(i), id)...)
	}
	return ps
}

func checkBuckets(names []string) validate.Problems {
	var ps validate.Problems
	for i, name := range names {
		ps.Add(validate.ExistingBucketName(validate.Path("readableBuckets").Index(i), name)...)
	}
	return ps
}

func checkPublicPorts(ports []int) validate.Problems {
	var ps validate.Problems
	for i, port := range ports {
		at := validate.Path("publicPorts").Index(i)
		ps.Add(validate.Range(at, port, 1, 65535, "")...)
		if netplan.IsHighRiskPort(port) {
			ps.Add(validate.Forbidden(at, port,
				"a port that is fit for the internet: this one belongs to a database, a login or a console",
				"serve https on 443 instead").By("port-high-risk"))
		}
	}
	return append(ps, validate.Distinct("publicPorts", ports)...)
}

// checkVpcID checks the required id of a VPC, as far as the program wrote it down.
func checkVpcID(id pulumi.StringInput) validate.Problems {
	if id == nil {
		return validate.Problems{validate.Required("vpcId", "the VPC", "give its id")}
	}
	return checkID("vpcId", "vpc", "VPC", id)
}

// checkID checks an id that the program wrote down: vpc-0123456789abcdef0. The kind is what stands before the hyphen.
func checkID(path validate.Path, kind, what string, in pulumi.StringInput) validate.Problems {
	if text, ok := component.Literal(in); ok {
		return validate.ResourceID(path, kind, what, text)
	}
	return nil
}

// checkIDs checks the ids of a list that the program wrote down.
func checkIDs(path validate.Path, kind, what string, in pulumi.StringArrayInput) validate.Problems {
	var ps validate.Problems
	texts, _ := component.Literals(in)
	for _, i := range slices.Sorted(maps.Keys(texts)) {
		ps.Add(validate.ResourceID(path.Index(i), kind, what, texts[i])...)
	}
	return ps
}

// joined is a list on one line.
func joined[T any](list []T) string {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = fmt.Sprint(e)
	}
	return strings.Join(texts, ", ")
}
