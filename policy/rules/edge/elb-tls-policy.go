package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbTLSPolicy = rule.Rule{
	ID:         "elb-tls-policy",
	Title:      "Listeners use a recommended TLS policy",
	Why:        "Old TLS versions and ciphers have known attacks; the policy of the listener decides what a client may bring.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ELB.17"}, Checkov: []string{"CKV_AWS_103", "CKV2_AWS_74"}, Trivy: []string{"AWS-0047"}, Pulumi: []string{"aws-lb-listener-configure-secure-tls", "aws-alb-listener-configure-secure-tls"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer takes TLS 1.3 and 1.2 only",
		Plain:   `lb.ListenerArgs{SslPolicy: pulumi.String("ELBSecurityPolicy-TLS13-1-2-Res-2021-06")}`,
	},
	Params: []rule.Param{{Name: "policies", Default: tlsPolicies, Description: "Security policies that a listener may have."}},
	Types:  []string{listener, albListener},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !protocol(r).Is("HTTPS", "TLS") {
			f.NotApplicable("no encrypted listener")
			return
		}
		f.WantOneOf(r.Get("sslPolicy"), f.Texts("policies")...)
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		if protocol(r).Is("HTTPS", "TLS") && !r.Get("sslPolicy").Is(c.Texts("policies")...) {
			c.Set("sslPolicy", recommendedPolicy)
		}
	},
	Good: []rule.Example{{YAML: `
web:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/1
    protocol: HTTPS
    sslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-2021-06
    defaultActions: [{type: forward, targetGroupArn: tg}]
`}},
	Bad: []rule.Example{{Name: "the default", YAML: `
web:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/1
    protocol: HTTPS
    defaultActions: [{type: forward, targetGroupArn: tg}]
`}, {Name: "an old one", YAML: `
web:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/1
    protocol: HTTPS
    sslPolicy: ELBSecurityPolicy-2016-08
    defaultActions: [{type: forward, targetGroupArn: tg}]
`}},
}
