package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbTargetHealthCheck = rule.Rule{
	ID:         "elb-target-health-check",
	Title:      "Target groups define a health check",
	Why:        "The default asks for /, which often answers although the service behind it is broken.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV_AWS_261"}},
	Source:     "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
	Fix: rule.Fix{
		Bulwark: "the target group of loadbalancing.NewLoadBalancer has a health check with a path",
		Plain:   `lb.TargetGroupHealthCheckArgs{Path: pulumi.String("/healthz")}`,
	},
	Types: []string{targetGroup, albTargetGroup},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !r.Get("protocol").Is("HTTP", "HTTPS") {
			f.NotApplicable("no HTTP target group")
			return
		}
		f.WantNotFalse(r.Get("healthCheck.enabled"))
		if !r.Get("healthCheck.protocol").Upper().Or("HTTP").Is("TCP") {
			f.WantSet(r.Get("healthCheck.path"), "a path such as /healthz")
		}
	},
	Good: []rule.Example{{YAML: `
tg:
  type: aws:lb/targetGroup:TargetGroup
  properties:
    port: 8080
    protocol: HTTP
    healthCheck: {path: /healthz}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
tg:
  type: aws:lb/targetGroup:TargetGroup
  properties:
    port: 8080
    protocol: HTTP
`}, {Name: "switched off", YAML: `
tg:
  type: aws:lb/targetGroup:TargetGroup
  properties:
    port: 8080
    protocol: HTTP
    healthCheck: {enabled: false, path: /healthz}
`}},
}
