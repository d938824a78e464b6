package edge

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
)

// onlyTo tells whether a rule opens that one port.
func onlyTo(o openings.Opening, port int) bool {
	from, to := o.Ports()
	return openings.ProtocolName(o.Protocol) != "" && from == port && to == port
}

// toEverybody tells whether a rule lets the whole internet in.
func toEverybody(o openings.Opening) bool {
	for _, block := range o.Blocks {
		if block.Is("0.0.0.0/0", "::/0") {
			return true
		}
	}
	return false
}

// wantWebPorts reports every rule of a group that lets the internet in to more than the ports of the web.
func wantWebPorts(s *rule.Stack, f *rule.Findings, group *rule.Resource) {
	openings.OfGroup(s, f, group, openings.In, func(o openings.Opening) {
		if toEverybody(o) && !onlyTo(o, 80) && !onlyTo(o, 443) {
			from, to := o.Ports()
			f.Fail(o.At, "opens ports %d to %d to the internet: expected 443, and 80 for a redirect", from, to)
		}
	})
}
