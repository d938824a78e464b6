package lambda

import "github.com/bulwark-iac/bulwark/policy/rule"

var lambdaInVPC = rule.Rule{
	ID:       "lambda-in-vpc",
	Title:    "Function is in the VPC",
	Why:      "Outside of the VPC a function reaches the internet as it likes, and no security group and no flow log sees what it sends where.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"Lambda.3*"},
		Checkov: []string{"CKV_AWS_117"},
		CDKNag:  []string{"NIST:LambdaInsideVPC"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-3",
	Fix: rule.Fix{
		Plain: "lambda.FunctionArgs{VpcConfig: &lambda.FunctionVpcConfigArgs{SubnetIds: ..., SecurityGroupIds: ...}}",
	},
	OptIn: "a function that needs nothing in the VPC is simpler, cheaper and no less safe outside",
	Types: []string{function},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		subnets := r.Get("vpcConfig.subnetIds")
		f.WantSome(subnets, "private subnets")
		f.Each(subnets, func(subnet rule.Value) { f.WantSet(subnet, "the id of a subnet") })
	},
	Good: []rule.Example{{YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {vpcConfig: {subnetIds: [subnet-0a, subnet-0b], securityGroupIds: [sg-0a]}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {name: rotate}
`}, {Name: "no subnet", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {vpcConfig: {subnetIds: [], securityGroupIds: []}}
`}},
}
