package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcEipAttached = rule.Rule{
	ID:       "vpc-eip-attached",
	Title:    "Elastic IPs are attached",
	Why:      "An address that nothing uses is paid by the hour, and stays in the allow lists of others when it is given back to strangers.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"EC2.12*"},
		Checkov: []string{"CKV2_AWS_19"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-12",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc attaches each address to a NAT gateway",
		Plain:   "AllocationId: eip.AllocationId in the ec2.NatGatewayArgs, or an ec2.EipAssociation",
	},
	OptIn: "an address may be kept for what another stack makes, or for an allow list that should not change",
	Types: []string{elasticIP},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(elasticIP), func(address *rule.Resource) {
			if !used(s, address) && address.Get("instance").Text() == "" && address.Get("networkInterface").Text() == "" {
				f.Fail(address, "nothing uses it: expected a NAT gateway, a load balancer, an instance or a network interface")
			}
		})
	},
	Good: []rule.Example{{Name: "of a NAT gateway", YAML: `
address:
  type: aws:ec2/eip:Eip
  properties: {domain: vpc}
nat:
  type: aws:ec2/natGateway:NatGateway
  properties: {subnetId: subnet-0123456789abcdef0, allocationId: "${address.allocationId}"}
`}, {Name: "of an instance", YAML: `
address:
  type: aws:ec2/eip:Eip
  properties: {domain: vpc, instance: i-0123456789abcdef0}
`}, {Name: "of a network interface", YAML: `
address:
  type: aws:ec2/eip:Eip
  properties: {domain: vpc, networkInterface: eni-0123456789abcdef0}
`}},
	Bad: []rule.Example{{YAML: `
address:
  type: aws:ec2/eip:Eip
  properties: {domain: vpc}
`}},
}
