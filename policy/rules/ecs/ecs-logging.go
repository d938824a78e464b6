package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsLogging = rule.Rule{
	ID:         "ecs-logging",
	Title:      "Every container has a log configuration",
	Why:        "Without a log driver what a container says is gone with it: nobody can tell why it crashed, or what somebody did in it.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ECS.9"}, CDKNag: []string{"AwsSolutions-ECS7"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-9",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService sends the output of every container to one log group, which service.TaskDefinition.Logs describes",
		Plain:   `"logConfiguration": {"logDriver": "awslogs", "options": {...}} in every container`,
	},
	Types: []string{taskDefinition},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.Each(containers(r), func(container rule.Value) {
			driver := field(container, "logConfiguration", "logDriver")
			if field(container, "firelensConfiguration").Exists() && driver.Text() == "" {
				return // it is the one that the others log to
			}
			if driver.Is("", "none") {
				f.Fail(driver, "%s: expected a log driver, such as awslogs", driver)
			}
		})
	},
	Good: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", logConfiguration: {logDriver: awslogs}}]}
`}, {Name: "through FireLens", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions:
      fn::toJSON:
        - {name: api, image: "api:1.4", logConfiguration: {logDriver: awsfirelens}}
        - {name: router, image: "aws-for-fluent-bit:3.0", firelensConfiguration: {type: fluentbit}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions:
      fn::toJSON:
        - {name: api, image: "api:1.4", logConfiguration: {logDriver: awslogs}}
        - {name: otel, image: "otel:0.43"}
`}, {Name: "thrown away", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", logConfiguration: {logDriver: none}}]}
`}},
}
