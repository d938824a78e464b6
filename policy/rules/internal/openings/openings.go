package openings

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// The types that have rules of security groups.
const (
	SecurityGroup        = "aws:ec2/securityGroup:SecurityGroup"
	DefaultSecurityGroup = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
	SecurityGroupRule    = "aws:ec2/securityGroupRule:SecurityGroupRule"
	IngressRule          = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	EgressRule           = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
)

// The directions in which rules let something through.
const (
	In  = "ingress"
	Out = "egress"
)

// The protocols that have ports, by name.
const (
	TCP = "tcp"
	UDP = "udp"
)

// LastPort is the highest port there is.
const LastPort = 65535

// Opening is one rule of a security group, in whichever way it is written down.
type Opening struct {
	At                 rule.Place
	Protocol, From, To rule.Value
	// Blocks are the CIDR blocks, IPv4 and IPv6; some may be empty.
	Blocks      []rule.Value
	Description rule.Value
}

// Each calls judge for every rule of the direction that a resource has, or is.
func Each(r *rule.Resource, f *rule.Findings, direction string, judge func(Opening)) {
	switch {
	case r.Is(IngressRule, EgressRule):
		if r.Is(IngressRule) == (direction == In) {
			judge(Opening{r, r.Get("ipProtocol"), r.Get("fromPort"), r.Get("toPort"), []rule.Value{r.Get("cidrIpv4"), r.Get("cidrIpv6")}, r.Get("description")})
		}
	case r.Is(SecurityGroupRule):
		if r.Get("type").Is(direction) {
			judge(listed(r, r.Properties))
		}
	default:
		f.Each(r.Get(direction), func(v rule.Value) { judge(listed(v, v)) })
	}
}

// listed is a rule that has its blocks as lists.
func listed(at rule.Place, v rule.Value) Opening {
	return Opening{at, v.Get("protocol"), v.Get("fromPort"), v.Get("toPort"), append(v.Get("cidrBlocks").List(), v.Get("ipv6CidrBlocks").List()...), v.Get("description")}
}

// OfGroup calls judge for every rule of the direction that a group has: its own, and those apart from it.
func OfGroup(s *rule.Stack, f *rule.Findings, group *rule.Resource, direction string, judge func(Opening)) {
	apart := s.Referrers(group, "securityGroupId", IngressRule, EgressRule, SecurityGroupRule)
	for _, r := range apart {
		Each(r, f, direction, judge)
	}
	if len(apart) > 0 && !group.Get(direction).Known() {
		return // nothing of it was set: a preview does not know what AWS will answer
	}
	Each(group, f, direction, judge)
}

// ProtocolName is a protocol by its name; empty for all protocols.
func ProtocolName(v rule.Value) string {
	switch text := strings.ToLower(v.Text()); text {
	case "-1", "all":
		return ""
	case "6":
		return TCP
	case "17":
		return UDP
	default:
		return text
	}
}

// Ports are the range of a rule. Without numbers it is all of them.
func (o Opening) Ports() (from, to int) {
	from, to = max(o.From.IntOr(0), 0), o.To.IntOr(LastPort)
	if to < 0 {
		to = LastPort
	}
	return from, to
}

// Reaches tells whether the rule is about a port of one of the protocols.
func (o Opening) Reaches(port int, protocols ...string) bool {
	protocol := ProtocolName(o.Protocol)
	if protocol == "" {
		return true
	}
	if !slices.Contains(protocols, protocol) {
		return false
	}
	from, to := o.Ports()
	return from <= port && port <= to
}
