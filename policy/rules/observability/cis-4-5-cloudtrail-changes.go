package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var cis45CloudtrailChanges = rule.Rule{
	ID:         "cis-4-5-cloudtrail-changes",
	Title:      "Metric filter and alarm: CloudTrail changes",
	Why:        "Stopping the trail is how an intruder goes on unseen; the call that stops it is the last that is recorded.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"CloudWatch.5*"}, CIS: []string{"v3:4.5", "v5:4.5"}, Trivy: []string{"AWS-0151"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-5",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail puts this filter on its log group; give it AlarmActions for the alarm",
		Plain:   "a cloudwatch.LogMetricFilter on the trail's log group, and a cloudwatch.MetricAlarm on its metric with AlarmActions",
	},
	Types: []string{trail, metricFilter, metricAlarm},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantTrailAlarm(s, f, "CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging")
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
    pattern: '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }'
    metricTransformation: {name: Trail, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Trail
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
    pattern: '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) }'
    metricTransformation: {name: Trail, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Trail
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
    pattern: '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }'
    metricTransformation: {name: Trail, namespace: Trail, value: "1"}
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
    pattern: '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }'
    metricTransformation: {name: Trail, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Trail
    namespace: Trail
`}},
}
