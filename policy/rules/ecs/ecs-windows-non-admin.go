package ecs

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var ecsWindowsNonAdmin = rule.Rule{
	ID:         "ecs-windows-non-admin",
	Title:      "Windows containers set a non-admin user",
	Why:        "A Windows container runs as its administrator unless told otherwise: whoever gets into it owns all that is in it.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ECS.21"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-21",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService runs Linux; set a user in a Windows task of your own",
		Plain:   `"user": "ContainerUser" in every container`,
	},
	Types: []string{taskDefinition},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !onWindows(r) {
			f.NotApplicable("it is no Windows task")
			return
		}
		f.Each(containers(r), func(container rule.Value) {
			switch user := field(container, "user"); strings.ToLower(user.Text()) {
			case "", "containeradministrator":
				f.Fail(user, "%s: expected a user other than ContainerAdministrator", user)
			}
		})
	},
	Good: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    runtimePlatform: {operatingSystemFamily: WINDOWS_SERVER_2022_CORE}
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", user: ContainerUser}]}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    runtimePlatform: {operatingSystemFamily: WINDOWS_SERVER_2022_CORE}
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4"}]}
`}, {Name: "the administrator", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    runtimePlatform: {operatingSystemFamily: WINDOWS_SERVER_2019_FULL}
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", user: ContainerAdministrator}]}
`}},
}
