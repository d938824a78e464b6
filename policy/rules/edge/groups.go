package edge

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

const knownBadInputs = "AWSManagedRulesKnownBadInputsRuleSet"

// coreGroups are the managed groups that every web ACL needs.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
var coreGroups = []string{"AWSManagedRulesCommonRuleSet", "AWSManagedRulesSQLiRuleSet", "AWSManagedRulesAmazonIpReputationList"}

// wantGroups reports every managed group of AWS that the web ACL lacks, or only counts.
func wantGroups(f *rule.Findings, acl *rule.Resource, groups ...string) {
	rules := acl.Get("rules")
	for _, group := range groups {
		named := slices.DeleteFunc(rules.List(), func(r rule.Value) bool {
			return !r.Get("statement.managedRuleGroupStatement.name").Is(group)
		})
		if len(named) == 0 {
			f.Fail(rules, "no rule has the managed group %s: expected one", group)
			continue
		}
		if slices.ContainsFunc(named, func(r rule.Value) bool { return r.Get("overrideAction.count").Exists() }) {
			f.Fail(rules, "the managed group %s is only counted: expected it to block", group)
		}
	}
}
