package lambda

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var lambdaMultiAz = rule.Rule{
	ID:         "lambda-multi-az",
	Title:      "VPC function spans AZs",
	Why:        "With subnets in one zone only, the function is gone when the zone is, while all that it serves has moved on.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"Lambda.5"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-5",
	Fix: rule.Fix{
		Plain: "lambda.FunctionVpcConfigArgs{SubnetIds: pulumi.StringArray{a.ID(), b.ID()}, ...}",
	},
	Types: []string{function},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		subnets := r.Get("vpcConfig.subnetIds")
		if subnets.Empty() {
			f.NotApplicable("it is not in a VPC: Lambda runs it in several zones")
			return
		}
		if subnets.Len() < 2 {
			f.Fail(subnets, "is one subnet: expected two at least, in different zones") // whichever it is
			return
		}
		different := subnets.Texts()
		slices.Sort(different)
		if len(slices.Compact(different)) < 2 {
			f.Fail(subnets, "is one subnet: expected two at least, in different zones")
		}
	},
	Good: []rule.Example{{YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {vpcConfig: {subnetIds: [subnet-0a, subnet-0b], securityGroupIds: [sg-0a]}}
`}, {Name: "with one outside of the VPC", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {vpcConfig: {subnetIds: [subnet-0a, subnet-0b], securityGroupIds: [sg-0a]}}
other:
  type: aws:lambda/function:Function
  properties: {name: other}
`}},
	Bad: []rule.Example{{Name: "one subnet of the stack", YAML: `
a:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: vpc-0123456789abcdef0, cidrBlock: 10.0.0.0/24}
rotate:
  type: aws:lambda/function:Function
  properties: {vpcConfig: {subnetIds: ["${a.id}"], securityGroupIds: [sg-0a]}}
`}, {Name: "one subnet", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {vpcConfig: {subnetIds: [subnet-0a], securityGroupIds: [sg-0a]}}
`}, {Name: "the same one twice", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {vpcConfig: {subnetIds: [subnet-0a, subnet-0a], securityGroupIds: [sg-0a]}}
`}},
}
