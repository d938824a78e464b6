package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbHTTPRedirect = rule.Rule{
	ID:         "elb-http-redirect",
	Title:      "HTTP listeners redirect to HTTPS",
	Why:        "Whatever a browser sends over plain HTTP, cookies and passwords too, can be read on its way.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ELB.1"}, Checkov: []string{"CKV2_AWS_20", "CKV_AWS_2"}, Trivy: []string{"AWS-0054"}, CDKNag: []string{"NIST:ALBHttpToHttpsRedirection"}, Pulumi: []string{"aws-lb-listener-disallow-unencrypted-traffic", "aws-alb-listener-disallow-unencrypted-traffic", "awsguard:albHttpToHttpsRedirection"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer redirects 80 to 443",
		Plain:   `lb.ListenerArgs{DefaultActions: ... Type "redirect", Redirect{Protocol "HTTPS", Port "443", StatusCode "HTTP_301"}}`,
	},
	Types: []string{listener, albListener},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		switch {
		case !protocol(r).Is("HTTP"):
			f.NotApplicable("no HTTP listener")
		case !f.Prod():
			f.NotApplicable("development may do without a domain, and so without a certificate")
		default:
			actions := r.Get("defaultActions")
			f.WantSome(actions, "a redirect to HTTPS")
			f.Each(actions, func(action rule.Value) {
				f.WantOneOf(action.Get("type"), "redirect")
				if action.Get("type").Is("redirect") {
					f.WantOneOf(action.Get("redirect.protocol"), "HTTPS")
				}
			})
		}
	},
	Good: []rule.Example{{YAML: `
web:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/1
    protocol: HTTP
    port: 80
    defaultActions: [{type: redirect, redirect: {protocol: HTTPS, port: "443", statusCode: HTTP_301}}]
`}},
	Bad: []rule.Example{{Name: "forwards", YAML: `
web:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/1
    protocol: HTTP
    port: 80
    defaultActions: [{type: forward, targetGroupArn: tg}]
`}, {Name: "redirects to HTTP", YAML: `
web:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/1
    protocol: HTTP
    port: 80
    defaultActions: [{type: redirect, redirect: {protocol: HTTP, port: "8080", statusCode: HTTP_301}}]
`}},
}
