package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsEventSubscriptionInstance = rule.Rule{
	ID:         "rds-event-subscription-instance",
	Title:      "Event subscription for critical instance events",
	Why:        "RDS announces a failing instance, a maintenance and a changed configuration as events, and keeps them for two weeks: without a subscription nobody reads them.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"RDS.20"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-20",
	Fix: rule.Fix{
		Plain: `rds.EventSubscriptionArgs{SourceType: pulumi.String("db-instance"), SnsTopic: topic.Arn}; without EventCategories it tells of all`,
	},
	Types: []string{instance, eventSubscription},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantEvents(s, f, "db-instance", s.Of(instance), "maintenance", "configuration change", "failure")
	},
	Good: []rule.Example{{Name: "all categories", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties: {sourceType: db-instance, snsTopic: "arn:aws:sns:eu-west-1:111122223333:alarms"}
`}, {Name: "of this instance, in two subscriptions", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties:
    sourceType: db-instance
    sourceIds: ["${db.identifier}"]
    eventCategories: [failure, failover]
    snsTopic: arn:aws:sns:eu-west-1:111122223333:alarms
changes:
  type: aws:rds/eventSubscription:EventSubscription
  properties:
    sourceType: db-instance
    sourceIds: ["${db.identifier}"]
    eventCategories: [maintenance, configuration change]
    snsTopic: arn:aws:sns:eu-west-1:111122223333:alarms
    enabled: true
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties: {sourceType: db-instance, snsTopic: "arn:aws:sns:eu-west-1:111122223333:alarms", enabled: false}
`}, {Name: "of another instance", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties: {sourceType: db-instance, sourceIds: [other], snsTopic: "arn:aws:sns:eu-west-1:111122223333:alarms"}
`}, {Name: "of something else", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties: {sourceType: db-snapshot, snsTopic: "arn:aws:sns:eu-west-1:111122223333:alarms"}
`}, {Name: "without failures", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties:
    sourceType: db-instance
    eventCategories: [maintenance, configuration change]
    snsTopic: arn:aws:sns:eu-west-1:111122223333:alarms
`}},
}
