package network

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var vpcFlowLogs = rule.Rule{
	ID:       "vpc-flow-logs",
	Title:    "Flow logs on every VPC",
	Why:      "Flow logs are the only record of who connected to whom: without them nobody can tell what a machine that was taken over reached, or sent away.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"EC2.6"},
		CIS:     []string{"v3:3.7", "v5:3.7"},
		Checkov: []string{"CKV2_AWS_11"},
		Trivy:   []string{"AWS-0178"},
		CDKNag:  []string{"AwsSolutions-VPC7", "NIST:VPCFlowLogsEnabled"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc makes one that records everything; VpcArgs.FlowLogs says where to",
		Plain:   `ec2.NewFlowLog with VpcId: vpc.ID() and TrafficType: pulumi.String("ALL")`,
	},
	Types: []string{vpc, flowLog},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(vpc), func(network *rule.Resource) {
			logs := f.WantReferrer(network, "vpcId", flowLog)
			if slices.ContainsFunc(logs, func(log *rule.Resource) bool { return log.Get("trafficType").Is("ALL", "REJECT") }) {
				return
			}
			for _, other := range s.Of(flowLog) {
				s.Referred(other, "vpcId", vpc) // one of which it is not known yet may be the one that is missing
			}
			for _, log := range logs {
				f.WantOneOf(log.Get("trafficType"), "ALL", "REJECT")
			}
		})
	},
	Good: []rule.Example{{Name: "everything", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: "${main.id}", trafficType: ALL, logDestination: "arn:aws:s3:::acme-logs", logDestinationType: s3}
`}, {Name: "what was refused", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: "${main.id}", trafficType: REJECT, logDestination: "arn:aws:s3:::acme-logs", logDestinationType: s3}
`}, {Name: "two", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: "${main.id}", trafficType: REJECT, logDestination: "arn:aws:s3:::acme-logs", logDestinationType: s3}
other:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: "${main.id}", trafficType: ACCEPT, logDestination: "arn:aws:s3:::acme-logs", logDestinationType: s3}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
`}, {Name: "of another VPC", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: "vpc-0123456789abcdef0", trafficType: ALL, logDestination: "arn:aws:s3:::acme-logs", logDestinationType: s3}
`}, {Name: "what was accepted only", YAML: `
main:
  type: aws:ec2/vpc:Vpc
  properties: {cidrBlock: 10.0.0.0/16}
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: "${main.id}", trafficType: ACCEPT, logDestination: "arn:aws:s3:::acme-logs", logDestinationType: s3}
`}},
}
