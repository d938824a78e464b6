package network

import (
	"fmt"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
)

// entry is one rule of a network ACL, in whichever way it is written down.
type entry struct {
	opening
	action, number rule.Value
}

// entries are the rules of an ACL for what comes in, or the one that a resource is.
func entries(r *rule.Resource) []entry {
	if r.Is(networkACLRule) {
		if r.Get("egress").Bool() {
			return nil
		}
		return []entry{entryOf(r.Properties, r.Get("ruleAction"), r.Get("ruleNumber"))}
	}
	var all []entry
	for _, v := range r.Get("ingress").List() {
		all = append(all, entryOf(v, v.Get("action"), v.Get("ruleNo")))
	}
	return all
}

func entryOf(v, action, number rule.Value) entry {
	return entry{
		opening{openings.Opening{At: v, Protocol: v.Get("protocol"), From: v.Get("fromPort"), To: v.Get("toPort"), Blocks: []rule.Value{v.Get("cidrBlock"), v.Get("ipv6CidrBlock")}}},
		action, number,
	}
}

// openTo finds the block from which a rule lets everybody in to a TCP port, unless a rule that AWS asks before denies it to
// the same block.
func openTo(all []entry, e entry, port int) (rule.Value, bool) {
	if !e.action.Is("allow") {
		return rule.Value{}, false
	}
	for _, cidr := range e.open() {
		if e.Reaches(port, tcp) && !deniedBefore(all, e, cidr, port) {
			return cidr, true
		}
	}
	return rule.Value{}, false
}

func deniedBefore(all []entry, e entry, cidr rule.Value, port int) bool {
	for _, other := range all {
		if other.action.Is("deny") && other.number.Int() < e.number.Int() && other.has(cidr.Text()) && other.Reaches(port, tcp) {
			return true
		}
	}
	return false
}

// has tells whether the rule is about a block.
func (e entry) has(cidr string) bool {
	for _, own := range e.Blocks {
		if own.Text() == cidr {
			return true
		}
	}
	return false
}

// portList names ports in a message: ports 22, 3389.
func portList(ports []int) string {
	if len(ports) == 1 {
		return fmt.Sprintf("port %d", ports[0])
	}
	text := "ports"
	for i, port := range ports {
		if i > 0 {
			text += ","
		}
		text += fmt.Sprintf(" %d", port)
	}
	return text
}
