package network

import (
	"net/netip"
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
)

// opening is one rule of a security group.
type opening struct{ openings.Opening }

// The directions and protocols of rules.
const (
	in  = openings.In
	out = openings.Out
	tcp = openings.TCP
	udp = openings.UDP
)

// eachOpening calls check for every rule of the direction that a resource has, or is.
func eachOpening(r *rule.Resource, f *rule.Findings, direction string, check func(opening)) {
	openings.Each(r, f, direction, func(o openings.Opening) { check(opening{o}) })
}

// open are the blocks of the rule that are the internet, or a large part of it.
func (o opening) open() []rule.Value { return slices.DeleteFunc(slices.Clone(o.Blocks), notOpen) }

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

// notOpenTo is a rule that nobody but networks with a name reaches a port.
func notOpenTo(port int, what string, protocols ...string) func(*rule.Resource, *rule.Findings) {
	return func(r *rule.Resource, f *rule.Findings) {
		eachOpening(r, f, in, func(o opening) {
			for _, cidr := range o.open() {
				if o.Reaches(port, protocols...) {
					f.Fail(cidr, "%s reaches port %d, %s: expected a security group or a network of your own", cidr, port, what)
				}
			}
		})
	}
}
