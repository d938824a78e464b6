package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsCircuitBreaker = rule.Rule{
	ID:       "ecs-circuit-breaker",
	Title:    "Deployment circuit breaker with rollback",
	Why:      "A version that does not start is started again and again, for hours; the circuit breaker gives up and brings back the last one that ran. With fewer than all tasks kept up, every deployment takes capacity away.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService enables it with rollback, keeps 100 percent of the tasks, and lets up fail when ECS rolls back",
		Plain:   "ecs.ServiceArgs{DeploymentCircuitBreaker: &ecs.ServiceDeploymentCircuitBreakerArgs{Enable: pulumi.Bool(true), Rollback: pulumi.Bool(true)}}",
	},
	Types: []string{service},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("deploymentController.type").TextOr("ECS") != "ECS" {
			f.NotApplicable("something other than ECS deploys it")
			return
		}
		f.WantTrue(r.Get("deploymentCircuitBreaker.enable"))
		f.WantTrue(r.Get("deploymentCircuitBreaker.rollback"))
		if isDaemon(r) {
			return // one task an instance: there is no room for a second one
		}
		if kept := r.Get("deploymentMinimumHealthyPercent"); kept.IntOr(100) < 100 {
			f.Fail(kept, "%s: expected at least 100 percent", kept)
		}
	},
	Good: []rule.Example{{YAML: `
api:
  type: aws:ecs/service:Service
  properties: {deploymentCircuitBreaker: {enable: true, rollback: true}}
`}, {Name: "a daemon", YAML: `
agent:
  type: aws:ecs/service:Service
  properties: {schedulingStrategy: DAEMON, deploymentMinimumHealthyPercent: 0, deploymentCircuitBreaker: {enable: true, rollback: true}}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {deploymentMinimumHealthyPercent: 100}
`}, {Name: "switched off", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {deploymentController: {type: ECS}, deploymentCircuitBreaker: {enable: false, rollback: true}}
`}, {Name: "no way back", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {deploymentCircuitBreaker: {enable: true, rollback: false}}
`}, {Name: "half of the tasks", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {deploymentMinimumHealthyPercent: 50, deploymentCircuitBreaker: {enable: true, rollback: true}}
`}},
}
