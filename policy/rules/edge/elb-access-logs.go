package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbAccessLogs = rule.Rule{
	ID:         "elb-access-logs",
	Title:      "Access logs enabled",
	Why:        "Without them nobody can say afterwards who asked for what, and when the errors began.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ELB.5"}, Checkov: []string{"CKV_AWS_91"}, CDKNag: []string{"AwsSolutions-ELB2", "NIST:ELBLoggingEnabled"}, Pulumi: []string{"aws-lb-loadbalancer-configure-access-logging", "aws-lb-loadbalancer-enable-access-logging", "aws-alb-loadbalancer-configure-access-logging", "aws-alb-loadbalancer-enable-access-logging"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-5",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer logs into the storage.LogBucket that it is given",
		Plain:   "lb.LoadBalancerArgs{AccessLogs: &lb.LoadBalancerAccessLogsArgs{Enabled: pulumi.Bool(true), Bucket: logs.Bucket}}",
	},
	Types: []string{loadBalancer, albLoadBalancer},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("loadBalancerType").Is("gateway") {
			f.NotApplicable("a gateway load balancer has no access logs")
			return
		}
		f.WantTrue(r.Get("accessLogs.enabled"))
		f.WantSet(r.Get("accessLogs.bucket"), "the name of a bucket")
	},
	Good: []rule.Example{{YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    accessLogs: {enabled: true, bucket: acme-logs}
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
    accessLogs: {enabled: false, bucket: acme-logs}
`}},
}
