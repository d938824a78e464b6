package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbDropInvalidHeaders = rule.Rule{
	ID:         "elb-drop-invalid-headers",
	Title:      "ALB drops invalid header fields",
	Why:        "A header that the load balancer and the server read differently smuggles a second request past every check.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ELB.4"}, Checkov: []string{"CKV_AWS_131"}, Trivy: []string{"AWS-0052"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-4",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer drops them",
		Plain:   "lb.LoadBalancerArgs{DropInvalidHeaderFields: pulumi.Bool(true)}",
	},
	Types: []string{loadBalancer, albLoadBalancer},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !application(r) {
			f.NotApplicable("no application load balancer")
			return
		}
		f.WantTrue(r.Get("dropInvalidHeaderFields"))
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		if application(r) {
			c.Set("dropInvalidHeaderFields", true)
		}
	},
	Good: []rule.Example{{YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    dropInvalidHeaderFields: true
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    internal: true
`}, {Name: "switched off", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    dropInvalidHeaderFields: false
`}},
}
