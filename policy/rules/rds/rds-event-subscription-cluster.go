package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsEventSubscriptionCluster = rule.Rule{
	ID:         "rds-event-subscription-cluster",
	Title:      "Event subscription for cluster events",
	Why:        "RDS announces a failing cluster and its maintenance as events, and keeps them for two weeks: without a subscription nobody reads them.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"RDS.19"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-19",
	Fix: rule.Fix{
		Plain: `rds.EventSubscriptionArgs{SourceType: pulumi.String("db-cluster"), SnsTopic: topic.Arn}; without EventCategories it tells of all`,
	},
	Types: []string{cluster, eventSubscription},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		wantEvents(s, f, "db-cluster", s.Of(cluster), "maintenance", "failure")
	},
	Good: []rule.Example{{Name: "all sources", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties: {snsTopic: "arn:aws:sns:eu-west-1:111122223333:alarms"}
`}, {Name: "of this cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, clusterIdentifier: acme}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties:
    sourceType: db-cluster
    sourceIds: [acme]
    eventCategories: [maintenance, failure]
    snsTopic: arn:aws:sns:eu-west-1:111122223333:alarms
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
`}, {Name: "of instances only", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
events:
  type: aws:rds/eventSubscription:EventSubscription
  properties: {sourceType: db-instance, snsTopic: "arn:aws:sns:eu-west-1:111122223333:alarms"}
`}},
}
