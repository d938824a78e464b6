package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbWafAssociated = rule.Rule{
	ID:         "elb-waf-associated",
	Title:      "Public ALB has a WAF web ACL",
	Why:        "Scanners find a new address within minutes; without a web ACL the service answers all of them.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ELB.16*"}, Checkov: []string{"CKV2_AWS_28"}, CDKNag: []string{"NIST:ALBWAFEnabled"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl takes loadbalancing.NewLoadBalancer",
		Plain:   "wafv2.WebAclAssociationArgs{ResourceArn: loadBalancer.Arn, WebAclArn: acl.Arn}",
	},
	Types: []string{loadBalancer, albLoadBalancer, association},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(loadBalancer, albLoadBalancer), func(lb *rule.Resource) {
			if !application(lb) || lb.Get("internal").Bool() {
				f.NotApplicable("no application load balancer that faces the internet")
				return
			}
			f.WantReferrer(lb, "resourceArn", association)
		})
	},
	Good: []rule.Example{{YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {internal: false}
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
guard:
  type: aws:wafv2/webAclAssociation:WebAclAssociation
  properties: {resourceArn: "${lb.arn}", webAclArn: "${acl.arn}"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
  properties: {internal: false}
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
`}},
}
