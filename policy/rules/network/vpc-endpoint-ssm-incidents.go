package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcEndpointSsmIncidents = rule.Rule{
	ID:       "vpc-endpoint-ssm-incidents",
	Title:    "Endpoints for SSM Incident Manager (exempt by default)",
	Why:      "Without them, the responders' tooling needs the internet in the hour in which it may have been cut off.",
	Severity: rule.Low,
	References: rule.References{
		FSBP: []string{"EC2.58", "EC2.60"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-58",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc makes no such endpoints: make them beside it, with the VPC's private subnets",
		Plain:   `ec2.NewVpcEndpoint with ServiceName: pulumi.String("com.amazonaws.<region>.ssm-contacts") and VpcEndpointType: pulumi.String("Interface")`,
	},
	OptIn: paidEndpoint,
	Types: []string{vpc, endpoint},
	Stack: wantInterfaces("ssm-contacts", "ssm-incidents"),
	Good: []rule.Example{{YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
endpoint0:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.ssm-contacts, vpcEndpointType: Interface}
endpoint1:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.ssm-incidents, vpcEndpointType: Interface}
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
  properties: {vpcId: "vpc-0123456789abcdef0", serviceName: com.amazonaws.eu-west-1.ssm-contacts, vpcEndpointType: Interface}
endpoint1:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "vpc-0123456789abcdef0", serviceName: com.amazonaws.eu-west-1.ssm-incidents, vpcEndpointType: Interface}
`}, {Name: "one is missing", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
endpoint0:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.ssm-contacts, vpcEndpointType: Interface}
`}},
}
