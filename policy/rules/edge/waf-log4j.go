package edge

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var wafLog4j = rule.Rule{
	ID:         "waf-log4j",
	Title:      "ACL has KnownBadInputs (log4j)",
	Why:        "Log4Shell is tried on every address on the internet to this day.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_192"}},
	Source:     "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl has the group, and blocks",
		Plain:   "a rule with managedRuleGroupStatement AWSManagedRulesKnownBadInputsRuleSet and OverrideAction none",
	},
	Types: []string{webACL},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !r.Get("ruleJson").Empty() {
			f.NotApplicable("its rules are given as JSON")
			return
		}
		wantGroups(f, r, knownBadInputs)
		f.Each(r.Get("rules"), func(each rule.Value) {
			for _, override := range each.Get("statement.managedRuleGroupStatement.ruleActionOverrides").List() {
				if strings.HasPrefix(override.Get("name").Text(), "Log4JRCE") && override.Get("actionToUse.block").Empty() {
					f.Fail(override, "takes the block from %s: expected it to stay", override.Get("name"))
				}
			}
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
    rules:
      - name: r1
        priority: 1
        overrideAction: {none: {}}
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesSQLiRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r1, sampledRequestsEnabled: true}
`}, {Name: "counted", YAML: `
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
`}, {Name: "Log4Shell counted", YAML: `
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
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesKnownBadInputsRuleSet, ruleActionOverrides: [{name: Log4JRCE_HEADER, actionToUse: {count: {customRequestHandling: {insertHeaders: [{name: a, value: b}]}}}}]}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r1, sampledRequestsEnabled: true}
`}},
}
