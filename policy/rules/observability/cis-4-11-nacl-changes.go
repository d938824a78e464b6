package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var cis411NaclChanges = rule.Rule{
	ID:         "cis-4-11-nacl-changes",
	Title:      "Metric filter and alarm: NACL changes",
	Why:        "A changed network ACL opens or cuts off whole subnets at once.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"CloudWatch.11*"}, CIS: []string{"v3:4.11", "v5:4.11"}, Trivy: []string{"AWS-0157"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-11",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail puts this filter on its log group; give it AlarmActions for the alarm",
		Plain:   "a cloudwatch.LogMetricFilter on the trail's log group, and a cloudwatch.MetricAlarm on its metric with AlarmActions",
	},
	Types: []string{trail, metricFilter, metricAlarm},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantTrailAlarm(s, f,
			"CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry",
			"ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation",
		)
	},
	Good: []rule.Example{{YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: acme-logs, cloudWatchLogsGroupArn: "${group.arn}:*"}
filter:
  type: aws:cloudwatch/logMetricFilter:LogMetricFilter
  properties:
    logGroupName: ${group.name}
    pattern: '{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }'
    metricTransformation: {name: Nacl, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Nacl
    namespace: Trail
    alarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
`}},
	Bad: []rule.Example{{Name: "no filter", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: acme-logs, cloudWatchLogsGroupArn: "${group.arn}:*"}
`}, {Name: "another pattern", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: acme-logs, cloudWatchLogsGroupArn: "${group.arn}:*"}
filter:
  type: aws:cloudwatch/logMetricFilter:LogMetricFilter
  properties:
    logGroupName: ${group.name}
    pattern: '{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) }'
    metricTransformation: {name: Nacl, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Nacl
    namespace: Trail
    alarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
`}, {Name: "no alarm", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: acme-logs, cloudWatchLogsGroupArn: "${group.arn}:*"}
filter:
  type: aws:cloudwatch/logMetricFilter:LogMetricFilter
  properties:
    logGroupName: ${group.name}
    pattern: '{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }'
    metricTransformation: {name: Nacl, namespace: Trail, value: "1"}
`}, {Name: "an alarm without an action", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: acme-logs, cloudWatchLogsGroupArn: "${group.arn}:*"}
filter:
  type: aws:cloudwatch/logMetricFilter:LogMetricFilter
  properties:
    logGroupName: ${group.name}
    pattern: '{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }'
    metricTransformation: {name: Nacl, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Nacl
    namespace: Trail
`}},
}
