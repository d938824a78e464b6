package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var wafRegionalScope = rule.Rule{
	ID:       "waf-regional-scope",
	Title:    "Scope matches use",
	Why:      "A web ACL of CloudFront cannot guard a load balancer; WAF says so in the middle of the deployment.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl is regional",
		Plain:   `wafv2.WebAclArgs{Scope: pulumi.String("REGIONAL")}`,
	},
	Types: []string{webACL, association},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(association), func(a *rule.Resource) {
			for _, acl := range s.Referred(a, "webAclArn", webACL) {
				f.WantOneOf(acl.Get("scope"), "REGIONAL")
			}
		})
	},
	Good: []rule.Example{{YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
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
	Bad: []rule.Example{{Name: "CloudFront", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: CLOUDFRONT
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
guard:
  type: aws:wafv2/webAclAssociation:WebAclAssociation
  properties: {resourceArn: "${lb.arn}", webAclArn: "${acl.arn}"}
`}},
}
