package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsProxyTLS = rule.Rule{
	ID:         "rds-proxy-tls",
	Title:      "Proxies require TLS",
	Why:        "A proxy that takes connections in clear carries the database's passwords and rows through the network for everybody who can listen.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"RDS.43"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-43",
	Fix: rule.Fix{
		Bulwark: "set RequireTls where the program makes the proxy",
		Plain:   "rds.ProxyArgs{RequireTls: pulumi.Bool(true)}",
	},
	Types:     []string{proxy},
	Resource:  rule.WantTrue("requireTls"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("requireTls", true) },
	Good: []rule.Example{{YAML: `
proxy:
  type: aws:rds/proxy:Proxy
  properties: {engineFamily: POSTGRESQL, requireTls: true}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
proxy:
  type: aws:rds/proxy:Proxy
  properties: {engineFamily: POSTGRESQL}
`}, {Name: "switched off", YAML: `
proxy:
  type: aws:rds/proxy:Proxy
  properties: {engineFamily: POSTGRESQL, requireTls: false}
`}},
}
