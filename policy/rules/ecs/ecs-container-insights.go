package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsContainerInsights = rule.Rule{
	ID:       "ecs-container-insights",
	Title:    "Container Insights enabled",
	Why:      "Without Container Insights the numbers of single tasks are missing: that one of ten restarts or runs out of memory shows nowhere.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"ECS.12"},
		Checkov: []string{"CKV_AWS_65"},
		Trivy:   []string{"AWS-0034"},
		CDKNag:  []string{"AwsSolutions-ECS4"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-12",
	Fix: rule.Fix{
		Bulwark: "service.NewCluster has it enhanced, unless ClusterArgs.ContainerInsights says otherwise",
		Plain:   `ecs.ClusterArgs{Settings: ecs.ClusterSettingArray{{Name: pulumi.String("containerInsights"), Value: pulumi.String("enhanced")}}}`,
	},
	Types: []string{cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		settings := r.Get("settings")
		for _, setting := range settings.List() {
			if setting.Get("name").Is("containerInsights") {
				f.WantOneOf(setting.Get("value"), "enabled", "enhanced")
				return
			}
		}
		f.Fail(settings, "containerInsights is not set: expected enabled or enhanced")
	},
	Good: []rule.Example{{YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties: {settings: [{name: containerInsights, value: enabled}]}
`}, {Name: "enhanced", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties: {settings: [{name: containerInsights, value: enhanced}]}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
`}, {Name: "switched off", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties: {settings: [{name: containerInsights, value: disabled}]}
`}},
}
