package edge

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var acmNoWildcard = rule.Rule{
	ID:         "acm-no-wildcard",
	Title:      "No wildcard domain",
	Why:        "Whoever gets the key of a wildcard certificate can pose as every service below the domain.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV2_AWS_71"}},
	Source:     "https://docs.aws.amazon.com/acm/latest/userguide/acm-bestpractices.html",
	Fix: rule.Fix{
		Bulwark: "the certificate of loadbalancing.NewLoadBalancer names its domains one by one",
		Plain:   `acm.CertificateArgs{DomainName: pulumi.String("app.example.com"), SubjectAlternativeNames: ...}`,
	},
	Types: []string{certificate},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		names := append([]rule.Value{r.Get("domainName")}, r.Get("subjectAlternativeNames").List()...)
		for _, name := range names {
			if strings.HasPrefix(name.Text(), "*.") {
				f.Fail(name, "%s: expected the full name of each domain", name)
			}
		}
	},
	Good: []rule.Example{{YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
    subjectAlternativeNames: [www.acme.example]
`}},
	Bad: []rule.Example{{Name: "the domain", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: "*.acme.example"
`}, {Name: "an alternative", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
    subjectAlternativeNames: ["*.acme.example"]
`}},
}
