package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var cis41UnauthorizedAPI = rule.Rule{
	ID:         "cis-4-1-unauthorized-api",
	Title:      "Metric filter and alarm: unauthorized API calls",
	Why:        "Somebody who tries what they may not is usually a stolen key feeling its way; without an alarm nobody sees the tries.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"CloudWatch.2*"}, CIS: []string{"v3:4.1", "v5:4.1"}, Trivy: []string{"AWS-0147"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-2",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail puts this filter on its log group; give it AlarmActions for the alarm",
		Plain:   "a cloudwatch.LogMetricFilter on the trail's log group, and a cloudwatch.MetricAlarm on its metric with AlarmActions",
	},
	Types: []string{trail, metricFilter, metricAlarm},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantTrailAlarm(s, f, "*UnauthorizedOperation", "AccessDenied*")
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
    pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }'
    metricTransformation: {name: Unauthorized, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Unauthorized
    namespace: Trail
    alarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
`}, {Name: "of one of two trails", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: acme-logs, cloudWatchLogsGroupArn: "${group.arn}:*"}
others:
  type: aws:cloudwatch/logGroup:LogGroup
reads:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: acme-logs, cloudWatchLogsGroupArn: "${others.arn}:*"}
filter:
  type: aws:cloudwatch/logMetricFilter:LogMetricFilter
  properties:
    logGroupName: ${group.name}
    pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }'
    metricTransformation: {name: Unauthorized, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Unauthorized
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
    pattern: '{ $.eventName = SomethingElse }'
    metricTransformation: {name: Unauthorized, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Unauthorized
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
    pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }'
    metricTransformation: {name: Unauthorized, namespace: Trail, value: "1"}
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
    pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }'
    metricTransformation: {name: Unauthorized, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Unauthorized
    namespace: Trail
`}},
}
