package edge

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var wafLogRedaction = rule.Rule{
	ID:       "waf-log-redaction",
	Title:    "WAF logs redact authorization and cookie headers",
	Why:      "A log with session cookies and tokens lets whoever reads it act as any user.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/waf/latest/developerguide/logging-management-configure.html",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl always redacts both",
		Plain:   "wafv2.WebAclLoggingConfigurationArgs{RedactedFields: ...SingleHeader authorization, cookie}",
	},
	Params: []rule.Param{{Name: "headers", Default: []string{"authorization", "cookie"}, Description: "Headers that logs do not show."}},
	Types:  []string{loggingConfiguration},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		fields := r.Get("redactedFields")
		var redacted []string
		for _, field := range fields.List() {
			redacted = append(redacted, strings.ToLower(field.Get("singleHeader.name").Text()))
		}
		for _, header := range f.Texts("headers") {
			if !slices.Contains(redacted, strings.ToLower(header)) {
				f.Fail(fields, "does not redact the header %s: expected it to", header)
			}
		}
	},
	Good: []rule.Example{{YAML: `
log:
  type: aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration
  properties:
    resourceArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acme/1
    redactedFields: [{singleHeader: {name: authorization}}, {singleHeader: {name: cookie}}]
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
log:
  type: aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration
  properties:
    resourceArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acme/1
    logDestinationConfigs: [arn:aws:s3:::aws-waf-logs-acme]
`}, {Name: "one of them", YAML: `
log:
  type: aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration
  properties:
    resourceArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acme/1
    redactedFields: [{singleHeader: {name: cookie}}]
`}},
}
