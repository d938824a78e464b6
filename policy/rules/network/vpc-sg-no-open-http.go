package network

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var vpcSgNoOpenHTTP = rule.Rule{
	ID:       "vpc-sg-no-open-http",
	Title:    "No plain HTTP from anywhere (except redirecting ALB)",
	Why:      "What is served on port 80 passes every network in clear, sessions and passwords with it; only an answer that sends the browser to HTTPS belongs there.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"EC2.18"},
		Checkov: []string{"CKV_AWS_260"},
		Pulumi:  []string{"aws-ec2-securitygroup-disallow-inbound-http-traffic"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
	Fix: rule.Fix{
		Bulwark: "serve HTTPS; a load balancer may keep port 80 to redirect to it",
		Plain:   "a redirect to HTTPS as the only action of the lb.Listener on port 80, or no ingress from everywhere on it",
	},
	Types: []string{securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule, loadBalancer, loadBalancerAlias, listener, listenerAlias},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("development may do without a domain, and so without a certificate")
			return
		}
		f.EachResource(s.Of(openingTypes...), func(r *rule.Resource) {
			if r.Is(securityGroup, defaultSecurityGroup) && !r.Get(in).Known() && len(s.Referrers(r, "securityGroupId", ingressRule, securityGroupRule)) > 0 {
				return // it has its rules apart: a preview does not know the others, because there are none
			}
			var open []rule.Value
			eachOpening(r, f, in, func(o opening) {
				open = append(open, slices.DeleteFunc(o.open(), func(rule.Value) bool { return !o.Reaches(80, tcp) })...)
			})
			if len(open) == 0 {
				return
			}
			groups := []*rule.Resource{r}
			if !r.Is(securityGroup, defaultSecurityGroup) {
				groups = s.Referred(r, "securityGroupId", securityGroup, defaultSecurityGroup)
			}
			if len(groups) == 0 {
				f.NotApplicable("its security group is not in the stack")
				return
			}
			for _, cidr := range open {
				if !slices.ContainsFunc(groups, func(group *rule.Resource) bool { return redirects(s, group) }) {
					f.Fail(cidr, "%s reaches port 80: expected a load balancer there that redirects to HTTPS", cidr)
				}
			}
		})
	},
	Good: []rule.Example{{Name: "a load balancer that redirects", YAML: `
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
rule:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${group.id}", ipProtocol: tcp, fromPort: 80, toPort: 80, cidrIpv4: 0.0.0.0/0}
web:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {loadBalancerType: application, securityGroups: ["${group.id}"]}
http:
  type: aws:lb/listener:Listener
  properties: {loadBalancerArn: "${web.arn}", port: 80, protocol: HTTP, defaultActions: [{type: redirect, redirect: {port: "443", protocol: HTTPS, statusCode: HTTP_301}}]}
`}, {Name: "from a network", YAML: `
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
rule:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${group.id}", ipProtocol: tcp, fromPort: 80, toPort: 80, cidrIpv4: 10.0.0.0/16}
`}, {Name: "HTTPS only", YAML: `
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0, ingress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [0.0.0.0/0]}]}
`}},
	Bad: []rule.Example{{Name: "a server", YAML: `
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
rule:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${group.id}", ipProtocol: tcp, fromPort: 80, toPort: 80, cidrIpv4: 0.0.0.0/0}
`}, {Name: "a load balancer that serves", YAML: `
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
rule:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${group.id}", ipProtocol: tcp, fromPort: 80, toPort: 80, cidrIpv4: 0.0.0.0/0}
web:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {loadBalancerType: application, securityGroups: ["${group.id}"]}
http:
  type: aws:lb/listener:Listener
  properties: {loadBalancerArn: "${web.arn}", port: 80, protocol: HTTP, defaultActions: [{type: forward, targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"}]}
`}, {Name: "a redirect to another path of HTTP", YAML: `
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0}
rule:
  type: aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule
  properties: {securityGroupId: "${group.id}", ipProtocol: tcp, fromPort: 80, toPort: 80, cidrIpv4: 0.0.0.0/0}
web:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {loadBalancerType: application, securityGroups: ["${group.id}"]}
http:
  type: aws:lb/listener:Listener
  properties: {loadBalancerArn: "${web.arn}", port: 80, protocol: HTTP, defaultActions: [{type: redirect, redirect: {path: /new, statusCode: HTTP_301}}]}
`}, {Name: "inside the group", YAML: `
group:
  type: aws:ec2/securityGroup:SecurityGroup
  properties: {vpcId: vpc-0123456789abcdef0, ingress: [{protocol: tcp, fromPort: 80, toPort: 443, ipv6CidrBlocks: ["::/0"]}]}
`}},
}

// redirects tells whether a group belongs to load balancers which do nothing on port 80 but redirect to HTTPS.
func redirects(s *rule.Stack, group *rule.Resource) bool {
	balancers := s.Referrers(group, "securityGroups", loadBalancer, loadBalancerAlias)
	for _, balancer := range balancers {
		for _, l := range s.Referrers(balancer, "loadBalancerArn", listener, listenerAlias) {
			if l.Get("port").Int() == 80 && slices.ContainsFunc(l.Get("defaultActions").List(), serves) {
				return false
			}
		}
	}
	return len(balancers) > 0
}

// serves tells whether an action of a listener is anything but a redirect to HTTPS.
func serves(action rule.Value) bool {
	return !action.Get("type").Is("redirect") || !action.Get("redirect.protocol").Is("HTTPS")
}
