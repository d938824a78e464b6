package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var elbWafLog4j = rule.Rule{
	ID:         "elb-waf-log4j",
	Title:      "The ALB web ACL has the known-bad-inputs group",
	Why:        "Requests that exploit known holes, Log4Shell among them, are tried on every address on the internet all day.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV2_AWS_76"}},
	Source:     "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl has the group, and blocks",
		Plain:   "a rule with managedRuleGroupStatement AWSManagedRulesKnownBadInputsRuleSet and OverrideAction none in the associated web ACL",
	},
	Types: []string{loadBalancer, albLoadBalancer, webACL, association},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(association), func(a *rule.Resource) {
			if len(s.Referred(a, "resourceArn", loadBalancer, albLoadBalancer)) == 0 {
				f.NotApplicable("guards no load balancer of this stack")
				return
			}
			for _, acl := range s.Referred(a, "webAclArn", webACL) {
				wantGroups(f, acl, knownBadInputs)
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
    rules:
      - name: r1
        priority: 1
        overrideAction: {none: {}}
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesKnownBadInputsRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r1, sampledRequestsEnabled: true}
guard:
  type: aws:wafv2/webAclAssociation:WebAclAssociation
  properties: {resourceArn: "${lb.arn}", webAclArn: "${acl.arn}"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
    rules:
      - name: r1
        priority: 1
        overrideAction: {none: {}}
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesSQLiRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r1, sampledRequestsEnabled: true}
guard:
  type: aws:wafv2/webAclAssociation:WebAclAssociation
  properties: {resourceArn: "${lb.arn}", webAclArn: "${acl.arn}"}
`}, {Name: "counted", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
    rules:
      - name: r1
        priority: 1
        overrideAction: {count: {}}
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesKnownBadInputsRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r1, sampledRequestsEnabled: true}
guard:
  type: aws:wafv2/webAclAssociation:WebAclAssociation
  properties: {resourceArn: "${lb.arn}", webAclArn: "${acl.arn}"}
`}},
}
