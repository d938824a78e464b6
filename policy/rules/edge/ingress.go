package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

// opening is a rule that lets the whole internet in to ports of a security group.
type opening struct {
	at       rule.Place
	from, to int
}

// only tells whether the rule opens that one port.
func (o opening) only(port int) bool { return o.from == port && o.to == port }

// openIngress are the rules of a group that let the whole internet in, in whichever way they are written down.
func openIngress(s *rule.Stack, group *rule.Resource) []opening {
	var found []opening
	add := func(at rule.Place, protocol, from, to rule.Value, blocks ...rule.Value) {
		for _, block := range blocks {
			if !block.Is("0.0.0.0/0", "::/0") {
				continue
			}
			o := opening{at: at, from: from.Int(), to: to.Int()}
			if protocol.Is("-1", "all") {
				o.from, o.to = 0, 65535
			}
			found = append(found, o)
			return
		}
	}
	lists := func(r rule.Value) []rule.Value {
		return append(r.Get("cidrBlocks").List(), r.Get("ipv6CidrBlocks").List()...)
	}
	apart := s.Referrers(group, "securityGroupId", ingressRule, securityGroupRule)
	for _, r := range apart {
		switch {
		case r.Is(ingressRule):
			add(r, r.Get("ipProtocol"), r.Get("fromPort"), r.Get("toPort"), r.Get("cidrIpv4"), r.Get("cidrIpv6"))
		case r.Get("type").Is("ingress"):
			add(r, r.Get("protocol"), r.Get("fromPort"), r.Get("toPort"), lists(r.Properties)...)
		}
	}
	inline := group.Get("ingress")
	if len(apart) > 0 && !inline.Known() {
		return found // nothing of it was set: a preview does not know what AWS will answer
	}
	for _, r := range inline.List() {
		add(r, r.Get("protocol"), r.Get("fromPort"), r.Get("toPort"), lists(r)...)
	}
	return found
}
