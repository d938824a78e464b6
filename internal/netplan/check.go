package netplan

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The sizes of a VPC; see the package comment.
const (
	largest  = 16
	smallest = 20
)

// private are the ranges that a VPC may lie in. AWS accepts public addresses too; the VPC could then never reach their
// owners.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
var private = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("100.64.0.0/10"),
}

// docker is where Docker, AWS Cloud9 and SageMaker put their own networks; the same page advises against it.
var docker = netip.MustParsePrefix("172.17.0.0/16")

// ParseVPC checks the block of a new VPC. The prefix is valid only without problems.
func ParseVPC(path validate.Path, text string) (netip.Prefix, validate.Problems) {
	invalid := func(expected, fix, rule string) (netip.Prefix, validate.Problems) {
		return netip.Prefix{}, validate.Problems{validate.Invalid(path, text, expected, fix).By(rule)}
	}
	block, err := netip.ParsePrefix(text)
	switch {
	case err != nil || !block.Addr().Is4():
		return invalid("an IPv4 block such as 10.0.0.0/16", "write address/length", "cidr-form")
	case block.Bits() > smallest:
		return invalid("a block of /16 to /20: this one is too small for a subnet in each tier and zone",
			"use "+netip.PrefixFrom(block.Addr(), smallest).Masked().String()+" or a larger block", "vpc-size")
	case block.Bits() < largest:
		return invalid("a block of /16 to /20: AWS makes no larger VPC",
			"use "+netip.PrefixFrom(block.Addr(), largest).Masked().String(), "vpc-size")
	case block != block.Masked():
		return invalid("the first address of the block", "write "+block.Masked().String(), "cidr-host-bits")
	case !slices.ContainsFunc(private, func(p netip.Prefix) bool { return within(block, p) }):
		return invalid("private addresses: a block in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
			"use 10.0.0.0/16 or another private block: the owners of public addresses could not be reached", "vpc-private")
	case block.Overlaps(docker):
		return invalid("a block other than 172.17.0.0/16, which Docker and some AWS services use inside a host",
			"use another private block", "vpc-docker")
	}
	return block, nil
}

// within says whether all addresses of a block are in another one.
func within(block, in netip.Prefix) bool {
	return block.Bits() >= in.Bits() && in.Contains(block.Addr())
}

// IsPrivate says whether all addresses of a block are of a kind that never is on the internet, IPv6 included.
func IsPrivate(block netip.Prefix) bool {
	if block.Addr().Is6() {
		return within(block, netip.MustParsePrefix("fc00::/7")) || within(block, netip.MustParsePrefix("fe80::/10"))
	}
	return slices.ContainsFunc(private, func(p netip.Prefix) bool { return within(block, p) })
}

// CheckPeers reports the networks that a VPC could not be connected with: malformed ones, and those that share
// addresses with the VPC or with one another. An invalid VPC is left to ParseVPC.
func CheckPeers(path validate.Path, vpc netip.Prefix, peers []string) validate.Problems {
	var ps validate.Problems
	seen := map[string]netip.Prefix{}
	for i, text := range peers {
		at := path.Index(i)
		block, problems := validate.CIDR(at, text)
		if len(problems) > 0 {
			ps.Add(problems...)
			continue
		}
		if vpc.IsValid() && block.Overlaps(vpc) {
			ps.Add(validate.Conflict(at, text,
				"addresses outside the VPC's "+vpc.String()+": packets to them would never leave the VPC",
				"choose another cidr for the VPC, as long as it is new").By("peer-overlap"))
		}
		for _, other := range peers[:i] {
			if o, ok := seen[other]; ok && block.Overlaps(o) {
				ps.Add(validate.Conflict(at, text, "addresses other than those of "+other+": there can be one route only",
					"keep the larger of the two, or correct the addresses").By("peer-overlap"))
			}
		}
		seen[text] = block
	}
	return ps
}

// CheckZones reports letters without a slot, letters given twice, and fewer than two of them: load balancers and
// database subnet groups need two zones.
func CheckZones(path validate.Path, zones []string) validate.Problems {
	var ps validate.Problems
	for i, zone := range zones {
		at := path.Index(i)
		switch {
		case len(zone) != 1 || !strings.Contains(zoneLetters, zone):
			ps.Add(validate.Invalid(at, zone, "the letter of an availability zone, a to h: there are eight slots in each tier",
				"write a for eu-west-1a").By("zone-slot"))
		case slices.Contains(zones[:i], zone):
			ps.Add(validate.Duplicate(at, zone))
		}
	}
	if len(zones) < 2 {
		ps.Add(validate.Invalid(path, strings.Join(zones, ", "),
			"at least two zones, which load balancers and databases need", "add a zone: subnets are free").By("zone-count"))
	}
	return ps
}

// CheckRegion reports zones that a region does not have for this account. The zones that it has are full names,
// eu-west-1a; names of local and wavelength zones do not count.
func CheckRegion(path validate.Path, region string, zones, has []string) validate.Problems {
	var letters []string
	for _, name := range has {
		if letter := strings.TrimPrefix(name, region); letter != name && len(letter) == 1 {
			letters = append(letters, letter)
		}
	}
	slices.Sort(letters)
	var ps validate.Problems
	for i, zone := range zones {
		if !slices.Contains(letters, zone) && len(zone) == 1 && strings.Contains(zoneLetters, zone) {
			ps.Add(validate.Invalid(path.Index(i), zone,
				"a zone that "+region+" has for this account: "+strings.Join(letters, ", "),
				"choose among them").By("zone-region"))
		}
	}
	return ps
}
