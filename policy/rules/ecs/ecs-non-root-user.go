package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsNonRootUser = rule.Rule{
	ID:         "ecs-non-root-user",
	Title:      "Linux containers set a non-root user",
	Why:        "Root in a container is the best start for breaking out of it, and may change every file in it; what the image says about its user is out of the reader's sight, and can change with the next build.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ECS.20"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-20",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService wants service.Container.User, and one that is not root",
		Plain:   `"user": "1000:1000" in every container`,
	},
	Types: []string{taskDefinition},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if onWindows(r) {
			f.NotApplicable("Windows has no root")
			return
		}
		f.Each(containers(r), func(container rule.Value) {
			// FireLens needs root for the socket that the other containers log to.
			if user := field(container, "user"); isRoot(user.Text()) && !field(container, "firelensConfiguration").Exists() {
				f.Fail(user, "%s: expected a user other than root", user)
			}
		})
	},
	Good: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", user: "1000:0"}, {name: otel, image: "otel:0.43", user: nobody}]}
`}, {Name: "with FireLens", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    runtimePlatform: {operatingSystemFamily: LINUX}
    containerDefinitions:
      fn::toJSON:
        - {name: api, image: "api:1.4", user: app}
        - {name: router, image: "aws-for-fluent-bit:3.0", user: "0", firelensConfiguration: {type: fluentbit}}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", user: app}, {name: otel, image: "otel:0.43"}]}
`}, {Name: "root", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", user: "root:app"}]}
`}, {Name: "root by number", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", user: "0:0"}]}
`}},
}
