package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var logsRetention = rule.Rule{
	ID:         "logs-retention",
	Title:      "Log groups have retention",
	Why:        "Without it a log group keeps everything for ever and is paid for it for ever; with too little of it the evidence of a break-in is gone before anybody looks.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"CloudWatch.16*"}, Checkov: []string{"CKV_AWS_66", "CKV_AWS_338"}, CDKNag: []string{"NIST:CloudWatchLogGroupRetentionPeriod"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16",
	Fix: rule.Fix{
		Bulwark: "every log group that a component makes has a retention",
		Plain:   "cloudwatch.LogGroupArgs{RetentionInDays: pulumi.Int(365)}",
	},
	Params: []rule.Param{{Name: "days", Default: 365, Min: 1, Max: 3653, Description: "Days for which log groups keep logs at least, at profile prod."}},
	Types:  []string{logGroup},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		days := r.Get("retentionInDays")
		switch {
		case days.Int() == 0:
			f.Fail(days, "%s: expected a number of days, as 0 and none keep logs for ever", days)
		case f.Prod():
			f.WantAtLeast(days, f.Int("days"), "days")
		}
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		if r.Get("retentionInDays").Int() == 0 {
			c.Set("retentionInDays", 365)
		}
	},
	Good: []rule.Example{{YAML: `
group: {type: aws:cloudwatch/logGroup:LogGroup, properties: {retentionInDays: 365}}
`}, {Name: "a short one in development", Profile: rule.Dev, YAML: `
group: {type: aws:cloudwatch/logGroup:LogGroup, properties: {retentionInDays: 14}}
`}, {Name: "as configured", Params: map[string]any{"days": 30}, YAML: `
group: {type: aws:cloudwatch/logGroup:LogGroup, properties: {retentionInDays: 30}}
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
group: {type: aws:cloudwatch/logGroup:LogGroup, properties: {name: app}}
`}, {Name: "for ever", YAML: `
group: {type: aws:cloudwatch/logGroup:LogGroup, properties: {retentionInDays: 0}}
`}, {Name: "too short", YAML: `
group: {type: aws:cloudwatch/logGroup:LogGroup, properties: {retentionInDays: 30}}
`}},
}
