package service

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// webServiceBuilder makes one service.
type webServiceBuilder struct {
	component.Base
	args  *WebServiceArgs
	out   *WebService
	place *place
	task  *taskBuilder
	// balanced are what lets the load balancer reach the tasks.
	balanced []pulumi.Resource
	// rollouts follows the deployments; nil where that is disabled.
	rollouts *rolloutFollower
}

func (b *webServiceBuilder) build(opts []pulumi.ResourceOption) (*WebService, error) {
	b.out = &WebService{}
	return component.Build(&b.Base, b.out, opts, b.placement, b.balancer, b.definition, b.service, b.deployed, b.scaling)
}

// placement finds out where the tasks run.
func (b *webServiceBuilder) placement() (err error) {
	b.place, err = newPlace(&b.Base, &b.args.Placement, b.args.Labels)
	if err != nil {
		return err
	}
	b.out.ClusterName, b.out.SecurityGroupIds = b.place.clusterName, b.place.securityGroupIds
	b.out.SecurityGroup = b.place.group
	return nil
}

// balancer lets the load balancer reach the tasks, where the component made their security group.
func (b *webServiceBuilder) balancer() error {
	balancer := b.args.LoadBalancer
	if balancer == nil {
		return nil
	}
	// A target group that no listener forwards to yet is refused by ECS.
	b.balanced = append(b.balanced, balancer)
	if !b.args.Placement.makesSecurityGroup() {
		return nil
	}
	made, err := network.Allow(b.Ctx, balancer.SecurityGroup, b.place.group, network.Port(b.args.port()))
	if err != nil {
		return err
	}
	for _, rule := range made.Ingress {
		b.balanced = append(b.balanced, rule)
	}
	for _, rule := range made.Egress {
		b.balanced = append(b.balanced, rule)
	}
	return nil
}

// definition makes the task definition with its roles.
func (b *webServiceBuilder) definition() error {
	grants := b.args.Grants
	if b.args.Exec && b.args.Placement.Cluster != nil && b.args.Task.TaskRoleArn == nil {
		grants = append(grants[:len(grants):len(grants)], b.args.Placement.Cluster.Shells())
	}
	b.task = &taskBuilder{
		Base: &b.Base, labels: b.args.Labels, lifecycle: b.args.Lifecycle, task: &b.args.Task, grants: grants,
		port: b.args.port(),
	}
	if err := b.task.build(); err != nil {
		return err
	}
	made := b.task.out
	b.out.TaskDefinition, b.out.LogGroup = made.definition, made.logs.LogGroup
	b.out.TaskDefinitionArn, b.out.LogGroupName = made.definition.Arn, made.logs.Name
	b.out.TaskRole, b.out.ExecutionRole = made.taskRole, made.executionRole
	b.out.TaskRoleArn, b.out.ExecutionRoleArn = made.taskRoleArn, made.executionRoleArn
	return nil
}

// service makes the service itself. It depends on what its tasks need to start and to stop: without the policies of its
// roles it could not be drained, and would never be gone.
func (b *webServiceBuilder) service() (err error) {
	d := b.args.deployment()
	args := &ecs.ServiceArgs{
		Name:                       pulumi.String(b.args.serviceName(b.Name)),
		Cluster:                    b.place.clusterArn,
		TaskDefinition:             b.out.TaskDefinitionArn,
		DesiredCount:               pulumi.Int(b.args.tasks()),
		CapacityProviderStrategies: b.strategy(),
		PlatformVersion:            pulumi.String("LATEST"),
		SchedulingStrategy:         pulumi.String("REPLICA"),
		NetworkConfiguration: ecs.ServiceNetworkConfigurationArgs{
			Subnets: b.place.subnetIds, SecurityGroups: b.place.securityGroupIds,
			AssignPublicIp: pulumi.Bool(b.place.assignPublicIps),
		},
		LoadBalancers: ecs.ServiceLoadBalancerArray{ecs.ServiceLoadBalancerArgs{
			TargetGroupArn: b.targetGroupArn(), ContainerName: pulumi.String(b.args.Task.Container.name()),
			ContainerPort: pulumi.Int(b.args.port()),
		}},
		HealthCheckGracePeriodSeconds:   pulumi.Int(d.gracePeriodSeconds()),
		DeploymentMinimumHealthyPercent: pulumi.Int(d.minimumHealthyPercent()),
		DeploymentMaximumPercent:        pulumi.Int(d.maximumPercent()),
		DeploymentController:            ecs.ServiceDeploymentControllerArgs{Type: pulumi.String("ECS")},
		DeploymentCircuitBreaker: ecs.ServiceDeploymentCircuitBreakerArgs{
			Enable: pulumi.Bool(true), Rollback: pulumi.Bool(true),
		},
		AvailabilityZoneRebalancing: rebalancing(b.args.AvailabilityZoneRebalancing),
		EnableEcsManagedTags:        pulumi.Bool(true),
		PropagateTags:               pulumi.String("SERVICE"),
		EnableExecuteCommand:        pulumi.Bool(b.args.Exec),
		ForceDelete:                 pulumi.Bool(!b.args.Lifecycle.IsPermanent()),
		Tags:                        b.args.Labels.Tags(b.Name),
	}
	if d.AlarmNames != nil {
		args.Alarms = ecs.ServiceAlarmsArgs{
			AlarmNames: d.AlarmNames.ToStringArrayOutput(), Enable: pulumi.Bool(true), Rollback: pulumi.Bool(true),
		}
	}
	opts, err := b.serviceOptions()
	if err != nil {
		return err
	}
	b.out.Service, err = ecs.NewService(b.Ctx, b.Name, args, b.Child(opts...)...)
	if err != nil {
		return err
	}
	b.out.ServiceName = b.registered(b.out.Service.Name)
	b.out.ServiceArn = b.registered(b.out.Service.ID().ToStringOutput())
	return nil
}

// registered is an output of the service, or an error where the service was not registered at all: the SDK for Go
// leaves a resource out without a word when it has a hook, and the engine knows none.
func (b *webServiceBuilder) registered(output pulumi.StringOutput) pulumi.StringOutput {
	there := b.out.Service.URN().ApplyT(func(urn pulumi.URN) (string, error) {
		if urn != "" {
			return string(urn), nil
		}
		return "", b.Err(validate.Problems{validate.Conflict("deployment.rolloutCheck", toggle.Enabled,
			"a Pulumi that knows resource hooks, which follow the deployments",
			"update Pulumi, or disable rolloutCheck").By("rollout-engine")})
	})
	return pulumi.All(there, output).ApplyT(func(values []any) string { return values[1].(string) }).(pulumi.StringOutput)
}

// serviceOptions are those of the service: what it waits for, what others own, and who follows its deployments.
func (b *webServiceBuilder) serviceOptions() ([]pulumi.ResourceOption, error) {
	var after []pulumi.Resource
	for _, resources := range [][]pulumi.Resource{b.place.after, b.balanced, b.task.out.policies} {
		after = append(after, resources...)
	}
	opts := []pulumi.ResourceOption{pulumi.DependsOn(after)}
	if b.args.Lifecycle.IsPermanent() {
		opts = append(opts, pulumi.Protect(true))
	}
	var ignored []string
	if b.args.Scaling != nil {
		ignored = append(ignored, "desiredCount")
	}
	if b.args.ImageOwner == ImageOwnerCI {
		ignored = append(ignored, "taskDefinition")
	}
	if ignored != nil {
		opts = append(opts, pulumi.IgnoreChanges(ignored))
	}
	hooks, err := b.hooks()
	if err != nil || hooks == nil {
		return opts, err
	}
	return append(opts, pulumi.ResourceHooks(hooks)), nil
}

func (b *webServiceBuilder) strategy() ecs.ServiceCapacityProviderStrategyArray {
	list := make(ecs.ServiceCapacityProviderStrategyArray, len(b.place.shares))
	for i, share := range b.place.shares {
		list[i] = ecs.ServiceCapacityProviderStrategyArgs{
			CapacityProvider: pulumi.String(share.CapacityProvider), Base: pulumi.Int(share.Base),
			Weight: pulumi.Int(share.Weight),
		}
	}
	return list
}

// targetGroupArn is the target group that the tasks join.
func (b *webServiceBuilder) targetGroupArn() pulumi.StringOutput {
	if group, ok := b.args.targetGroup(); ok {
		return b.args.LoadBalancer.TargetGroup(group.Name).Arn
	}
	return b.Checked(b.args.TargetGroupArn, func(text string, in account.Info) validate.Problems {
		if ps := validate.TargetGroupARN("targetGroupArn", text); len(ps) > 0 {
			return ps
		}
		return validate.SameRegion("targetGroupArn", text, in.Region, "the service")
	})
}

func rebalancing(t toggle.Toggle) pulumi.String {
	if t.On() {
		return "ENABLED"
	}
	return "DISABLED"
}
