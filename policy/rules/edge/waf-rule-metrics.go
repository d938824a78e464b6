package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var wafRuleMetrics = rule.Rule{
	ID:         "waf-rule-metrics",
	Title:      "Rules and ACL emit CloudWatch metrics",
	Why:        "A rule without a metric cannot be watched while it counts, and nobody sees what it blocks.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"WAF.12"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-12",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl gives each rule a metric",
		Plain:   "VisibilityConfig with CloudwatchMetricsEnabled true on the ACL and on each rule",
	},
	Types: []string{webACL, ruleGroup},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantTrue(r.Get("visibilityConfig.cloudwatchMetricsEnabled"))
		f.Each(r.Get("rules"), func(each rule.Value) { f.WantTrue(each.Get("visibilityConfig.cloudwatchMetricsEnabled")) })
	},
	Good: []rule.Example{{YAML: `
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
`}},
	Bad: []rule.Example{{Name: "the ACL", YAML: `
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: false, metricName: acl, sampledRequestsEnabled: true}
`}, {Name: "a rule", YAML: `
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
        visibilityConfig: {cloudwatchMetricsEnabled: false, metricName: r1, sampledRequestsEnabled: true}
`}},
}
