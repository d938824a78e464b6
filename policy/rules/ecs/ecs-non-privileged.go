package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsNonPrivileged = rule.Rule{
	ID:         "ecs-non-privileged",
	Title:      "Containers are not privileged",
	Why:        "A privileged container is root on the instance: its devices, its kernel and every other task on it.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ECS.4"}, Checkov: []string{"CKV_AWS_334"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-4",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService runs on Fargate, which has no privileged containers",
		Plain:   `leave "privileged" out of the container definitions`,
	},
	Types: []string{taskDefinition},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.Each(containers(r), func(container rule.Value) { f.WantNotTrue(field(container, "privileged")) })
	},
	Good: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4"}, {name: otel, image: "otel:0.43", privileged: false}]}
`}},
	Bad: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4"}, {name: builder, image: "docker:27", privileged: true}]}
`}, {Name: "with the names that CloudFormation uses, which the provider takes too", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties: {family: api, containerDefinitions: '[{"Name":"api","Image":"api:1.4","Privileged":true}]'}
`}},
}
