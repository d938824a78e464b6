package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var wafHasRules = rule.Rule{
	ID:         "waf-has-rules",
	Title:      "Web ACL has at least one rule",
	Why:        "A web ACL without rules lets everything through, and looks like protection in every list.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"WAF.10"}, Checkov: []string{"CKV_AWS_175"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-10",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl has the managed groups and a rate limit",
		Plain:   "wafv2.WebAclArgs{Rules: ...}",
	},
	Types: []string{webACL},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !r.Get("ruleJson").Empty() {
			f.NotApplicable("its rules are given as JSON")
			return
		}
		rules := r.Get("rules")
		f.WantSome(rules, "a rule")
		f.Each(rules, func(each rule.Value) { f.WantSet(each.Get("name"), "a name") })
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
	Bad: []rule.Example{{Name: "none", YAML: `
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
`}, {Name: "an empty list", YAML: `
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
    rules: []
`}},
}
