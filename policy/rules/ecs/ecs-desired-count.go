package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsDesiredCount = rule.Rule{
	ID:       "ecs-desired-count",
	Title:    "At least two tasks over two subnets",
	Why:      "One task is one crash, one deployment or one availability zone away from no task at all.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService runs two tasks of a permanent service, in the workload subnets of network.NewVpc; WebServiceArgs.Tasks or service.Scaling.MinTasks says how many",
		Plain:   "ecs.ServiceArgs{DesiredCount: pulumi.Int(2)} and two subnets, or an appautoscaling.Target with MinCapacity 2",
	},
	Types:  []string{service, scalingTarget},
	Params: []rule.Param{{Name: "tasks", Default: 2, Min: 2, Max: 100, Description: "How many tasks a service runs at least."}},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(service), func(r *rule.Resource) {
			switch {
			case !f.Prod():
				f.NotApplicable("a development service may be gone for a while")
				return
			case isDaemon(r):
				f.NotApplicable("a daemon runs once on every instance")
				return
			}
			count := r.Get("desiredCount")
			for _, target := range scalingOf(s, r, scalingTarget) {
				count = target.Get("minCapacity")
			}
			f.WantAtLeast(count, f.Int("tasks"), "tasks")
			network := r.Get("networkConfiguration")
			if !network.Exists() {
				return // the instances decide where it runs
			}
			distinct := map[string]bool{}
			for _, subnet := range network.Get("subnets").List() {
				distinct[subnet.Text()] = true
			}
			if len(distinct) < 2 {
				f.Fail(network.Get("subnets"), "%s: expected at least two subnets", network.Get("subnets"))
			}
		})
	},
	Good: []rule.Example{{Name: "by count", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {desiredCount: 2, networkConfiguration: {subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]}}
`}, {Name: "by autoscaling", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
api:
  type: aws:ecs/service:Service
  properties:
    cluster: ${cluster.arn}
    networkConfiguration: {subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]}
scaling:
  type: aws:appautoscaling/target:Target
  properties:
    serviceNamespace: ecs
    scalableDimension: ecs:service:DesiredCount
    resourceId: service/${cluster.name}/${api.name}
    minCapacity: 3
    maxCapacity: 9
`}, {Name: "on instances", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {desiredCount: 4, launchType: EC2}
`}},
	Bad: []rule.Example{{Name: "one task", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {desiredCount: 1, networkConfiguration: {subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]}}
`}, {Name: "not set", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {launchType: EC2}
`}, {Name: "one subnet", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {desiredCount: 2, networkConfiguration: {subnets: [subnet-0123456789abcdef0]}}
`}, {Name: "autoscaling down to one", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {name: api, cluster: "arn:aws:ecs:eu-west-1:111122223333:cluster/acme", desiredCount: 2, launchType: EC2}
scaling:
  type: aws:appautoscaling/target:Target
  properties:
    serviceNamespace: ecs
    scalableDimension: ecs:service:DesiredCount
    resourceId: service/acme/api
    minCapacity: 1
    maxCapacity: 9
`}},
}
