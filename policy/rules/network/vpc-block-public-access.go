package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcBlockPublicAccess = rule.Rule{
	ID:       "vpc-block-public-access",
	Title:    "VPC Block Public Access (account baseline)",
	Why:      "The block of the region holds for every VPC, those of tomorrow too: no internet gateway lets anybody in where nobody made an exclusion.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP: []string{"EC2.172"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-172",
	Fix: rule.Fix{
		Bulwark: "make one ec2.VpcBlockPublicAccessOptions a region, in the stack of the account's baseline",
		Plain:   `ec2.NewVpcBlockPublicAccessOptions with InternetGatewayBlockMode: pulumi.String("block-ingress"), and exclusions for public subnets`,
	},
	OptIn: "it is one setting for the account and region, and public load balancers need exclusions from it: it belongs to the baseline",
	Types: []string{publicAccessOptions},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		options := s.Of(publicAccessOptions)
		if len(options) == 0 {
			f.Fail(s, "the stack has no VPC Block Public Access options: expected them")
		}
		f.EachResource(options, func(r *rule.Resource) {
			f.WantOneOf(r.Get("internetGatewayBlockMode"), "block-bidirectional", "block-ingress")
		})
	},
	Good: []rule.Example{{YAML: `
block:
  type: aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions
  properties: {internetGatewayBlockMode: block-ingress}
`}, {Name: "both directions", YAML: `
block:
  type: aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions
  properties: {internetGatewayBlockMode: block-bidirectional}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
`}, {Name: "off", YAML: `
block:
  type: aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions
  properties: {internetGatewayBlockMode: "off"}
`}},
}
