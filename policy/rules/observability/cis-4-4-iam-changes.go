package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var cis44IamChanges = rule.Rule{
	ID:         "cis-4-4-iam-changes",
	Title:      "Metric filter and alarm: IAM policy changes",
	Why:        "Whoever gains a foothold widens it by an IAM policy first.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"CloudWatch.4*"}, CIS: []string{"v3:4.4", "v5:4.4"}, Trivy: []string{"AWS-0150"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-4",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail puts this filter on its log group; give it AlarmActions for the alarm",
		Plain:   "a cloudwatch.LogMetricFilter on the trail's log group, and a cloudwatch.MetricAlarm on its metric with AlarmActions",
	},
	Types: []string{trail, metricFilter, metricAlarm},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantTrailAlarm(s, f,
			"DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy",
			"PutUserPolicy", "CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion",
			"AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy",
			"DetachGroupPolicy",
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
    pattern: '{ ($.eventName = DeleteGroupPolicy) || ($.eventName = DeleteRolePolicy) || ($.eventName = DeleteUserPolicy) || ($.eventName = PutGroupPolicy) || ($.eventName = PutRolePolicy) || ($.eventName = PutUserPolicy) || ($.eventName = CreatePolicy) || ($.eventName = DeletePolicy) || ($.eventName = CreatePolicyVersion) || ($.eventName = DeletePolicyVersion) || ($.eventName = AttachRolePolicy) || ($.eventName = DetachRolePolicy) || ($.eventName = AttachUserPolicy) || ($.eventName = DetachUserPolicy) || ($.eventName = AttachGroupPolicy) || ($.eventName = DetachGroupPolicy) }'
    metricTransformation: {name: Iam, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Iam
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
    pattern: '{ ($.eventName = DeleteGroupPolicy) || ($.eventName = DeleteRolePolicy) || ($.eventName = DeleteUserPolicy) || ($.eventName = PutGroupPolicy) || ($.eventName = PutRolePolicy) || ($.eventName = PutUserPolicy) || ($.eventName = CreatePolicy) || ($.eventName = DeletePolicy) || ($.eventName = CreatePolicyVersion) || ($.eventName = DeletePolicyVersion) || ($.eventName = AttachRolePolicy) || ($.eventName = DetachRolePolicy) || ($.eventName = AttachUserPolicy) || ($.eventName = DetachUserPolicy) || ($.eventName = AttachGroupPolicy) }'
    metricTransformation: {name: Iam, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Iam
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
    pattern: '{ ($.eventName = DeleteGroupPolicy) || ($.eventName = DeleteRolePolicy) || ($.eventName = DeleteUserPolicy) || ($.eventName = PutGroupPolicy) || ($.eventName = PutRolePolicy) || ($.eventName = PutUserPolicy) || ($.eventName = CreatePolicy) || ($.eventName = DeletePolicy) || ($.eventName = CreatePolicyVersion) || ($.eventName = DeletePolicyVersion) || ($.eventName = AttachRolePolicy) || ($.eventName = DetachRolePolicy) || ($.eventName = AttachUserPolicy) || ($.eventName = DetachUserPolicy) || ($.eventName = AttachGroupPolicy) || ($.eventName = DetachGroupPolicy) }'
    metricTransformation: {name: Iam, namespace: Trail, value: "1"}
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
    pattern: '{ ($.eventName = DeleteGroupPolicy) || ($.eventName = DeleteRolePolicy) || ($.eventName = DeleteUserPolicy) || ($.eventName = PutGroupPolicy) || ($.eventName = PutRolePolicy) || ($.eventName = PutUserPolicy) || ($.eventName = CreatePolicy) || ($.eventName = DeletePolicy) || ($.eventName = CreatePolicyVersion) || ($.eventName = DeletePolicyVersion) || ($.eventName = AttachRolePolicy) || ($.eventName = DetachRolePolicy) || ($.eventName = AttachUserPolicy) || ($.eventName = DetachUserPolicy) || ($.eventName = AttachGroupPolicy) || ($.eventName = DetachGroupPolicy) }'
    metricTransformation: {name: Iam, namespace: Trail, value: "1"}
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanOrEqualToThreshold
    evaluationPeriods: 1
    metricName: Iam
    namespace: Trail
`}},
}
