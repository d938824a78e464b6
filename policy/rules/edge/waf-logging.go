package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var wafLogging = rule.Rule{
	ID:         "waf-logging",
	Title:      "Web ACL logging configured",
	Why:        "Why a request was blocked is in the log or nowhere, and so is what was let through.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"WAF.11*"}, Checkov: []string{"CKV2_AWS_31"}, CDKNag: []string{"NIST:WAFv2LoggingEnabled"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-11",
	Fix: rule.Fix{
		Bulwark: "waf.NewWebAcl logs into the storage.LogBucket or log group that it is given",
		Plain:   "wafv2.WebAclLoggingConfigurationArgs{ResourceArn: acl.Arn, LogDestinationConfigs: ...}",
	},
	Types: []string{webACL, loggingConfiguration},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(webACL), func(acl *rule.Resource) { f.WantReferrer(acl, "resourceArn", loggingConfiguration) })
	},
	Good: []rule.Example{{YAML: `
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
log:
  type: aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration
  properties: {resourceArn: "${acl.arn}", logDestinationConfigs: [arn:aws:s3:::aws-waf-logs-acme]}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
acl:
  type: aws:wafv2/webAcl:WebAcl
  properties:
    scope: REGIONAL
    defaultAction: {allow: {}}
    visibilityConfig: {cloudwatchMetricsEnabled: true, metricName: acl, sampledRequestsEnabled: true}
`}},
}
