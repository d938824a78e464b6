package network

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var vpcEndpointPrivateDNS = rule.Rule{
	ID:       "vpc-endpoint-private-dns",
	Title:    "Interface endpoints use private DNS",
	Why:      "Without private DNS, programs keep calling the public address of the service, past the endpoint that is paid for; without a security group of its own, the default one decides who gets to it.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc turns private DNS on, with a security group that AllowAWS lets groups in to",
		Plain:   "ec2.VpcEndpointArgs{PrivateDnsEnabled: pulumi.Bool(true), SecurityGroupIds: ...}",
	},
	Types: []string{endpoint},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !r.Get("vpcEndpointType").Is("Interface") || isPartner(r) {
			f.NotApplicable("it is no interface endpoint of an AWS service")
			return
		}
		f.WantTrue(r.Get("privateDnsEnabled"))
		if groups := r.Get("securityGroupIds"); !slices.ContainsFunc(groups.Texts(), func(id string) bool { return id != "" }) {
			f.Fail(groups, "%s: expected a security group for the endpoint", groups)
		}
	},
	Good: []rule.Example{{YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "vpc-0123456789abcdef0", serviceName: com.amazonaws.eu-west-1.secretsmanager, vpcEndpointType: Interface, privateDnsEnabled: true, securityGroupIds: [sg-0123456789abcdef0]}
`}},
	Bad: []rule.Example{{Name: "no private DNS", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "vpc-0123456789abcdef0", serviceName: com.amazonaws.eu-west-1.secretsmanager, vpcEndpointType: Interface, securityGroupIds: [sg-0123456789abcdef0]}
`}, {Name: "the default security group", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "vpc-0123456789abcdef0", serviceName: com.amazonaws.eu-west-1.secretsmanager, vpcEndpointType: Interface, privateDnsEnabled: true}
`}},
}
