package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcEndpointLogsSecretsKMS = rule.Rule{
	ID:       "vpc-endpoint-logs-secrets-kms",
	Title:    "Interface endpoints for Logs, Secrets Manager, KMS",
	Why:      "Without them, logs, secrets and calls for keys leave the VPC over the internet: an egress filter has to let all of AWS through.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc makes those that it is asked for",
		Plain:   `ec2.NewVpcEndpoint with ServiceName: pulumi.String("com.amazonaws.<region>.logs") and VpcEndpointType: pulumi.String("Interface")`,
	},
	OptIn: paidEndpoint,
	Types: []string{vpc, endpoint},
	Stack: wantInterfaces("logs", "secretsmanager", "kms"),
	Good: []rule.Example{{YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
endpoint0:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.logs, vpcEndpointType: Interface}
endpoint1:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.secretsmanager, vpcEndpointType: Interface}
endpoint2:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.kms, vpcEndpointType: Interface}
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
  properties: {vpcId: "vpc-0123456789abcdef0", serviceName: com.amazonaws.eu-west-1.logs, vpcEndpointType: Interface}
endpoint1:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "vpc-0123456789abcdef0", serviceName: com.amazonaws.eu-west-1.secretsmanager, vpcEndpointType: Interface}
endpoint2:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "vpc-0123456789abcdef0", serviceName: com.amazonaws.eu-west-1.kms, vpcEndpointType: Interface}
`}, {Name: "one is missing", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
endpoint0:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.logs, vpcEndpointType: Interface}
endpoint1:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.secretsmanager, vpcEndpointType: Interface}
`}},
}
