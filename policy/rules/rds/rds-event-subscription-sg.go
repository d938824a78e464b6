package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsEventSubscriptionSg = rule.Rule{
	ID:         "rds-event-subscription-sg",
	Title:      "Event subscription for security group changes",
	Why:        "A DB security group that changes lets somebody new at the database, and the event is all that tells.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"RDS.22"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-22",
	Fix: rule.Fix{
		Plain: `rds.EventSubscriptionArgs{SourceType: pulumi.String("db-security-group"), SnsTopic: topic.Arn}`,
	},
	OptIn: "Security Hub still asks for it, but DB security groups went away with EC2-Classic: in a VPC the event never comes",
	Types: []string{instance, eventSubscription},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantEvents(s, f, "db-security-group", s.Of(instance), "configuration change", "failure")
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties:
    sourceType: db-security-group
    eventCategories: [configuration change, failure]
    snsTopic: arn:aws:sns:eu-west-1:111122223333:alarms
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "without failures", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties:
    sourceType: db-security-group
    eventCategories: [configuration change]
    snsTopic: arn:aws:sns:eu-west-1:111122223333:alarms
`}},
}
