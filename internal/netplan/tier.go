package netplan

import (
	"net/netip"
	"slices"
	"strings"
)

// Tier is a kind of subnet, by what it can reach.
type Tier string

// The tiers.
const (
	// Public subnets have a route to and from the internet: load balancers and NAT gateways live there.
	Public Tier = "public"
	// Private subnets have at most a way out: the workloads live there.
	Private Tier = "private"
	// Isolated subnets reach the VPC and S3, never the internet: databases live there.
	Isolated Tier = "isolated"
)

// slot is the part of a VPC that belongs to a tier: the block of 2^-bits of it, counted from the front, and the number
// of its first eight IPv6 subnets. It must never change.
type slot struct {
	tier  Tier
	bits  int
	index int
	ipv6  int
}

// slots leaves index 6 and 7 of three bits, and the IPv6 numbers from 24 on, to tiers to come.
var slots = []slot{
	{tier: Public, bits: 3, index: 4, ipv6: 0},
	{tier: Private, bits: 1, index: 0, ipv6: 8},
	{tier: Isolated, bits: 3, index: 5, ipv6: 16},
}

const (
	zoneLetters = "abcdefgh"
	zoneBits    = 3
)

// Tiers are all tiers, from the outside in.
func Tiers() []Tier {
	tiers := make([]Tier, len(slots))
	for i, s := range slots {
		tiers[i] = s.tier
	}
	return tiers
}

// Zones are the letters that have slots.
func Zones() []string { return strings.Split(zoneLetters, "") }

// Subnet is one subnet of a plan.
type Subnet struct {
	Tier Tier
	// Zone is the letter of the availability zone.
	Zone string
	CIDR netip.Prefix
	// IPv6 is the number of the subnet's /64 in the VPC's /56; see IPv6.
	IPv6 int
}

// Subnets are the subnets of a VPC with those tiers and zones, by tier and zone letter. What has no slot is left out;
// see CheckZones.
func Subnets(vpc netip.Prefix, tiers []Tier, zones []string) []Subnet {
	var plan []Subnet
	for _, s := range slots {
		if !slices.Contains(tiers, s.tier) {
			continue
		}
		block := part(vpc, s.bits, s.index)
		for i, letter := range Zones() {
			if slices.Contains(zones, letter) {
				plan = append(plan, Subnet{Tier: s.tier, Zone: letter, CIDR: part(block, zoneBits, i), IPv6: s.ipv6 + i})
			}
		}
	}
	return plan
}

// part is the block with that index, when an IPv4 block is cut into 2^bits of them.
func part(block netip.Prefix, bits, index int) netip.Prefix {
	length := block.Bits() + bits
	b := block.Masked().Addr().As4()
	n := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	n += uint32(index) << (32 - length)
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}), length)
}
