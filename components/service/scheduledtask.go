package service

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/scheduler"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sqs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// ScheduledTaskType is the type token of ScheduledTask.
const ScheduledTaskType = "bulwark:service:ScheduledTask"

// ScheduledTask is a task that starts by the clock. See NewScheduledTask.
type ScheduledTask struct {
	pulumi.ResourceState

	// ScheduleArn is the ARN of the schedule.
	ScheduleArn pulumi.StringOutput `pulumi:"scheduleArn"`
	// DeadLetterQueueArn is the queue with the starts that failed in the end.
	DeadLetterQueueArn pulumi.StringOutput `pulumi:"deadLetterQueueArn"`
	// TaskDefinitionArn is the revision that is run.
	TaskDefinitionArn pulumi.StringOutput `pulumi:"taskDefinitionArn"`
	// RunTaskJson starts the task besides: aws ecs run-task --cli-input-json "$(pulumi stack output report)".
	RunTaskJson pulumi.StringOutput `pulumi:"runTaskJson"`
	// LogGroupName is where the containers write to.
	LogGroupName pulumi.StringOutput `pulumi:"logGroupName"`

	// Task is what is run.
	Task *Task
	// Schedule starts it.
	Schedule *scheduler.Schedule `pulumi:"schedule" provider:"type=aws@6.83.2:scheduler/schedule:Schedule"`
	// Group is the group that the schedule is alone in.
	Group *scheduler.ScheduleGroup `pulumi:"group" provider:"type=aws@6.83.2:scheduler/scheduleGroup:ScheduleGroup"`
	// DeadLetterQueue is the queue that the component made; nil where one is given.
	DeadLetterQueue *sqs.Queue
}

// NewScheduledTask creates a task and the schedule that starts it. It reports all problems with the arguments at once,
// before it creates anything.
func NewScheduledTask(
	ctx *pulumi.Context, name string, args *ScheduledTaskArgs, opts ...pulumi.ResourceOption,
) (*ScheduledTask, error) {
	b := &scheduledBuilder{Base: component.NewBase(ctx, ScheduledTaskType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check(name)); err != nil {
		return nil, err
	}
	return b.build(opts)
}
