package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcEndpointEcrDkr = rule.Rule{
	ID:       "vpc-endpoint-ecr-dkr",
	Title:    "Interface endpoint for Docker registry",
	Why:      "Without it, the manifests of images come over the internet: a workload without a way out cannot start.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP: []string{"EC2.56"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-56",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc makes it when it is asked for ECR",
		Plain:   `ec2.NewVpcEndpoint with ServiceName: pulumi.String("com.amazonaws.<region>.ecr.dkr") and VpcEndpointType: pulumi.String("Interface")`,
	},
	OptIn: paidEndpoint,
	Types: []string{vpc, endpoint},
	Stack: wantInterfaces("ecr.dkr"),
	Good: []rule.Example{{YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
endpoint0:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.ecr.dkr, vpcEndpointType: Interface}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
`}, {Name: "of another service", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.sqs, vpcEndpointType: Interface}
`}, {Name: "of another VPC", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
endpoint0:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "vpc-0123456789abcdef0", serviceName: com.amazonaws.eu-west-1.ecr.dkr, vpcEndpointType: Interface}
`}},
}
