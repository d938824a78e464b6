package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var cis410SgChanges = rule.Rule{
	ID:         "cis-4-10-sg-changes",
	Title:      "Metric filter and alarm: security group changes",
	Why:        "A rule that somebody adds by hand opens a port that no review has seen.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"CloudWatch.10*"}, CIS: []string{"v3:4.10", "v5:4.10"}, Trivy: []string{"AWS-0156"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-10",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail puts this filter on its log group; give it AlarmActions for the alarm",
		Plain:   "a cloudwatch.LogMetricFilter on the trail's log group, and a cloudwatch.MetricAlarm on its metric with AlarmActions",
	},
	Types: []string{trail, metricFilter, metricAlarm},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantTrailAlarm(s, f,
			"AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress",
			"RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup",
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
    pattern: '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }'
    metricTransformation: {name: SecurityGroup, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: SecurityGroup
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
    pattern: '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) }'
    metricTransformation: {name: SecurityGroup, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: SecurityGroup
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
    pattern: '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }'
    metricTransformation: {name: SecurityGroup, namespace: Trail, value: "1"}
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
    pattern: '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }'
    metricTransformation: {name: SecurityGroup, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: SecurityGroup
    namespace: Trail
`}},
}
