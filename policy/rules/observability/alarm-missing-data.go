package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var alarmMissingData = rule.Rule{
	ID:       "alarm-missing-data",
	Title:    "Alarms declare missing-data handling",
	Why:      "Whether silence is good (no errors) or bad (no healthy host) is for the author of an alarm to say: the default, missing, leaves it in its last state.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html",
	Fix: rule.Fix{
		Plain: `cloudwatch.MetricAlarmArgs{TreatMissingData: pulumi.String("notBreaching")}`,
	},
	Types:    []string{metricAlarm},
	Resource: rule.WantSet("treatMissingData", "breaching, notBreaching, ignore or missing"),
	Good: []rule.Example{{YAML: `
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    treatMissingData: notBreaching
`}},
	Bad: []rule.Example{{Name: "left to the default", YAML: `
alarm:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
`}},
}
