package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var alarmActionsEnabled = rule.Rule{
	ID:         "alarm-actions-enabled",
	Title:      "Alarm actions enabled",
	Why:        "Somebody silenced the alarm for a deployment, and it stayed silent.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"CloudWatch.17*"}, Checkov: []string{"CKV_AWS_319"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-17",
	Fix: rule.Fix{
		Plain: "leave ActionsEnabled out, or cloudwatch.MetricAlarmArgs{ActionsEnabled: pulumi.Bool(true)}",
	},
	Types:     []string{metricAlarm, compositeAlarm},
	Resource:  rule.WantNotFalse("actionsEnabled"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("actionsEnabled", true) },
	Good: []rule.Example{{YAML: `
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
`}, {Name: "said", YAML: `
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    actionsEnabled: true
`}},
	Bad: []rule.Example{{Name: "switched off", YAML: `
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    actionsEnabled: false
`}},
}
