package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsNoLinuxCaps = rule.Rule{
	ID:       "ecs-no-linux-caps",
	Title:    "Containers drop capabilities, no host mounts",
	Why:      "Every capability that is added is a part of root on the host's kernel, and a folder of the host that is mounted is a way out of the container.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService drops all, and mounts nothing of a host; service.Container.Capabilities adds the one that Fargate allows",
		Plain:   `leave "capabilities": {"add": ...} out of the containers, and HostPath out of the volumes`,
	},
	Types: []string{taskDefinition},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.Each(containers(r), func(container rule.Value) {
			f.WantUnset(field(container, "linuxParameters", "capabilities", "add"), "a capability is a part of root on the host's kernel")
		})
		f.Each(r.Get("volumes"), func(volume rule.Value) {
			if folder := volume.Get("hostPath"); folder.Text() != "" {
				f.Fail(folder, "%s: expected no folder of the host", folder)
			}
		})
	},
	Good: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions:
      fn::toJSON: [{name: api, image: "api:1.4", linuxParameters: {initProcessEnabled: true, capabilities: {add: [], drop: [ALL]}}}]
    volumes: [{name: scratch}]
`}},
	Bad: []rule.Example{{Name: "a capability", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", linuxParameters: {capabilities: {add: [SYS_ADMIN], drop: [ALL]}}}]}
`}, {Name: "a folder of the host", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4"}]}
    volumes: [{name: docker, hostPath: /var/run/docker.sock}]
`}},
}
