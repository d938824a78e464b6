package network

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
)

var vpcSgNoRuleConflict = rule.Rule{
	ID:       "vpc-sg-no-rule-conflict",
	Title:    "Inline rules and rule resources are not mixed",
	Why:      "Inline rules are the whole list: every update takes away the rules that stand apart, and the next one brings them back. The service fails every second time.",
	Severity: rule.Medium,
	References: rule.References{
		Pulumi: []string{"awsguard:securityGroupNoRuleManagementConflicts"},
	},
	Source: "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/",
	Fix: rule.Fix{
		Bulwark: "network.NewSecurityGroup has no inline rules; network.Allow makes each rule a resource",
		Plain:   "vpc.NewSecurityGroupIngressRule and vpc.NewSecurityGroupEgressRule only, and neither Ingress nor Egress in ec2.SecurityGroupArgs",
	},
	Types: []string{securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule, egressRule},
	// After a refresh, the outputs of a group have the rules that stand apart too: only what is not among these is inline.
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(securityGroup, defaultSecurityGroup), func(group *rule.Resource) {
			apart := s.Referrers(group, "securityGroupId", securityGroupRule, ingressRule, egressRule)
			if len(apart) == 0 {
				return
			}
			if !group.Get("id").Known() {
				wantNothingInline(f, group)
				return
			}
			own := map[flow]bool{}
			for _, r := range apart {
				for _, one := range flowsOf(group, r) {
					own[one] = true
				}
			}
			for _, direction := range []string{in, out} {
				f.Each(group.Get(direction), func(v rule.Value) {
					if slices.ContainsFunc(listedFlows(group, direction, v), func(one flow) bool { return !own[one] }) {
						f.Fail(v, "a rule inside the group, which has others that are resources of their own: expected all of them to be resources")
					}
				})
			}
		})
	},
	Good: []rule.Example{{Name: "resources", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
https:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${web.id}", ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 10.0.0.0/16}
out:
  type: aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule
  properties: {securityGroupId: "${web.id}", ipProtocol: "-1", cidrIpv4: 0.0.0.0/0}
`}, {Name: "inline", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0, ingress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [10.0.0.0/16]}]}
`}, {Name: "resources, after a refresh", Deployed: true, YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0, ingress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [10.0.0.0/16]}], egress: []}
https:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${web.id}", ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 10.0.0.0/16}
`}},
	Bad: []rule.Example{{Name: "both", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0, egress: [], ingress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [10.0.0.0/16]}, {protocol: tcp, fromPort: 22, toPort: 22, cidrBlocks: [10.0.0.0/16]}]}
https:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${web.id}", ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 10.0.0.0/16}
`}, {Name: "out inline, in apart", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0, ingress: [], egress: [{protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}]}
https:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${web.id}", ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv4: 10.0.0.0/16}
`}, {Name: "with the older kind of rules", YAML: `
web:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0, egress: [], ingress: [{protocol: tcp, fromPort: 22, toPort: 22, cidrBlocks: [10.0.0.0/16]}]}
https:
  type: aws:ec2/securityGroupRule:SecurityGroupRule
  properties: {securityGroupId: "${web.id}", type: ingress, protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [10.0.0.0/16]}
`}},
}

// wantNothingInline reports the rules inside a group that does not exist yet: none of them can be there by a refresh.
func wantNothingInline(f *rule.Findings, group *rule.Resource) {
	for _, direction := range []string{in, out} {
		if rules := group.Get(direction); !rules.Empty() {
			f.Fail(rules, "rules inside the group, which has others that are resources of their own: expected all of them to be resources")
		}
	}
}

// flow is what one rule of a security group lets through, from or to one peer.
type flow struct {
	direction, protocol string
	from, to            int
	peer                string
}

// flowsOf are those of a rule that is a resource.
func flowsOf(group, r *rule.Resource) []flow {
	if r.Is(securityGroupRule) {
		return listedFlows(group, r.Get("type").Text(), r.Properties)
	}
	direction := in
	if r.Is(egressRule) {
		direction = out
	}
	peers := []rule.Value{r.Get("cidrIpv4"), r.Get("cidrIpv6"), r.Get("prefixListId"), r.Get("referencedSecurityGroupId")}
	return flows(group, opening{openings.Opening{Protocol: r.Get("ipProtocol"), From: r.Get("fromPort"), To: r.Get("toPort")}}, direction, peers)
}

// listedFlows are those of a rule that has its peers as lists.
func listedFlows(group *rule.Resource, direction string, v rule.Value) []flow {
	peers := []rule.Value{v.Get("sourceSecurityGroupId")}
	for _, list := range []string{"cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"} {
		peers = append(peers, v.Get(list).List()...)
	}
	o := opening{openings.Opening{Protocol: v.Get("protocol"), From: v.Get("fromPort"), To: v.Get("toPort")}}
	found := flows(group, o, direction, peers)
	if v.Get("self").Bool() {
		found = append(found, o.flow(direction, "self"))
	}
	return found
}

func flows(group *rule.Resource, o opening, direction string, peers []rule.Value) []flow {
	var found []flow
	for _, peer := range peers {
		switch text := peer.Text(); text {
		case "":
		case group.Get("id").Text():
			found = append(found, o.flow(direction, "self"))
		default:
			found = append(found, o.flow(direction, text))
		}
	}
	return found
}

func (o opening) flow(direction, peer string) flow {
	one := flow{direction: direction, protocol: openings.ProtocolName(o.Protocol), peer: peer}
	if one.protocol != "" {
		one.from, one.to = o.From.Int(), o.To.Int()
	}
	return one
}
