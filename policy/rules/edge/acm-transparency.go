package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var acmTransparency = rule.Rule{
	ID:         "acm-transparency",
	Title:      "Transparency logging on",
	Why:        "Browsers refuse certificates that no public log knows; and the log is how one learns of a certificate that somebody else got for the own domain.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV_AWS_234"}},
	Source:     "https://docs.aws.amazon.com/acm/latest/userguide/acm-bestpractices.html#best-practices-transparency",
	Fix: rule.Fix{
		Bulwark: "the certificate of loadbalancing.NewLoadBalancer leaves it on",
		Plain:   "leave Options out",
	},
	Types:    []string{certificate},
	Resource: rule.WantNoneOf("options.certificateTransparencyLoggingPreference", "DISABLED"),
	Good: []rule.Example{{Name: "the default", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
`}, {Name: "said", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
    options: {certificateTransparencyLoggingPreference: ENABLED}
`}},
	Bad: []rule.Example{{Name: "switched off", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
    options: {certificateTransparencyLoggingPreference: DISABLED}
`}},
}
