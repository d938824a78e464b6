package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbConnectionLogs = rule.Rule{
	ID:       "elb-connection-logs",
	Title:    "ALB connection logs enabled",
	Why:      "They tell of clients that never get as far as a request: failed handshakes, old TLS versions.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html",
	Fix: rule.Fix{
		Bulwark: "loadbalancing.NewLoadBalancer logs into the storage.LogBucket that it is given",
		Plain:   "lb.LoadBalancerArgs{ConnectionLogs: &lb.LoadBalancerConnectionLogsArgs{Enabled: pulumi.Bool(true), Bucket: logs.Bucket}}",
	},
	Types: []string{loadBalancer, albLoadBalancer},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !application(r) {
			f.NotApplicable("no application load balancer")
			return
		}
		f.WantTrue(r.Get("connectionLogs.enabled"))
	},
	Good: []rule.Example{{YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties:
    connectionLogs: {enabled: true, bucket: acme-logs}
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
    connectionLogs: {enabled: false, bucket: acme-logs}
`}},
}
