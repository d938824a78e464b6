package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var wafCoreGroups = rule.Rule{
	ID:       "waf-core-groups",
	Title:    "ACL has the core managed groups",
	Why:      "Injection, known bad addresses and what scanners send are blocked by groups that AWS keeps up to date.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl has them, and blocks",
		Plain:   "rules with the managed groups AWSManagedRulesCommonRuleSet, AWSManagedRulesSQLiRuleSet and AWSManagedRulesAmazonIpReputationList and OverrideAction none",
	},
	Params: []rule.Param{{Name: "groups", Default: coreGroups, Description: "Managed rule groups that a web ACL has to have, and that block."}},
	Types:  []string{webACL},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !r.Get("ruleJson").Empty() {
			f.NotApplicable("its rules are given as JSON")
			return
		}
		wantGroups(f, r, f.Texts("groups")...)
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
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesCommonRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r1, sampledRequestsEnabled: true}
      - name: r2
        priority: 2
        overrideAction: {none: {}}
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesSQLiRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r2, sampledRequestsEnabled: true}
      - name: r3
        priority: 3
        overrideAction: {none: {}}
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesAmazonIpReputationList}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r3, sampledRequestsEnabled: true}
`}},
	Bad: []rule.Example{{Name: "one is missing", YAML: `
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
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesCommonRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r1, sampledRequestsEnabled: true}
      - name: r2
        priority: 2
        overrideAction: {none: {}}
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesSQLiRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r2, sampledRequestsEnabled: true}
`}, {Name: "one is counted", YAML: `
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
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesCommonRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r1, sampledRequestsEnabled: true}
      - name: r2
        priority: 2
        overrideAction: {none: {}}
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesSQLiRuleSet}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r2, sampledRequestsEnabled: true}
      - name: r3
        priority: 3
        overrideAction: {none: {}}
        statement: {managedRuleGroupStatement: {vendorName: AWS, name: AWSManagedRulesAmazonIpReputationList}}
        visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: r3, sampledRequestsEnabled: true}
`}},
}
