package ecs

// The type tokens that several rules share.
const (
	cluster              = "aws:ecs/cluster:Cluster"
	service              = "aws:ecs/service:Service"
	taskDefinition       = "aws:ecs/taskDefinition:TaskDefinition"
	taskSet              = "aws:ecs/taskSet:TaskSet"
	capacityProvider     = "aws:ecs/capacityProvider:CapacityProvider"
	scalingTarget        = "aws:appautoscaling/target:Target"
	scalingPolicy        = "aws:appautoscaling/policy:Policy"
	scheduledAction      = "aws:appautoscaling/scheduledAction:ScheduledAction"
	repository           = "aws:ecr/repository:Repository"
	repositoryPolicy     = "aws:ecr/repositoryPolicy:RepositoryPolicy"
	lifecyclePolicy      = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
	role                 = "aws:iam/role:Role"
	rolePolicy           = "aws:iam/rolePolicy:RolePolicy"
	rolePolicyAttachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
	policyAttachment     = "aws:iam/policyAttachment:PolicyAttachment"
	managedPolicy        = "aws:iam/policy:Policy"
)
