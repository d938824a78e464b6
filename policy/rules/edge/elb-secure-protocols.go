package edge

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var elbSecureProtocols = rule.Rule{
	ID:         "elb-secure-protocols",
	Title:      "A load balancer has only TLS listeners besides redirects",
	Why:        "One plain listener beside the encrypted one is enough: whoever can choose takes the plain one.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ELB.18"}, Checkov: []string{"CKV_AWS_2"}, Trivy: []string{"AWS-0054"}, CDKNag: []string{"NIST:ELBTlsHttpsListenersOnly"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-18",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer has an HTTPS listener, and one that redirects to it",
		Plain:   "an lb.Listener with protocol HTTPS or TLS, and no other that forwards",
	},
	Types: []string{loadBalancer, albLoadBalancer, listener, albListener},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(loadBalancer, albLoadBalancer), func(lb *rule.Resource) {
			if lb.Get("loadBalancerType").Is("gateway") {
				f.NotApplicable("a gateway load balancer passes packets on")
				return
			}
			encrypted := false
			for _, l := range s.Of(listener, albListener) {
				switch protocol := protocol(l); {
				case !slices.Contains(s.Referred(l, "loadBalancerArn", loadBalancer, albLoadBalancer), lb):
				case protocol.Is("HTTPS", "TLS"):
					encrypted = true
				case slices.ContainsFunc(l.Get("defaultActions").List(), func(a rule.Value) bool { return a.Get("type").Is("forward") }):
					f.Fail(l, "forwards what comes over %s: expected HTTPS or TLS, or a redirect to it", protocol)
				}
			}
			if !encrypted {
				f.Fail(lb, "has no HTTPS or TLS listener: expected one")
			}
		})
	},
	Good: []rule.Example{{YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
secure:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: ${lb.arn}
    protocol: HTTPS
    defaultActions: [{type: forward, targetGroupArn: tg}]
plain:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: ${lb.arn}
    protocol: HTTP
    defaultActions: [{type: redirect, redirect: {protocol: HTTPS, statusCode: HTTP_301}}]
`}},
	Bad: []rule.Example{{Name: "no HTTPS", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
plain:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: ${lb.arn}
    protocol: HTTP
    defaultActions: [{type: redirect, redirect: {protocol: HTTPS, statusCode: HTTP_301}}]
`}, {Name: "forwards HTTP too", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
secure:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: ${lb.arn}
    protocol: HTTPS
    defaultActions: [{type: forward, targetGroupArn: tg}]
plain:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: ${lb.arn}
    protocol: HTTP
    defaultActions: [{type: forward, targetGroupArn: tg}]
`}, {Name: "no listener", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
`}},
}
