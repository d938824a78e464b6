package service

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// oneOffBuilder makes what one task needs.
type oneOffBuilder struct {
	component.Base
	args  *TaskArgs
	out   *Task
	place *place
}

func (b *oneOffBuilder) build(opts []pulumi.ResourceOption) (*Task, error) {
	b.out = &Task{name: b.Name}
	return component.Build(&b.Base, b.out, opts, b.placement, b.definition, b.run)
}

// placement finds out where the task runs.
func (b *oneOffBuilder) placement() (err error) {
	b.out.location = b.Location()
	b.place, err = newPlace(&b.Base, &b.args.Placement, b.args.Labels)
	if err != nil {
		return err
	}
	b.out.ClusterName, b.out.SecurityGroupIds = b.place.clusterName, b.place.securityGroupIds
	b.out.SecurityGroup, b.out.clusterArn = b.place.group, b.place.clusterArn
	return nil
}

// definition makes the task definition with its roles.
func (b *oneOffBuilder) definition() error {
	task := &taskBuilder{
		Base: &b.Base, labels: b.args.Labels, lifecycle: b.args.Lifecycle, task: &b.args.Task, grants: b.args.Grants,
	}
	if err := task.build(); err != nil {
		return err
	}
	made := task.out
	b.out.TaskDefinition, b.out.LogGroup = made.definition, made.logs.LogGroup
	b.out.TaskDefinitionArn, b.out.LogGroupName = made.definition.Arn, made.logs.Name
	b.out.TaskRole, b.out.ExecutionRole = made.taskRole, made.executionRole
	b.out.TaskRoleArn, b.out.ExecutionRoleArn = made.taskRoleArn, made.executionRoleArn
	return nil
}

// run says how to start the task, in the words of the API, and what an identity that does so may do.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
func (b *oneOffBuilder) run() error {
	var strategy pulumi.Array
	for _, share := range b.place.shares {
		strategy = append(strategy, pulumi.Map{
			"capacityProvider": pulumi.String(share.CapacityProvider),
			"base":             pulumi.Int(share.Base), "weight": pulumi.Int(share.Weight),
		})
	}
	b.out.RunTaskJson = pulumi.JSONMarshal(pulumi.Map{
		"cluster":                  b.place.clusterArn,
		"taskDefinition":           b.out.TaskDefinitionArn,
		"capacityProviderStrategy": strategy,
		"platformVersion":          pulumi.String("LATEST"),
		"networkConfiguration": pulumi.Map{"awsvpcConfiguration": pulumi.Map{
			"subnets": b.place.subnetIds, "securityGroups": b.place.securityGroupIds,
			"assignPublicIp": publicIPs(b.place.assignPublicIps),
		}},
		"enableECSManagedTags": pulumi.Bool(true),
		"propagateTags":        pulumi.String("TASK_DEFINITION"),
		"count":                pulumi.Int(1),
	})
	b.out.RunPolicyJson = b.out.Run().PolicyJSON()
	return nil
}

func publicIPs(assign bool) pulumi.String {
	if assign {
		return "ENABLED"
	}
	return "DISABLED"
}
