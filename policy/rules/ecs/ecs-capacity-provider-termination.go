package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsCapacityProviderTermination = rule.Rule{
	ID:         "ecs-capacity-provider-termination",
	Title:      "Capacity providers have managed termination protection",
	Why:        "Without it the Auto Scaling group ends instances when it scales in, whatever runs on them: tasks die in the middle of a request.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ECS.19"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-19",
	Fix: rule.Fix{
		Bulwark: "service.NewCluster runs on Fargate and needs no capacity provider; set ManagedTerminationProtection in one of your own",
		Plain:   `ecs.CapacityProviderAutoScalingGroupProviderArgs{ManagedTerminationProtection: pulumi.String("ENABLED")}`,
	},
	Types:    []string{capacityProvider},
	Resource: rule.WantOneOf("autoScalingGroupProvider.managedTerminationProtection", "ENABLED"),
	Good: []rule.Example{{YAML: `
instances:
  type: aws:ecs/capacityProvider:CapacityProvider
  properties:
    autoScalingGroupProvider:
      autoScalingGroupArn: arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1234:autoScalingGroupName/ecs
      managedTerminationProtection: ENABLED
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
instances:
  type: aws:ecs/capacityProvider:CapacityProvider
  properties:
    autoScalingGroupProvider:
      autoScalingGroupArn: arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1234:autoScalingGroupName/ecs
`}, {Name: "switched off", YAML: `
instances:
  type: aws:ecs/capacityProvider:CapacityProvider
  properties:
    autoScalingGroupProvider:
      autoScalingGroupArn: arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1234:autoScalingGroupName/ecs
      managedTerminationProtection: DISABLED
`}},
}
