package stack

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var noIgnoreChangesSecurity = rule.Rule{
	ID:       "no-ignore-changes-security",
	Title:    "ignoreChanges never hides a security property",
	Why:      "Whoever opens the property by hand in the console has it open for good: no run ever sees the difference.",
	Severity: rule.Medium,
	Source:   "https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/",
	Fix: rule.Fix{
		Bulwark: "the components ignore no security property; give the value as an argument",
		Plain:   "take the property out of pulumi.IgnoreChanges, and give it the value that it shall have",
	},
	Types: []string{"*"},
	Params: []rule.Param{{
		Name: "words", Default: []string{
			"policy", "policies", "publicaccess", "publiclyaccessible", "encrypt", "kms", "ingress", "egress", "cidr", "securitygroup",
			"blockpublic", "ignorepublic", "restrictpublic", "acl", "versioning", "logging", "tls", "ssl",
		},
		Description: "Parts of property names that count as security; case does not count.",
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		for _, path := range r.Options.IgnoreChanges {
			if path == "*" {
				f.Fail(r, "ignores every change: expected none of a security property")
				continue
			}
			for _, word := range f.Texts("words") {
				if strings.Contains(strings.ToLower(path), word) {
					f.Fail(r, "ignores changes of %s: expected none of a security property", path)
					break
				}
			}
		}
	},
	Good: []rule.Example{{YAML: `
app:
  type: aws:ecs/service:Service
  properties: {desiredCount: 2}
  options: {ignoreChanges: [desiredCount]}
`}},
	Bad: []rule.Example{{Name: "a policy", YAML: `
rules:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties: {bucket: acme-audio}
  options: {ignoreChanges: [policy]}
`}, {Name: "everything", YAML: `
app:
  type: aws:ecs/service:Service
  properties: {desiredCount: 2}
  options: {ignoreChanges: ["*"]}
`}},
}
