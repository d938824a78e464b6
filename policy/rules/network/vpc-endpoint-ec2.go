package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcEndpointEc2 = rule.Rule{
	ID:       "vpc-endpoint-ec2",
	Title:    "Interface endpoint for EC2 (only where instances run)",
	Why:      "Without it, instances call the EC2 API over the internet, and need a way out for that alone.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP: []string{"EC2.10"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-10",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc makes no endpoint for EC2: make one beside it where instances run",
		Plain:   `ec2.NewVpcEndpoint with ServiceName: pulumi.String("com.amazonaws.<region>.ec2") and VpcEndpointType: pulumi.String("Interface")`,
	},
	OptIn: paidEndpoint,
	Types: []string{vpc, endpoint, instance, launchTemplate},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		if len(s.Of(instance, launchTemplate)) == 0 {
			f.NotApplicable("no instances run in the stack")
			return
		}
		wantInterfaces("ec2")(s, f)
	},
	Good: []rule.Example{{YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
worker:
  type: aws:ec2/instance:Instance
  properties: {ami: ami-0123456789abcdef0, instanceType: t4g.small}
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.ec2, vpcEndpointType: Interface}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
worker:
  type: aws:ec2/instance:Instance
  properties: {ami: ami-0123456789abcdef0, instanceType: t4g.small}
`}, {Name: "of another service", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
worker:
  type: aws:ec2/instance:Instance
  properties: {ami: ami-0123456789abcdef0, instanceType: t4g.small}
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "${main.id}", serviceName: com.amazonaws.eu-west-1.ec2messages, vpcEndpointType: Interface}
`}},
}
