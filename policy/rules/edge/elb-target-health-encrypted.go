package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbTargetHealthEncrypted = rule.Rule{
	ID:         "elb-target-health-encrypted",
	Title:      "Health checks use HTTPS",
	Why:        "A health check over HTTP keeps a plain port open beside the encrypted one.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ELB.21"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-21",
	Fix: rule.Fix{
		Bulwark: "set the protocol of the health check to HTTPS",
		Plain:   `lb.TargetGroupHealthCheckArgs{Protocol: pulumi.String("HTTPS")}`,
	},
	OptIn: "TLS ends at the load balancer in most products, and only its security group reaches the targets",
	Types: []string{targetGroup, albTargetGroup},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("targetType").Is("lambda") {
			f.NotApplicable("a function is called over TLS")
			return
		}
		f.WantOneOf(r.Get("healthCheck.protocol").Upper().Or("HTTP"), "HTTPS", "TLS")
	},
	Good: []rule.Example{{YAML: `
tg:
  type: aws:lb/targetGroup:TargetGroup
  properties:
    port: 8080
    healthCheck: {protocol: HTTPS, path: /healthz}
`}},
	Bad: []rule.Example{{Name: "HTTP", YAML: `
tg:
  type: aws:lb/targetGroup:TargetGroup
  properties:
    port: 8080
    healthCheck: {protocol: HTTP, path: /healthz}
`}, {Name: "the default", YAML: `
tg:
  type: aws:lb/targetGroup:TargetGroup
  properties:
    port: 8080
    protocol: HTTP
`}},
}
