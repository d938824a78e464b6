package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var wafRuleActions = rule.Rule{
	ID:         "waf-rule-actions",
	Title:      "Every rule has an action",
	Why:        "A rule without an action is refused by WAF in the middle of the deployment.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV_AWS_342"}},
	Source:     "https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl gives each rule an action",
		Plain:   "Action on rules with a statement of their own, OverrideAction on those that name a group",
	},
	Types: []string{webACL, ruleGroup},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.Each(r.Get("rules"), func(each rule.Value) {
			for _, action := range []string{
				"action.allow", "action.block", "action.count", "action.captcha", "action.challenge", "overrideAction.none", "overrideAction.count",
			} {
				if each.Get(action).Exists() {
					return
				}
			}
			f.Fail(each, "has neither action nor overrideAction: expected one")
		})
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
        overrideAction: {count: {}}
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesKnownBadInputsRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r1, sampledRequestsEnabled: true}
`}, {Name: "an action", YAML: `
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
    rules: [{name: a, priority: 1, action: {block: {customResponse: {responseCode: 403}}}, statement: {geoMatchStatement: {countryCodes: [KP]}}}]
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
    rules: [{name: a, priority: 1, statement: {geoMatchStatement: {countryCodes: [KP]}}}]
`}},
}
