package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbDeletionProtection = rule.Rule{
	ID:         "elb-deletion-protection",
	Title:      "Deletion protection enabled",
	Why:        "A load balancer that is deleted takes its address along; every client is cut off until DNS follows.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ELB.6"}, Checkov: []string{"CKV_AWS_150"}, CDKNag: []string{"NIST:ELBDeletionProtectionEnabled"}, Pulumi: []string{"awsguard:elbDeletionProtectionEnabled"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-6",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer is protected when permanent",
		Plain:   "lb.LoadBalancerArgs{EnableDeletionProtection: pulumi.Bool(true)}",
	},
	Types: []string{loadBalancer, albLoadBalancer},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("only in prod: development stacks may be thrown away")
			return
		}
		f.WantTrue(r.Get("enableDeletionProtection"))
	},
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("enableDeletionProtection", true) },
	Good: []rule.Example{{YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    enableDeletionProtection: true
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    internal: true
`}},
}
