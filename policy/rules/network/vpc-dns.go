package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcDNS = rule.Rule{
	ID:       "vpc-dns",
	Title:    "VPC DNS support and hostnames on",
	Why:      "Without both, the names of endpoints resolve to public addresses: calls to AWS go to the internet, past the endpoints, or nowhere.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc turns both on",
		Plain:   "ec2.VpcArgs{EnableDnsSupport: pulumi.Bool(true), EnableDnsHostnames: pulumi.Bool(true)}",
	},
	Types: []string{vpc},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantNotFalse(r.Get("enableDnsSupport"))
		f.WantTrue(r.Get("enableDnsHostnames")) // off by default
	},
	Remediate: func(_ *rule.Resource, c *rule.Changes) {
		c.Set("enableDnsSupport", true)
		c.Set("enableDnsHostnames", true)
	},
	Good: []rule.Example{{Name: "both", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16, enableDnsSupport: true, enableDnsHostnames: true}
`}, {Name: "one by default", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16, enableDnsHostnames: true}
`}},
	Bad: []rule.Example{{Name: "no names", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
`}, {Name: "no DNS", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16, enableDnsSupport: false, enableDnsHostnames: true}
`}},
}
