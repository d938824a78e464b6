package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var acmDNSValidated = rule.Rule{
	ID:         "acm-dns-validated",
	Title:      "Issued certificates renew (DNS validation)",
	Why:        "A certificate that is validated by mail, or imported, does not renew itself, and runs out on a Sunday.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ACM.1"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/acm-controls.html#acm-1",
	Fix: rule.Fix{
		Bulwark: "the certificate of loadbalancing.NewLoadBalancer is validated by DNS",
		Plain:   `acm.CertificateArgs{ValidationMethod: pulumi.String("DNS")}`,
	},
	Types: []string{certificate},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		switch {
		case !r.Get("certificateAuthorityArn").Empty():
			f.NotApplicable("a private authority renews it")
		case !r.Get("certificateBody").Empty():
			f.Fail(r, "is imported, and ACM cannot renew it: expected one that ACM issues")
		default:
			f.WantOneOf(r.Get("validationMethod"), "DNS")
		}
	},
	Good: []rule.Example{{YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
    validationMethod: DNS
`}},
	Bad: []rule.Example{{Name: "by mail", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
    validationMethod: EMAIL
`}, {Name: "not set", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
`}, {Name: "imported", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties: {certificateBody: a, privateKey: b}
`}},
}
