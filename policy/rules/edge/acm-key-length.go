package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

var acmKeyLength = rule.Rule{
	ID:         "acm-key-length",
	Title:      "Certificates use RSA-2048+ or ECDSA",
	Why:        "A key of 1024 bits can be broken with what a company can rent.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ACM.2"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/acm-controls.html#acm-2",
	Fix: rule.Fix{
		Bulwark: "the certificate of loadbalancing.NewLoadBalancer has a key of 2048 bits",
		Plain:   `leave KeyAlgorithm out, or "RSA_2048", "EC_prime256v1"`,
	},
	Types:    []string{certificate},
	Resource: rule.WantNoneOf("keyAlgorithm", "RSA_1024"),
	Good: []rule.Example{{Name: "the default", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
    validationMethod: DNS
`}, {Name: "an elliptic curve", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
    keyAlgorithm: EC_prime256v1
`}},
	Bad: []rule.Example{{Name: "1024 bits", YAML: `
cert:
  type: aws:acm/certificate:Certificate
  properties:
    domainName: app.acme.example
    keyAlgorithm: RSA_1024
`}},
}
