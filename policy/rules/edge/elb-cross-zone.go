package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbCrossZone = rule.Rule{
	ID:         "elb-cross-zone",
	Title:      "NLB/GWLB cross-zone load balancing",
	Why:        "Without it the targets of one zone carry half of the traffic, however few they are.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV_AWS_152"}},
	Source:     "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing",
	Fix: rule.Fix{
		Bulwark: "application load balancers do it by themselves",
		Plain:   "lb.LoadBalancerArgs{EnableCrossZoneLoadBalancing: pulumi.Bool(true)}",
	},
	Types: []string{loadBalancer, albLoadBalancer},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if application(r) {
			f.NotApplicable("application load balancers do it always")
			return
		}
		f.WantTrue(r.Get("enableCrossZoneLoadBalancing"))
	},
	Good: []rule.Example{{YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    loadBalancerType: network
    enableCrossZoneLoadBalancing: true
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    loadBalancerType: network
`}},
}
