package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var wafRateLimit = rule.Rule{
	ID:       "waf-rate-limit",
	Title:    "ACL has a rate-based blocking rule",
	Why:      "One client can guess passwords or wear the service out, as fast as it can send.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl limits the requests of each address",
		Plain:   "a rule with RateBasedStatement and the action block",
	},
	Types: []string{webACL},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !r.Get("ruleJson").Empty() {
			f.NotApplicable("its rules are given as JSON")
			return
		}
		rules := r.Get("rules")
		for _, each := range rules.List() {
			if each.Get("statement.rateBasedStatement").Exists() && each.Get("action.block").Exists() {
				return
			}
		}
		f.Fail(rules, "no rule limits the rate and blocks: expected one")
	},
	Good: []rule.Example{{YAML: `
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
    rules:
      - name: rate
        priority: 1
        action: {block: {}}
        statement: {rateBasedStatement: {limit: 2000, aggregateKeyType: IP}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
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
`}, {Name: "counts only", YAML: `
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
    rules:
      - name: rate
        priority: 1
        action: {count: {}}
        statement: {rateBasedStatement: {limit: 2000, aggregateKeyType: IP}}
`}},
}
