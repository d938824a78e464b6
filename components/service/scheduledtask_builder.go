package service

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/scheduler"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sqs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// scheduledBuilder makes one scheduled task.
type scheduledBuilder struct {
	component.Base
	args *ScheduledTaskArgs
	out  *ScheduledTask
	task *oneOffBuilder
	role *iam.Role
	// permissions are the policy of the role, without which no start succeeds.
	permissions *iam.RolePolicy
}

func (b *scheduledBuilder) build(opts []pulumi.ResourceOption) (*ScheduledTask, error) {
	b.out = &ScheduledTask{}
	return component.Build(&b.Base, b.out, opts, b.oneOff, b.deadLetters, b.group, b.scheduleRole, b.schedule)
}

// oneOff makes the task that is started.
func (b *scheduledBuilder) oneOff() (err error) {
	b.task = &oneOffBuilder{Base: component.NewBase(b.Ctx, TaskType, b.Name), args: &TaskArgs{
		Labels: b.args.Labels, Lifecycle: b.args.Lifecycle, Placement: b.args.Placement, Task: b.args.Task,
		Grants: b.args.Grants,
	}}
	b.out.Task, err = b.task.build([]pulumi.ResourceOption{b.Parent})
	if err != nil {
		return err
	}
	b.out.TaskDefinitionArn, b.out.RunTaskJson = b.out.Task.TaskDefinitionArn, b.out.Task.RunTaskJson
	b.out.LogGroupName = b.out.Task.LogGroupName
	return nil
}

// deadLetters makes the queue for starts that failed in the end, and keeps them for as long as SQS can: two weeks.
// Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
func (b *scheduledBuilder) deadLetters() (err error) {
	if b.args.DeadLetterQueueArn != nil {
		b.out.DeadLetterQueueArn = b.Checked(b.args.DeadLetterQueueArn, func(text string, in account.Info) validate.Problems {
			if ps := validate.QueueARN("deadLetterQueueArn", text); len(ps) > 0 {
				return ps
			}
			return validate.SameRegion("deadLetterQueueArn", text, in.Region, "the schedule")
		})
		return nil
	}
	name := b.Name + "-dead-letters"
	b.out.DeadLetterQueue, err = sqs.NewQueue(b.Ctx, name, &sqs.QueueArgs{
		Name:                 pulumi.String(b.base() + "-dead-letters"),
		SqsManagedSseEnabled: pulumi.Bool(true), MessageRetentionSeconds: pulumi.Int(14 * 24 * 3600),
		Tags: b.args.Labels.Tags(name),
	}, b.Child(b.args.Lifecycle.Stateful()...)...)
	if err != nil {
		return err
	}
	b.out.DeadLetterQueueArn = b.out.DeadLetterQueue.Arn
	return nil
}

// base begins the names at AWS.
func (b *scheduledBuilder) base() string {
	return naming.Base(b.args.Labels.Project, b.args.Labels.Environment, b.Name)
}

// group makes a schedule group: it is what the trust of the role can name, and what has tags.
func (b *scheduledBuilder) group() (err error) {
	b.out.Group, err = scheduler.NewScheduleGroup(b.Ctx, b.Name, &scheduler.ScheduleGroupArgs{
		Name: pulumi.String(b.base()), Tags: b.args.Labels.Tags(b.Name),
	}, b.Parent)
	return err
}

// scheduleRole makes the role with which EventBridge Scheduler starts the task: this task definition, in this cluster,
// with its own roles, and nothing else.
// Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
func (b *scheduledBuilder) scheduleRole() (err error) {
	name := b.Name + "-schedule"
	b.role, err = iam.NewRole(b.Ctx, name, &iam.RoleArgs{
		Name:        pulumi.String(naming.Role(b.base(), "-schedule")),
		Description: pulumi.String("Lets EventBridge Scheduler start " + b.base()),
		AssumeRolePolicy: b.PolicyJSON(iampolicy.TrustPolicy, func(in account.Info) []iampolicy.Statement {
			return []iampolicy.Statement{{
				Sid: "Scheduler", Effect: iampolicy.Allow, Actions: []string{"sts:AssumeRole"},
				Principals: iampolicy.Principals{Service: []string{"scheduler.amazonaws.com"}},
				Conditions: []iampolicy.Condition{
					{Operator: "StringEquals", Key: "aws:SourceAccount", Values: []string{in.ID}},
					{
						Operator: "StringEquals", Key: "aws:SourceArn",
						Values: []string{in.ARN("scheduler", in.Region, "schedule-group/"+b.base())},
					},
				},
			}}
		}),
		Tags: b.args.Labels.Tags(name), PermissionsBoundary: boundary(b.args.Task.PermissionsBoundaryArn),
	}, b.Parent)
	if err != nil {
		return err
	}
	b.permissions, err = iam.NewRolePolicy(b.Ctx, name, &iam.RolePolicyArgs{
		Name: pulumi.String("permissions"), Role: b.role.Name, Policy: b.statements().JSON(iampolicy.RolePolicy),
	}, b.Parent)
	return err
}

// statements are what the schedule may do.
func (b *scheduledBuilder) statements() policydoc.Statements {
	known := pulumi.All(b.out.Task.runStatements(), b.out.DeadLetterQueueArn)
	return known.ApplyT(func(values []any) []iampolicy.Statement {
		return append(values[0].([]iampolicy.Statement), iampolicy.Statement{
			Sid: "DeadLetters", Effect: iampolicy.Allow, Actions: []string{"sqs:SendMessage"},
			Resources: []string{values[1].(string)},
		})
	}).(policydoc.Statements)
}

// schedule starts the task.
func (b *scheduledBuilder) schedule() (err error) {
	window := scheduler.ScheduleFlexibleTimeWindowArgs{Mode: pulumi.String("OFF")}
	if minutes := b.args.FlexibleWindowMinutes; minutes != 0 {
		window.Mode, window.MaximumWindowInMinutes = pulumi.String("FLEXIBLE"), pulumi.Int(minutes)
	}
	place := b.task.place
	shares := make(scheduler.ScheduleTargetEcsParametersCapacityProviderStrategyArray, len(place.shares))
	for i, share := range place.shares {
		shares[i] = scheduler.ScheduleTargetEcsParametersCapacityProviderStrategyArgs{
			CapacityProvider: pulumi.String(share.CapacityProvider), Base: pulumi.Int(share.Base),
			Weight: pulumi.Int(share.Weight),
		}
	}
	b.out.Schedule, err = scheduler.NewSchedule(b.Ctx, b.Name, &scheduler.ScheduleArgs{
		Name: pulumi.String(b.base()), GroupName: b.out.Group.Name, State: state(b.args),
		ScheduleExpression:         pulumi.String(b.args.Expression),
		ScheduleExpressionTimezone: pulumi.String(cmp.Or(b.args.TimeZone, "UTC")),
		FlexibleTimeWindow:         window,
		Target: scheduler.ScheduleTargetArgs{
			Arn: place.clusterArn, RoleArn: b.role.Arn,
			DeadLetterConfig: scheduler.ScheduleTargetDeadLetterConfigArgs{Arn: b.out.DeadLetterQueueArn},
			RetryPolicy: scheduler.ScheduleTargetRetryPolicyArgs{
				MaximumRetryAttempts:     pulumi.Int(b.args.retryAttempts()),
				MaximumEventAgeInSeconds: pulumi.Int(b.args.retryMinutes() * 60),
			},
			EcsParameters: scheduler.ScheduleTargetEcsParametersArgs{
				TaskDefinitionArn: b.out.TaskDefinitionArn, TaskCount: pulumi.Int(1),
				CapacityProviderStrategies: shares, PlatformVersion: pulumi.String("LATEST"),
				EnableEcsManagedTags: pulumi.Bool(true), PropagateTags: pulumi.String("TASK_DEFINITION"),
				NetworkConfiguration: scheduler.ScheduleTargetEcsParametersNetworkConfigurationArgs{
					Subnets: place.subnetIds, SecurityGroups: place.securityGroupIds,
					AssignPublicIp: pulumi.Bool(place.assignPublicIps),
				},
			},
		},
	}, b.Child(pulumi.DependsOn([]pulumi.Resource{b.permissions}))...)
	if err != nil {
		return err
	}
	b.out.ScheduleArn = b.out.Schedule.Arn
	return nil
}

func state(a *ScheduledTaskArgs) pulumi.String {
	if a.Schedule.On() {
		return "ENABLED"
	}
	return "DISABLED"
}

// boundary is an input that may be missing.
func boundary(arn pulumi.StringInput) pulumi.StringPtrInput {
	if arn == nil {
		return nil
	}
	return arn.ToStringOutput().ToStringPtrOutput()
}
