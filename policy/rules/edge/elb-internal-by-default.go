package edge

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var elbInternalByDefault = rule.Rule{
	ID:         "elb-internal-by-default",
	Title:      "Load balancers are internal unless allow-listed",
	Why:        "A load balancer that faces the internet by mistake puts an internal service on the internet.",
	Severity:   rule.High,
	References: rule.References{Trivy: []string{"AWS-0053"}},
	Source:     "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#load-balancer-scheme",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer says by its Scheme whether it is internal",
		Plain:   "lb.LoadBalancerArgs{Internal: pulumi.Bool(true)}",
	},
	OptIn:  "a product for the public has one on purpose: turn it on where there should be none, or list those that there are",
	Params: []rule.Param{{Name: "public", Default: []string{}, Description: "Names within the stack of load balancers that may face the internet."}},
	Types:  []string{loadBalancer, albLoadBalancer},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		switch {
		case slices.Contains(f.Texts("public"), r.Name):
		case r.Get("loadBalancerType").Is("gateway"):
			f.NotApplicable("a gateway load balancer is behind an endpoint")
		default:
			f.WantTrue(r.Get("internal"))
		}
	},
	Good: []rule.Example{{YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    internal: true
`}, {Name: "on the list", Params: map[string]any{"public": []string{"lb"}}, YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    internal: false
`}},
	Bad: []rule.Example{{Name: "faces the internet", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    internal: false
`}, {Name: "the default", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    idleTimeout: 60
`}},
}
