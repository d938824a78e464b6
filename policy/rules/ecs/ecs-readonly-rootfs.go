package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsReadonlyRootfs = rule.Rule{
	ID:         "ecs-readonly-rootfs",
	Title:      "Root filesystem is read-only",
	Why:        "Whoever gets into a container that can write to its file system changes the program or brings tools along; on a read-only one there is nowhere to put them.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"ECS.5"}, Checkov: []string{"CKV_AWS_336"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-5",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService makes it so; service.Container.ScratchVolumes are what a container can write into",
		Plain:   `"readonlyRootFilesystem": true in every container, and a volume for what it has to write`,
	},
	Types: []string{taskDefinition},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if onWindows(r) {
			f.NotApplicable("Windows containers cannot have it")
			return
		}
		f.Each(containers(r), func(container rule.Value) { f.WantTrue(field(container, "readonlyRootFilesystem")) })
	},
	Good: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    runtimePlatform: {operatingSystemFamily: LINUX, cpuArchitecture: ARM64}
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", readonlyRootFilesystem: true}]}
`}, {Name: "next to a Windows task", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", readonlyRootFilesystem: true}]}
windows:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: windows
    runtimePlatform: {operatingSystemFamily: WINDOWS_SERVER_2022_CORE}
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4"}]}
`}},
	Bad: []rule.Example{{Name: "left out in a sidecar", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", readonlyRootFilesystem: true}, {name: otel, image: "otel:0.43"}]}
`}, {Name: "switched off", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", readonlyRootFilesystem: false}]}
`}},
}
