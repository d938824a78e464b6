package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var alarmActions = rule.Rule{
	ID:         "alarm-actions",
	Title:      "Alarms have an ALARM action",
	Why:        "An alarm without an action turns red in a console that nobody has open.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"CloudWatch.15*"}, CDKNag: []string{"NIST:CloudWatchAlarmAction"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-15",
	Fix: rule.Fix{
		Plain: "cloudwatch.MetricAlarmArgs{AlarmActions: pulumi.Array{topic.Arn}}",
	},
	Types: []string{metricAlarm, compositeAlarm},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if actions := r.Get("alarmActions"); len(actions.Texts()) == 0 {
			f.Fail(actions, "%s: expected an action, such as the ARN of a topic", actions)
		}
	},
	Good: []rule.Example{{YAML: `
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    alarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
`}, {Name: "a topic of the stack", YAML: `
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    alarmActions: ["${alarms.arn}"]
alarms: {type: aws:sns/topic:Topic}
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
`}, {Name: "an empty list", YAML: `
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    alarmActions: []
`}, {Name: "a composite alarm", YAML: `
both:
  type: aws:cloudwatch/compositeAlarm:CompositeAlarm
  properties: {alarmName: both, alarmRule: ALARM(a) AND ALARM(b)}
`}},
}
