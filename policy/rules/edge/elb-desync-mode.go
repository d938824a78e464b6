package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbDesyncMode = rule.Rule{
	ID:         "elb-desync-mode",
	Title:      "Desync mitigation is defensive or strictest",
	Why:        "In monitor mode a request that two servers understand differently goes through, and with it what hides in it.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ELB.12"}, Checkov: []string{"CKV_AWS_328"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-12",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer is defensive unless told otherwise",
		Plain:   `lb.LoadBalancerArgs{DesyncMitigationMode: pulumi.String("defensive")}`,
	},
	Types: []string{loadBalancer, albLoadBalancer},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if mode := r.Get("desyncMitigationMode"); !mode.Empty() {
			f.WantOneOf(mode, "defensive", "strictest")
		}
	},
	Good: []rule.Example{{Name: "the default", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    internal: true
`}, {Name: "strictest", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    desyncMitigationMode: strictest
`}},
	Bad: []rule.Example{{Name: "monitor", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    desyncMitigationMode: monitor
`}},
}
