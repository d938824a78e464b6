package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcEndpointServiceAcceptance = rule.Rule{
	ID:       "vpc-endpoint-service-acceptance",
	Title:    "Endpoint services need acceptance",
	Why:      "Without acceptance, everybody among the allowed principals connects to the service unseen, and stays.",
	Severity: rule.Medium,
	References: rule.References{
		Checkov: []string{"CKV_AWS_123"},
	},
	Source: "https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#accept-reject-connection-requests",
	Fix: rule.Fix{
		Bulwark: "no component makes endpoint services: set it on yours",
		Plain:   "ec2.VpcEndpointServiceArgs{AcceptanceRequired: pulumi.Bool(true)}",
	},
	Types:     []string{endpointService},
	Resource:  rule.WantTrue("acceptanceRequired"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("acceptanceRequired", true) },
	Good: []rule.Example{{YAML: `
service:
  type: aws:ec2/vpcEndpointService:VpcEndpointService
  properties: {acceptanceRequired: true}
`}},
	Bad: []rule.Example{{YAML: `
service:
  type: aws:ec2/vpcEndpointService:VpcEndpointService
  properties: {acceptanceRequired: false}
`}},
}
