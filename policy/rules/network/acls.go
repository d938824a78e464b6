package network

import (
	"fmt"
	"net/netip"
	"slices"

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
		return []entry{entryOf(r.Properties, r.Get("ruleAction").Lower(), r.Get("ruleNumber"))}
	}
	var all []entry
	for _, v := range r.Get("ingress").List() {
		all = append(all, entryOf(v, v.Get("action").Lower(), v.Get("ruleNo")))
	}
	return all
}

func entryOf(v, action, number rule.Value) entry {
	return entry{
		opening{openings.Opening{At: v, Protocol: v.Get("protocol"), From: v.Get("fromPort"), To: v.Get("toPort"), Blocks: []rule.Value{v.Get("cidrBlock"), v.Get("ipv6CidrBlock")}}},
		action, number,
	}
}

// openTo finds the block from which a rule lets everybody in to a port, over TCP or UDP.
func (e entry) openTo(port int) (rule.Value, bool) {
	if !e.action.Is("allow") {
		return rule.Value{}, false
	}
	for _, cidr := range e.open() {
		if e.Reaches(port, tcp, udp) {
			return cidr, true
		}
	}
	return rule.Value{}, false
}

// together are all rules of the ACL that a resource is, or that it belongs to.
func together(s *rule.Stack, r *rule.Resource) []entry {
	acls := []*rule.Resource{r}
	if r.Is(networkACLRule) {
		acls = s.Referred(r, "networkAclId", networkACL, defaultNetworkACL)
	}
	var all []entry
	for _, acl := range acls {
		all = append(all, entries(acl)...)
		for _, apart := range s.Referrers(acl, "networkAclId", networkACLRule) {
			all = append(all, entries(apart)...)
		}
	}
	if len(acls) > 0 {
		return all
	}
	// Of an ACL elsewhere: the other rules that name it.
	for _, other := range s.Of(networkACLRule) {
		if id := other.Get("networkAclId"); id.Known() && id.Is(r.Get("networkAclId").Text()) {
			all = append(all, entries(other)...)
		}
	}
	return all
}

// deniedBefore tells whether rules that AWS asks before deny what a rule lets in to a port: to the same block or a wider
// one, over every protocol that the rule is about.
func deniedBefore(all []entry, e entry, cidr rule.Value, port int) bool {
	for _, protocol := range []string{tcp, udp} {
		if !e.Reaches(port, protocol) {
			continue
		}
		denied := slices.ContainsFunc(all, func(other entry) bool {
			return other.action.Is("deny") && other.number.Int() < e.number.Int() && other.covers(cidr.Text()) && other.Reaches(port, protocol)
		})
		if !denied {
			return false
		}
	}
	return true
}

// covers tells whether the rule is about all of a block.
func (e entry) covers(cidr string) bool {
	block, err := netip.ParsePrefix(cidr)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(e.Blocks, func(own rule.Value) bool {
		wide, err := netip.ParsePrefix(own.Text())
		return err == nil && wide.Bits() <= block.Bits() && wide.Contains(block.Addr())
	})
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
