package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbMultiAz = rule.Rule{
	ID:         "elb-multi-az",
	Title:      "Load balancer spans two or more AZs",
	Why:        "In one zone it goes down with the zone.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ELB.13"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-13",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer spans the zones of its network",
		Plain:   "lb.LoadBalancerArgs{Subnets: ...} with subnets of two zones or more",
	},
	Types: []string{loadBalancer, albLoadBalancer},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		subnets := r.Get("subnets")
		number := len(subnets.Texts())
		for _, id := range r.All("subnetMappings[*].subnetId") {
			if id.Text() != "" {
				number++
			}
		}
		if number < 2 {
			f.Fail(subnets, "%s: expected subnets of two zones or more", subnets)
		}
	},
	Good: []rule.Example{{YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    subnets: [subnet-1, subnet-2]
`}, {Name: "mappings", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    subnetMappings: [{subnetId: subnet-1}, {subnetId: subnet-2}]
`}},
	Bad: []rule.Example{{Name: "one", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    subnets: [subnet-1]
`}, {Name: "none", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    internal: true
`}},
}
