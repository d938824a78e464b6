package edge

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var elbAcmCertificate = rule.Rule{
	ID:         "elb-acm-certificate",
	Title:      "HTTPS listeners have an ACM certificate",
	Why:        "A certificate from ACM renews itself; one that somebody uploaded runs out on a Sunday.",
	Severity:   rule.Medium,
	References: rule.References{CDKNag: []string{"NIST:ELBv2ACMCertificateRequired"}},
	Source:     "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer takes a certificate of ACM, or asks for one",
		Plain:   "lb.ListenerArgs{CertificateArn: certificate.Arn}",
	},
	Types: []string{listener, albListener},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !protocol(r).Is("HTTPS", "TLS") {
			f.NotApplicable("no encrypted listener")
			return
		}
		certificate := r.Get("certificateArn")
		if arn := certificate.Text(); !strings.HasPrefix(arn, "arn:") || !strings.Contains(arn, ":acm:") {
			f.Fail(certificate, "%s: expected the ARN of a certificate of ACM", certificate)
		}
	},
	Good: []rule.Example{{YAML: `
web:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/1
    protocol: HTTPS
    certificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/c
    defaultActions: [{type: forward, targetGroupArn: tg}]
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
web:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/1
    protocol: HTTPS
    defaultActions: [{type: forward, targetGroupArn: tg}]
`}, {Name: "one of IAM", YAML: `
web:
  type: aws:lb/listener:Listener
  properties:
    loadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/acme/1
    protocol: HTTPS
    certificateArn: arn:aws:iam::111122223333:server-certificate/c
    defaultActions: [{type: forward, targetGroupArn: tg}]
`}},
}
