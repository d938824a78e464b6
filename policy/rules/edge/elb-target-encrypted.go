package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbTargetEncrypted = rule.Rule{
	ID:         "elb-target-encrypted",
	Title:      "Target groups use HTTPS/TLS",
	Why:        "Behind the load balancer requests cross the network of the VPC in the clear.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ELB.22"}, Checkov: []string{"CKV_AWS_378"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-22",
	Fix: rule.Fix{
		Bulwark: "set the protocol of the target group to HTTPS, and serve TLS in the container",
		Plain:   `lb.TargetGroupArgs{Protocol: pulumi.String("HTTPS")}`,
	},
	OptIn: "TLS ends at the load balancer in most products, and only its security group reaches the targets",
	Types: []string{targetGroup, albTargetGroup},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("targetType").Is("lambda") {
			f.NotApplicable("a function is called over TLS")
			return
		}
		f.WantOneOf(r.Get("protocol"), "HTTPS", "TLS")
	},
	Good: []rule.Example{{YAML: `
tg:
  type: aws:lb/targetGroup:TargetGroup
  properties:
    port: 8080
    protocol: HTTPS
`}},
	Bad: []rule.Example{{Name: "HTTP", YAML: `
tg:
  type: aws:lb/targetGroup:TargetGroup
  properties:
    port: 8080
    protocol: HTTP
`}},
}
