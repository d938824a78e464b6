package ecs

import (
	"fmt"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var ecsEfsTransitEncryption = rule.Rule{
	ID:         "ecs-efs-transit-encryption",
	Title:      "EFS volumes use transit encryption",
	Why:        "NFS has no encryption of its own: every file that a task reads or writes crosses the VPC in clear.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ECS.18"}, Checkov: []string{"CKV_AWS_97"}, Trivy: []string{"AWS-0035"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-18",
	Fix: rule.Fix{
		Bulwark: "no component mounts a file system; set TransitEncryption on the volume where the program makes the task definition",
		Plain:   `ecs.TaskDefinitionVolumeEfsVolumeConfigurationArgs{TransitEncryption: pulumi.String("ENABLED")}`,
	},
	Types: []string{taskDefinition},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.Each(r.Get("volumes"), func(volume rule.Value) {
			if efs := volume.Get("efsVolumeConfiguration"); efs.Exists() {
				f.WantOneOf(efs.Get("transitEncryption"), "ENABLED")
			}
		})
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		for i, volume := range r.Get("volumes").List() {
			if volume.Get("efsVolumeConfiguration").Exists() {
				c.Set(fmt.Sprintf("volumes[%d].efsVolumeConfiguration.transitEncryption", i), "ENABLED")
			}
		}
	},
	Good: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: "[]"
    volumes:
      - {name: scratch}
      - {name: shared, efsVolumeConfiguration: {fileSystemId: fs-0123456789abcdef0, transitEncryption: ENABLED}}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: "[]"
    volumes:
      - {name: scratch}
      - {name: shared, efsVolumeConfiguration: {fileSystemId: fs-0123456789abcdef0}}
`}, {Name: "switched off", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: "[]"
    volumes: [{name: shared, efsVolumeConfiguration: {fileSystemId: fs-0123456789abcdef0, transitEncryption: DISABLED}}]
`}},
}
