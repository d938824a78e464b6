package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var cloudtrailInsights = rule.Rule{
	ID:       "cloudtrail-insights",
	Title:    "Insight selectors on",
	Why:      "Insights notices calls in unusual numbers, such as a thousand machines started at once.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-insights-events-with-cloudtrail.html",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail has Insights when asked by name",
		Plain:   "cloudtrail.TrailArgs{InsightSelectors: cloudtrail.TrailInsightSelectorArray{...ApiCallRateInsight}}",
	},
	OptIn: "it is billed by the number of events that it looks at",
	Types: []string{trail},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		selectors := r.Get("insightSelectors")
		for _, selector := range selectors.List() {
			if selector.Get("insightType").Is("ApiCallRateInsight") {
				return
			}
		}
		f.Fail(selectors, "no insight of API call rates: expected ApiCallRateInsight")
	},
	Good: []rule.Example{{YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    insightSelectors: [{insightType: ApiCallRateInsight}]
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
`}, {Name: "another", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    insightSelectors: [{insightType: ApiErrorRateInsight}]
`}},
}
