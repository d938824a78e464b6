package observability

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var alarmsGoldenSignals = rule.Rule{
	ID:       "alarms-golden-signals",
	Title:    "ALB 5xx/latency, ECS CPU/memory, RDS CPU/storage/connections alarms exist",
	Why:      "The first sign of trouble is the call of a customer, when no alarm watches errors, latency and what runs out.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html",
	Fix: rule.Fix{
		Plain: "a cloudwatch.MetricAlarm for each metric, with the load balancer, service or instance as its dimension",
	},
	OptIn: "which of them somebody is to be woken for is for each service to say: turn it on with the alarms",
	Types: []string{loadBalancer, loadBalancerAlias, service, instance, metricAlarm},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		for _, signal := range goldenSignals {
			f.EachResource(s.Of(signal.types...), func(r *rule.Resource) {
				if r.Get("loadBalancerType").Is("network", "gateway") {
					f.NotApplicable("no application load balancer")
					return
				}
				for _, metrics := range signal.metrics {
					watched := slices.ContainsFunc(s.Of(metricAlarm), func(a *rule.Resource) bool {
						return a.Get("metricName").Is(metrics...) && slices.Contains(s.Referred(a, "dimensions."+signal.by, signal.types...), r)
					})
					if !watched {
						f.Fail(r, "no alarm watches %s: expected one", strings.Join(metrics, " or "))
					}
				}
			})
		}
	},
	Good: []rule.Example{{Name: "a load balancer", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
errors:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    metricName: HTTPCode_ELB_5XX_Count
    dimensions: {LoadBalancer: "${lb.arnSuffix}"}
latency:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    metricName: TargetResponseTime
    dimensions: {LoadBalancer: "${lb.arnSuffix}"}
`}, {Name: "a database", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {identifier: acme}
cpu:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    metricName: CPUUtilization
    dimensions: {DBInstanceIdentifier: "${db.identifier}"}
disk:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    metricName: FreeStorageSpace
    dimensions: {DBInstanceIdentifier: "${db.identifier}"}
connections:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    metricName: DatabaseConnections
    dimensions: {DBInstanceIdentifier: "${db.identifier}"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
`}, {Name: "errors only", YAML: `
lb:
  type: aws:lb/loadBalancer:LoadBalancer
errors:
  type: aws:cloudwatch/metricAlarm:MetricAlarm
  properties:
    comparisonOperator: GreaterThanThreshold
    evaluationPeriods: 1
    metricName: HTTPCode_ELB_5XX_Count
    dimensions: {LoadBalancer: "${lb.arnSuffix}"}
`}, {Name: "a service", YAML: `
app:
  type: aws:ecs/service:Service
  properties: {name: app, cluster: main}
`}},
}
