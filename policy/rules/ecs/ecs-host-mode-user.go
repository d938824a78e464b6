package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsHostModeUser = rule.Rule{
	ID:         "ecs-host-mode-user",
	Title:      "Host network mode needs a non-root or privileged opt-in",
	Why:        "With the host's network and as root, a container that was broken into owns the network of the instance: every other task's traffic, and the instance's credentials.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ECS.1"}, CDKNag: []string{"NIST:ECSTaskDefinitionUserForHostMode"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-1",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService runs on Fargate, where every task has a network of its own",
		Plain:   `ecs.TaskDefinitionArgs{NetworkMode: pulumi.String("awsvpc")}, or "user": "1000" in every container`,
	},
	Types: []string{taskDefinition},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("networkMode").Text() != "host" {
			f.NotApplicable("the task does not use the host's network")
			return
		}
		f.Each(containers(r), func(container rule.Value) {
			user := field(container, "user")
			if field(container, "privileged").Bool() || !isRoot(user.Text()) {
				return
			}
			f.Fail(user, "%s: expected a user other than root, because the task uses the host's network", user)
		})
	},
	Good: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: agent
    networkMode: host
    containerDefinitions: {"fn::toJSON": [{name: agent, image: "agent:1.4", user: "1000:1000"}]}
`}, {Name: "privileged, and so on purpose", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: agent
    networkMode: host
    containerDefinitions: {"fn::toJSON": [{name: agent, image: "agent:1.4", privileged: true}]}
`}},
	Bad: []rule.Example{{Name: "no user", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: agent
    networkMode: host
    containerDefinitions: {"fn::toJSON": [{name: agent, image: "agent:1.4"}]}
`}, {Name: "root", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: agent
    networkMode: host
    containerDefinitions: {"fn::toJSON": [{name: agent, image: "agent:1.4", user: "0:1000", privileged: false}]}
`}},
}
