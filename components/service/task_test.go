package service_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

type (
	taskArgs      = service.TaskArgs
	scheduledArgs = service.ScheduledTaskArgs
)

// task makes a one-off task as the change says.
func task(change func(*taskArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &taskArgs{
			Labels: labels, Placement: somewhere(), Task: service.TaskDefinition{Container: application()},
		}
		change(args)
		_, err := service.NewTask(ctx, "migrate", args)
		return err
	}
}

// scheduled makes a scheduled task as the change says.
func scheduled(change func(*scheduledArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &scheduledArgs{
			Labels: labels, Placement: somewhere(), Task: service.TaskDefinition{Container: application()},
			Expression: "cron(0 3 * * ? *)",
		}
		change(args)
		_, err := service.NewScheduledTask(ctx, "report", args)
		return err
	}
}

func TestTaskConforms(t *testing.T) {
	componenttest.Conform(t, componenttest.Case{
		Token: service.TaskType, Args: taskArgs{}, Component: service.Task{}, Golden: "task",
		Minimal:    task(func(*taskArgs) {}),
		Variants:   map[string]pulumi.RunFunc{"everything": task(func(a *taskArgs) { allOfTask(&a.Task) })},
		Disposable: task(func(a *taskArgs) { a.Lifecycle = lifecycle.Disposable }),
		Unknown: task(func(a *taskArgs) {
			unknown := componenttest.UnknownString()
			a.Placement.ClusterArn, a.Task.Container.Image = unknown, unknown
			a.Task.TaskRoleArn, a.Task.ExecutionRoleArn = unknown, unknown
		}),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := service.NewTask(ctx, "migrate", nil)
			return err
		},
		Bad: []componenttest.Bad{{
			Name: "everything at once", Problems: []string{
				"labels.owner: label-required", "lifecycle: not-supported", "placement.clusterArn: required",
				"task.container.image: required", "task.container.user: container-user",
			},
			Program: task(func(a *taskArgs) {
				a.Labels.Owner, a.Lifecycle, a.Placement.ClusterArn, a.Task.Container = "", "forever", nil, container{}
			}),
		}},
	})
}

func TestScheduledTaskConforms(t *testing.T) {
	refused := func(name string, change func(*scheduledArgs), problems ...string) componenttest.Bad {
		return componenttest.Bad{Name: name, Program: scheduled(change), Problems: problems}
	}
	when := func(expression string) func(*scheduledArgs) {
		return func(a *scheduledArgs) { a.Expression = expression }
	}
	componenttest.Conform(t, componenttest.Case{
		Token: service.ScheduledTaskType, Args: scheduledArgs{}, Component: service.ScheduledTask{}, Golden: "scheduledtask",
		Minimal: scheduled(func(*scheduledArgs) {}),
		Variants: map[string]pulumi.RunFunc{"everything": scheduled(func(a *scheduledArgs) {
			allOfTask(&a.Task)
			a.Task.PermissionsBoundaryArn = pulumi.String("arn:aws:iam::123456789012:policy/boundary")
			a.Expression, a.TimeZone, a.FlexibleWindowMinutes = "rate(1 day)", "Europe/Berlin", 15
			a.Schedule, a.RetryAttempts, a.RetryMinutes = toggle.Disabled, number(0), 5
			a.DeadLetterQueueArn = pulumi.String("arn:aws:sqs:eu-west-1:123456789012:failed")
		})},
		Disposable: scheduled(func(a *scheduledArgs) { a.Lifecycle = lifecycle.Disposable }),
		Unknown: scheduled(func(a *scheduledArgs) {
			unknown := componenttest.UnknownString()
			a.Placement.ClusterArn, a.Task.Container.Image, a.DeadLetterQueueArn = unknown, unknown, unknown
		}),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := service.NewScheduledTask(ctx, "report", nil)
			return err
		},
		Bad: []componenttest.Bad{
			refused("numbers and names", func(a *scheduledArgs) {
				a.TimeZone, a.FlexibleWindowMinutes, a.Schedule = "Mars/Olympus", 1441, "no"
				a.RetryAttempts, a.RetryMinutes = number(186), 1441
				a.DeadLetterQueueArn = pulumi.String("arn:aws:sqs:eu-west-1:123456789012:failed.fifo")
			}, "timeZone: time-zone", "flexibleWindowMinutes: out-of-range", "schedule: not-supported",
				"retryAttempts: out-of-range", "retryMinutes: out-of-range", "deadLetterQueueArn: queue-arn"),
			refused("never", when(""), "expression: schedule"),
			refused("crontab's five fields", when("cron(0 3 * * *)"), "expression: schedule"),
			refused("both days", when("cron(0 3 * * * *)"), "expression: schedule"),
			refused("hours before minutes", when("cron(3 30 * * ? *)"), "expression: schedule"),
			refused("no expression", when("0 3 * * ? *"), "expression: schedule"),
			refused("a rate without a unit", when("rate(15)"), "expression: schedule"),
			refused("a date with a zone", when("at(2027-01-31T03:00:00Z)"), "expression: schedule"),
		},
	})
}
