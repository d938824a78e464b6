package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsEventSubscriptionParameterGroup = rule.Rule{
	ID:         "rds-event-subscription-parameter-group",
	Title:      "Event subscription for parameter group changes",
	Why:        "A parameter group decides whether TLS is required and what is logged; a change by hand, which no deployment would show, is announced as an event only.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"RDS.21"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-21",
	Fix: rule.Fix{
		Plain: `rds.EventSubscriptionArgs{SourceType: pulumi.String("db-parameter-group"), SnsTopic: topic.Arn}`,
	},
	OptIn: "one subscription serves all parameter groups of a region: it belongs to the account's baseline",
	Types: []string{parameterGroup, eventSubscription},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantEvents(s, f, "db-parameter-group", s.Of(parameterGroup), "configuration change")
	},
	Good: []rule.Example{{YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties: {family: postgres17}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties:
    sourceType: db-parameter-group
    eventCategories: [configuration change]
    snsTopic: arn:aws:sns:eu-west-1:111122223333:alarms
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties: {family: postgres17}
`}, {Name: "of instances only", YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties: {family: postgres17}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties: {sourceType: db-instance, snsTopic: "arn:aws:sns:eu-west-1:111122223333:alarms"}
`}},
}
