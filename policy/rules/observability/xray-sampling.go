package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var xraySampling = rule.Rule{
	ID:       "xray-sampling",
	Title:    "X-Ray sampling is explicit",
	Why:      "Tracing every request costs more than the service on a busy day; a rate that nobody chose shows on the bill first.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html",
	Fix: rule.Fix{
		Plain: "xray.SamplingRuleArgs{FixedRate: pulumi.Float64(0.05)}",
	},
	Params: []rule.Param{{Name: "percent", Default: 20, Min: 0, Max: 100, Description: "Percent of the requests, beyond the reservoir, that may be traced."}},
	Types:  []string{"aws:xray/samplingRule:SamplingRule"},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		rate, most := r.Get("fixedRate"), f.Int("percent")
		if percent := rate.Float() * 100; percent < 0 || percent > float64(most) {
			f.Fail(rate, "%s: expected 0 to %.2f", rate, float64(most)/100)
		}
	},
	Good: []rule.Example{{YAML: `
sampling:
  type: aws:xray/samplingRule:SamplingRule
  properties:
    fixedRate: 0.05
    httpMethod: "*"
    urlPath: "*"
    host: "*"
    priority: 1000
    reservoirSize: 1
    resourceArn: "*"
    serviceName: "*"
    serviceType: "*"
    version: 1
`}},
	Bad: []rule.Example{{Name: "every request", YAML: `
sampling:
  type: aws:xray/samplingRule:SamplingRule
  properties:
    fixedRate: 1
    httpMethod: "*"
    urlPath: "*"
    host: "*"
    priority: 1000
    reservoirSize: 1
    resourceArn: "*"
    serviceName: "*"
    serviceType: "*"
    version: 1
`}},
}
