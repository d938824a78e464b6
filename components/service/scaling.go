package service

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/appautoscaling"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// What Application Auto Scaling calls the number of tasks of a service.
const (
	scalingNamespace = "ecs"
	scalingDimension = "ecs:service:DesiredCount"
)

// scaling makes the limits between which the service scales, what it scales by, and when the limits change.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
func (b *webServiceBuilder) scaling() (err error) {
	s := b.args.Scaling
	if s == nil {
		return nil
	}
	b.out.ScalingTarget, err = appautoscaling.NewTarget(b.Ctx, b.Name, &appautoscaling.TargetArgs{
		ServiceNamespace: pulumi.String(scalingNamespace), ScalableDimension: pulumi.String(scalingDimension),
		ResourceId:  pulumi.Sprintf("service/%s/%s", b.out.ClusterName, b.out.ServiceName),
		MinCapacity: pulumi.Int(s.MinTasks), MaxCapacity: pulumi.Int(s.MaxTasks), Tags: b.args.Labels.Tags(b.Name),
	}, b.Child(b.scheduledLimits()...)...)
	if err != nil {
		return err
	}
	for _, m := range []struct {
		name, metric string
		target       int
		label        pulumi.StringPtrInput
	}{
		{"cpu", "ECSServiceAverageCPUUtilization", s.CpuPercent, nil},
		{"memory", "ECSServiceAverageMemoryUtilization", s.MemoryPercent, nil},
		{"requests", "ALBRequestCountPerTarget", s.RequestsPerTarget, b.resourceLabel()},
	} {
		if m.target == 0 {
			continue
		}
		if err := b.track(m.name, m.metric, m.target, m.label); err != nil {
			return err
		}
	}
	for _, schedule := range s.schedules() {
		if err := b.schedule(schedule); err != nil {
			return err
		}
	}
	return nil
}

// scheduledLimits leaves the limits to the schedules where there are some: up in the evening must not start tasks that
// office hours have stopped.
func (b *webServiceBuilder) scheduledLimits() []pulumi.ResourceOption {
	if len(b.args.Scaling.schedules()) == 0 {
		return nil
	}
	return []pulumi.ResourceOption{pulumi.IgnoreChanges([]string{"minCapacity", "maxCapacity"})}
}

// track keeps a metric at its target.
func (b *webServiceBuilder) track(name, metric string, target int, label pulumi.StringPtrInput) error {
	s, of := b.args.Scaling, b.out.ScalingTarget
	_, err := appautoscaling.NewPolicy(b.Ctx, b.Name+"-"+name, &appautoscaling.PolicyArgs{
		Name: pulumi.String(name), PolicyType: pulumi.String("TargetTrackingScaling"),
		ServiceNamespace: of.ServiceNamespace, ScalableDimension: of.ScalableDimension, ResourceId: of.ResourceId,
		TargetTrackingScalingPolicyConfiguration: appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs{
			PredefinedMetricSpecification: appautoscaling.
				PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs{
				PredefinedMetricType: pulumi.String(metric), ResourceLabel: label,
			},
			TargetValue:      pulumi.Float64(float64(target)),
			ScaleOutCooldown: pulumi.Int(s.scaleOutCooldown()),
			ScaleInCooldown:  pulumi.Int(s.scaleInCooldown()),
		},
	}, b.Parent)
	return err
}

// resourceLabel names load balancer and target group for the metric that counts their requests.
func (b *webServiceBuilder) resourceLabel() pulumi.StringPtrInput {
	group, ok := b.args.targetGroup()
	if !ok {
		return nil
	}
	balancer := b.args.LoadBalancer
	return pulumi.Sprintf("%s/%s", balancer.LoadBalancerArnSuffix, balancer.TargetGroup(group.Name).ArnSuffix)
}

// schedule changes the limits by the clock.
func (b *webServiceBuilder) schedule(s ScalingSchedule) error {
	of := b.out.ScalingTarget
	args := &appautoscaling.ScheduledActionArgs{
		Name:             pulumi.String(s.Name),
		ServiceNamespace: of.ServiceNamespace, ScalableDimension: of.ScalableDimension, ResourceId: of.ResourceId,
		Schedule: pulumi.String(s.Expression),
		ScalableTargetAction: appautoscaling.ScheduledActionScalableTargetActionArgs{
			MinCapacity: pulumi.Int(s.MinTasks), MaxCapacity: pulumi.Int(s.MaxTasks),
		},
	}
	if s.TimeZone != "" {
		args.Timezone = pulumi.String(s.TimeZone)
	}
	_, err := appautoscaling.NewScheduledAction(b.Ctx, b.Name+"-"+s.Name, args, b.Parent)
	return err
}
