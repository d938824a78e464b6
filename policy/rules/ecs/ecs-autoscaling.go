package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsAutoscaling = rule.Rule{
	ID:       "ecs-autoscaling",
	Title:    "Service has an autoscaling target and policy",
	Why:      "A fixed number of tasks is too few when visitors come and too many at night; somebody has to notice, and to be awake.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService scales as WebServiceArgs.Scaling says: by CPU, memory, requests, or by the clock",
		Plain:   "appautoscaling.NewTarget with ResourceId service/<cluster>/<service>, and appautoscaling.NewPolicy with the same one",
	},
	Types: []string{service, scalingTarget, scalingPolicy, scheduledAction},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(service), func(r *rule.Resource) {
			switch {
			case !f.Prod():
				f.NotApplicable("a development service need not grow")
				return
			case isDaemon(r):
				f.NotApplicable("a daemon runs once on every instance")
				return
			}
			targets := scalingOf(s, r, scalingTarget)
			if len(targets) == 0 {
				f.Fail(r, "no autoscaling target names it: expected one, and a policy")
				return
			}
			if len(scalingOf(s, r, scalingPolicy, scheduledAction)) == 0 && len(scalingWith(s, targets[0], scalingPolicy, scheduledAction)) == 0 {
				f.Fail(targets[0], "no policy names the autoscaling target: expected one")
			}
		})
	},
	Good: []rule.Example{{Name: "a policy of the target", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
api:
  type: aws:ecs/service:Service
  properties: {cluster: "${cluster.arn}"}
scaling:
  type: aws:appautoscaling/target:Target
  properties: {serviceNamespace: ecs, resourceId: "service/${cluster.name}/${api.name}", minCapacity: 2, maxCapacity: 9}
cpu:
  type: aws:appautoscaling/policy:Policy
  properties: {serviceNamespace: ecs, resourceId: "${scaling.resourceId}", policyType: TargetTrackingScaling}
`}, {Name: "a plan that names the service", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {name: api, cluster: acme}
scaling:
  type: aws:appautoscaling/target:Target
  properties: {serviceNamespace: ecs, resourceId: service/acme/api, minCapacity: 2, maxCapacity: 9}
night:
  type: aws:appautoscaling/scheduledAction:ScheduledAction
  properties: {serviceNamespace: ecs, resourceId: service/acme/api, schedule: "cron(0 22 * * ? *)"}
`}},
	Bad: []rule.Example{{Name: "no target", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {name: api, cluster: acme}
`}, {Name: "the target of another service", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {name: api, cluster: acme}
scaling:
  type: aws:appautoscaling/target:Target
  properties: {serviceNamespace: ecs, resourceId: service/acme/web, minCapacity: 2, maxCapacity: 9}
`}, {Name: "no policy", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
api:
  type: aws:ecs/service:Service
  properties: {cluster: "${cluster.arn}"}
scaling:
  type: aws:appautoscaling/target:Target
  properties: {serviceNamespace: ecs, resourceId: "service/${cluster.name}/${api.name}", minCapacity: 2, maxCapacity: 9}
`}},
}
