package network

import "github.com/bulwark-iac/bulwark/policy/rule"

var vpcFlowLogRetention = rule.Rule{
	ID:       "vpc-flow-log-retention",
	Title:    "Flow log group retained and encrypted",
	Why:      "Flow logs tell what talks to what inside of the company: kept for ever they are a growing bill, in clear they are a map, and in steps of ten minutes a short visit is not in them.",
	Severity: rule.Low,
	References: rule.References{
		Checkov: []string{"CKV_AWS_158"},
	},
	Source: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc makes a log group with a key and 400 days, and records each minute",
		Plain:   "RetentionInDays and KmsKeyId in cloudwatch.LogGroupArgs, MaxAggregationInterval: pulumi.Int(60) in ec2.FlowLogArgs",
	},
	Types: []string{flowLog, logGroup},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(flowLog), func(log *rule.Resource) {
			f.WantOneOf(log.Get("maxAggregationInterval"), "60")
			if !log.Get("logDestinationType").Is("", "cloud-watch-logs") {
				return
			}
			// A preview knows the one of the two that the program set.
			property, name, destination := "logDestination", log.Get("logGroupName"), log.Get("logDestination")
			if name.Known() && name.Text() != "" || destination.Known() && destination.Text() == "" {
				property = "logGroupName"
			}
			for _, group := range s.Referred(log, property, logGroup) {
				f.WantAtLeast(group.Get("retentionInDays"), 1, "day")
				f.WantSet(group.Get("kmsKeyId"), "a customer managed key")
			}
		})
	},
	Good: []rule.Example{{Name: "a log group", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
  properties: {name: /vpc/main, retentionInDays: 400, kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: vpc-0123456789abcdef0, trafficType: ALL, iamRoleArn: "arn:aws:iam::111122223333:role/flow-logs", maxAggregationInterval: 60, logDestination: "${group.arn}"}
`}, {Name: "a log group by name", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
  properties: {name: /vpc/main, retentionInDays: 30, kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: vpc-0123456789abcdef0, trafficType: ALL, iamRoleArn: "arn:aws:iam::111122223333:role/flow-logs", maxAggregationInterval: 60, logGroupName: "${group.name}"}
`}, {Name: "a bucket", YAML: `
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: vpc-0123456789abcdef0, trafficType: ALL, iamRoleArn: "arn:aws:iam::111122223333:role/flow-logs", maxAggregationInterval: 60, logDestinationType: s3, logDestination: "arn:aws:s3:::acme-logs"}
`}, {Name: "a log group elsewhere", YAML: `
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: vpc-0123456789abcdef0, trafficType: ALL, iamRoleArn: "arn:aws:iam::111122223333:role/flow-logs", maxAggregationInterval: 60, logDestination: "arn:aws:logs:eu-west-1:111122223333:log-group:flow-logs"}
`}},
	Bad: []rule.Example{{Name: "ten minutes", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
  properties: {name: /vpc/main, retentionInDays: 400, kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: vpc-0123456789abcdef0, trafficType: ALL, iamRoleArn: "arn:aws:iam::111122223333:role/flow-logs", logDestination: "${group.arn}"}
`}, {Name: "for ever", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
  properties: {name: /vpc/main, kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: vpc-0123456789abcdef0, trafficType: ALL, iamRoleArn: "arn:aws:iam::111122223333:role/flow-logs", maxAggregationInterval: 60, logDestination: "${group.arn}"}
`}, {Name: "without a key", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
  properties: {name: /vpc/main, retentionInDays: 400}
log:
  type: aws:ec2/flowLog:FlowLog
  properties: {vpcId: vpc-0123456789abcdef0, trafficType: ALL, iamRoleArn: "arn:aws:iam::111122223333:role/flow-logs", maxAggregationInterval: 60, logGroupName: "${group.name}"}
`}},
}
