package network

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// The directions in which rules of security groups let something through.
const (
	in  = "ingress"
	out = "egress"
)

// opening is one rule of a security group, in whichever way it is written down.
type opening struct {
	at                 rule.Place
	protocol, from, to rule.Value
	blocks             []rule.Value
	description        rule.Value
}

// openings calls judge for every rule of the direction that a resource has, or is.
func openings(r *rule.Resource, f *rule.Findings, direction string, judge func(opening)) {
	switch {
	case r.Is(ingressRule, egressRule):
		if r.Is(ingressRule) == (direction == in) {
			judge(opening{r, r.Get("ipProtocol"), r.Get("fromPort"), r.Get("toPort"), []rule.Value{r.Get("cidrIpv4"), r.Get("cidrIpv6")}, r.Get("description")})
		}
	case r.Is(securityGroupRule):
		if r.Get("type").Is(direction) {
			judge(listed(r, r.Properties))
		}
	default:
		f.Each(r.Get(direction), func(v rule.Value) { judge(listed(v, v)) })
	}
}

// listed is a rule that has its blocks as lists.
func listed(at rule.Place, v rule.Value) opening {
	return opening{at, v.Get("protocol"), v.Get("fromPort"), v.Get("toPort"), append(v.Get("cidrBlocks").List(), v.Get("ipv6CidrBlocks").List()...), v.Get("description")}
}

// open are the blocks of the rule that are the internet, or a large part of it.
func (o opening) open() []rule.Value { return slices.DeleteFunc(slices.Clone(o.blocks), notOpen) }

// Blocks of public addresses with fewer bits are open: who holds so many is not one network. Two halves of the internet
// are as open as the whole.
const (
	networkBits4 = 8
	networkBits6 = 16
)

func notOpen(cidr rule.Value) bool {
	block, err := netip.ParsePrefix(cidr.Text())
	if err != nil || block.Addr().IsPrivate() && block.Bits() >= 7 {
		return true
	}
	if block.Addr().Is6() {
		return block.Bits() >= networkBits6
	}
	return block.Bits() >= networkBits4
}

// The protocols that have ports, by name.
const (
	tcp = "tcp"
	udp = "udp"
)

// protocolOf is a protocol by its name; empty for all protocols.
func protocolOf(v rule.Value) string {
	switch text := strings.ToLower(v.Text()); text {
	case "-1", "all":
		return ""
	case "6":
		return tcp
	case "17":
		return udp
	default:
		return text
	}
}

const lastPort = 65535

// ports are the range of a rule. Without numbers it is all of them.
func (o opening) ports() (from, to int) {
	from, to = max(o.from.IntOr(0), 0), o.to.IntOr(lastPort)
	if to < 0 {
		to = lastPort
	}
	return from, to
}

// reaches tells whether the rule is about a port of one of the protocols.
func (o opening) reaches(port int, protocols ...string) bool {
	protocol := protocolOf(o.protocol)
	if protocol == "" {
		return true
	}
	if !slices.Contains(protocols, protocol) {
		return false
	}
	from, to := o.ports()
	return from <= port && port <= to
}

// notOpenTo is a rule that nobody but networks with a name reaches a port.
func notOpenTo(port int, what string, protocols ...string) func(*rule.Resource, *rule.Findings) {
	return func(r *rule.Resource, f *rule.Findings) {
		openings(r, f, in, func(o opening) {
			for _, cidr := range o.open() {
				if o.reaches(port, protocols...) {
					f.Fail(cidr, "%s reaches port %d, %s: expected a security group or a network of your own", cidr, port, what)
				}
			}
		})
	}
}
