package edge

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var wafLogDestinationName = rule.Rule{
	ID:       "waf-log-destination-name",
	Title:    "WAF log destination name starts with aws-waf-logs-",
	Why:      "WAF delivers to no destination with another name, and says so when it is too late for the plan.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewLogBucket names its bucket so",
		Plain:   "begin the name of the bucket, log group or stream with aws-waf-logs-",
	},
	Types: []string{loggingConfiguration},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantSome(r.Get("logDestinationConfigs"), "a destination")
		f.Each(r.Get("logDestinationConfigs"), func(arn rule.Value) {
			text := arn.Text()
			if name := text[strings.LastIndexAny(strings.TrimSuffix(text, ":*"), ":/")+1:]; !strings.HasPrefix(name, "aws-waf-logs-") {
				f.Fail(arn, "%s: expected a name that begins with aws-waf-logs-", arn)
			}
		})
	},
	Good: []rule.Example{{Name: "a bucket", YAML: `
log:
  type: aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration
  properties:
    resourceArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acme/1
    logDestinationConfigs: [arn:aws:s3:::aws-waf-logs-acme]
`}, {Name: "a log group", YAML: `
log:
  type: aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration
  properties:
    resourceArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acme/1
    logDestinationConfigs: ["arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-acme"]
`}},
	Bad: []rule.Example{{Name: "another name", YAML: `
log:
  type: aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration
  properties:
    resourceArn: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acme/1
    logDestinationConfigs: [arn:aws:s3:::acme-logs]
`}},
}
