package stack

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var noPublicIPLiteral = rule.Rule{
	ID:       "no-public-ip-literal",
	Title:    "No 0.0.0.0/0 in policies, endpoints or params outside the ALB",
	Why:      "An open range in a policy, a parameter or an IP set opens what was meant to be for a few, and looks harmless in review.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	Fix: rule.Fix{
		Bulwark: "network.Allow takes groups and named peers; only the load balancer is open to the internet",
		Plain:   "name the range or the security group that is meant",
	},
	Types: []string{"*"},
	Params: []rule.Param{{
		Name: "types", Default: []string{
			"aws:ec2/route:Route", "aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable",
			"aws:ec2/networkAcl:NetworkAcl", "aws:ec2/networkAclRule:NetworkAclRule", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
			"aws:ec2/securityGroup:SecurityGroup", "aws:ec2/securityGroupRule:SecurityGroupRule",
			"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
		},
		Description: "Resource types in which an open range may stand: routes to the internet, and what the rules on network access check by their ports.",
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !strings.HasPrefix(r.Type, "aws:") || slices.Contains(f.Texts("types"), r.Type) {
			return
		}
		r.Properties.Literals(func(text rule.Value) {
			if text.Is("0.0.0.0/0", "::/0") {
				f.Fail(text, "%s: expected a range that is not open to the internet", text)
			}
		})
	},
	Good: []rule.Example{{Name: "a route to the internet", YAML: `
out:
  type: aws:ec2/route:Route
  properties: {routeTableId: rtb-1, destinationCidrBlock: 0.0.0.0/0, gatewayId: igw-1}
`}, {Name: "a range that is named", YAML: `
office:
  type: aws:wafv2/ipSet:IpSet
  properties: {scope: REGIONAL, ipAddressVersion: IPV4, addresses: [203.0.113.0/24]}
`}},
	Bad: []rule.Example{{Name: "an IP set", YAML: `
office:
  type: aws:wafv2/ipSet:IpSet
  properties: {scope: REGIONAL, ipAddressVersion: IPV4, addresses: [0.0.0.0/0]}
`}, {Name: "in IPv6", YAML: `
office:
  type: aws:wafv2/ipSet:IpSet
  properties: {scope: REGIONAL, ipAddressVersion: IPV6, addresses: ["::/0"]}
`}},
}
