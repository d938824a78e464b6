package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsExecDisabledProd = rule.Rule{
	ID:       "ecs-exec-disabled-prod",
	Title:    "ECS Exec off in production",
	Why:      "With ECS Exec every holder of one permission has a shell next to the data, with the task's role, past all reviews.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService leaves it off, unless WebServiceArgs.Exec is set",
		Plain:   "leave EnableExecuteCommand out of ecs.ServiceArgs",
	},
	Types: []string{service},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("in development a shell is a tool")
			return
		}
		f.WantNotTrue(r.Get("enableExecuteCommand"))
	},
	Remediate: func(_ *rule.Resource, c *rule.Changes) {
		if c.Prod() {
			c.Set("enableExecuteCommand", false)
		}
	},
	Good: []rule.Example{{Name: "by default", YAML: `
api:
  type: aws:ecs/service:Service
`}, {Name: "written down", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {enableExecuteCommand: false}
`}},
	Bad: []rule.Example{{YAML: `
api:
  type: aws:ecs/service:Service
  properties: {enableExecuteCommand: true}
`}},
}
