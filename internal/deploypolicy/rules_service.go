package deploypolicy

// ecsTagged adds the permission to set the tags of what a call of ECS creates.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
func ecsTagged(operation string, needs ...need) []need {
	return append(needs, on(requested, "ecs:*/*").as("ecs:TagResource").when("ecs:CreateAction", operation))
}

// ecsRules: what a call creates carries the tags of the request.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var ecsRules = map[string][]need{
	// The first cluster of an account makes the role that ECS works with.
	// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
	"CreateCluster": ecsTagged("CreateCluster",
		on(requested, "ecs:cluster/*"), serviceLinkedRole("ecs.amazonaws.com"), on(owned, "kms:key/*").as("kms:DescribeKey")),
	"CreateService": ecsTagged("CreateService", on(requested, "ecs:service/*")),
	"RegisterTaskDefinition": ecsTagged("RegisterTaskDefinition",
		on(requested, "ecs:task-definition/*"), passTo("ecs-tasks.amazonaws.com")),
	"UpdateCluster": {on(owned, "ecs:*/*"), on(owned, "kms:key/*").as("kms:DescribeKey")},
}

// ecrRules: a repository with its own key takes a grant on it.
// Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
var ecrRules = map[string][]need{
	"CreateRepository": {
		on(requested, "ecr:repository/*"), on(claimed, "ecr:repository/*").as("ecr:TagResource"),
		on(owned, "kms:key/*").as("kms:CreateGrant"), on(owned, "kms:key/*").as("kms:DescribeKey"), on(owned, "kms:key/*").as("kms:RetireGrant"),
	},
}

// scalingRules: who sets up scaling has to be able to scale: the permissions on the service and on the alarms are asked for.
// The first scalable target of an account makes the role that scales services.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/auto-scaling-IAM.html
var scalingRules = map[string][]need{
	"RegisterScalableTarget": {
		on(claimed, "application-autoscaling:scalable-target/*"),
		on(claimed, "application-autoscaling:scalable-target/*").as("application-autoscaling:TagResource"),
		serviceLinkedRole("ecs.application-autoscaling.amazonaws.com"),
		on(noTags, "ecs:*/*").as("ecs:DescribeServices").because(readGone), on(owned, "ecs:*/*").as("ecs:UpdateService"),
	},
	"PutScalingPolicy": {
		on(owned, "application-autoscaling:scalable-target/*"), scalingAlarms.as("cloudwatch:DescribeAlarms"), scalingAlarms.as("cloudwatch:PutMetricAlarm"),
	},
	"DeleteScalingPolicy": {
		on(owned, "application-autoscaling:scalable-target/*"), scalingAlarms.as("cloudwatch:DeleteAlarms"),
	},
}

// schedulerRules: a schedule has no tags, its group has; the schedule gets the role with which it starts tasks.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var schedulerRules = map[string][]need{
	"CreateSchedule":      {on(noTags, "scheduler:schedule/*/{name}"), passTo("scheduler.amazonaws.com")},
	"UpdateSchedule":      {on(noTags, "scheduler:schedule/*/{name}"), passTo("scheduler.amazonaws.com")},
	"GetSchedule":         {on(noTags, "scheduler:schedule/*/{name}")},
	"DeleteSchedule":      {on(noTags, "scheduler:schedule/*/{name}")},
	"CreateScheduleGroup": {on(noTags, "scheduler:schedule-group/{name}"), on(noTags, "scheduler:schedule-group/{name}").as("scheduler:TagResource")},
	"DeleteScheduleGroup": {on(noTags, "scheduler:schedule-group/{name}")},
	"GetScheduleGroup":    {on(noTags, "scheduler:schedule-group/{name}")},
	"ListTagsForResource": {on(noTags, "scheduler:schedule-group/{name}")},
	"TagResource":         {on(noTags, "scheduler:schedule-group/{name}")},
	"UntagResource":       {on(noTags, "scheduler:schedule-group/{name}")},
}

// scalingAlarms are the alarms that target tracking makes.
// Source: https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
var scalingAlarms = on(noTags, "cloudwatch:alarm:TargetTracking-*").
	because("target tracking names its alarms after the service, and gives them no tags")
