package rollout

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// evidence collects, while a deployment goes on, what explains it afterwards: ECS forgets stopped tasks within the hour, and
// a load balancer forgets a target as soon as its task is replaced. It never fails: what cannot be read is noted.
type evidence struct {
	f *follower
	// tasks of the deployment by ARN, as they were seen last.
	tasks map[string]types.Task
	// targets are answers of the load balancer's health checks by address.
	targets map[string]answer
	// unread is what could not be read, by action, and why; the reason is empty for a missing permission.
	unread map[string]string
	looked time.Time
}

func newEvidence(f *follower) *evidence {
	return &evidence{
		f: f, tasks: map[string]types.Task{}, targets: map[string]answer{}, unread: map[string]string{}, looked: f.started,
	}
}

// observe looks at tasks and targets now and then.
func (e *evidence) observe(ctx context.Context, service types.Service, d deployment, pause time.Duration) {
	if d.over() || time.Since(e.looked) < 2*pause {
		return
	}
	e.read(ctx, service, d)
	if failed := e.failed(); len(failed) > 0 {
		e.f.warn("a task of revision %s stopped: %s", revisionName(d.taskDefinition), e.stopText(failed[0]))
	}
}

// evidenceTime bounds how long one look at the evidence may take.
const evidenceTime = 20 * time.Second

func (e *evidence) read(ctx context.Context, service types.Service, d deployment) {
	ctx, cancel := context.WithTimeout(ctx, evidenceTime)
	defer cancel()
	e.readTasks(ctx, d, types.DesiredStatusStopped)
	e.readTasks(ctx, d, types.DesiredStatusRunning)
	e.readTargets(ctx, service)
	e.looked = time.Now()
}

// ask makes a call that may fail.
func ask[T any](ctx context.Context, e *evidence, action string, call func(context.Context) (T, error)) (T, bool) {
	var none T
	if why, asked := e.unread[action]; asked && why == "" {
		return none, false
	}
	out, err := do(ctx, attempts{most: 3}, action, call)
	if err == nil {
		delete(e.unread, action)
		return out, true
	}
	var denied *DeniedError
	if errors.As(err, &denied) {
		e.unread[action] = ""
	} else {
		e.unread[action] = message(err)
	}
	return none, false
}

// tasksPage is how many tasks one call describes.
const tasksPage = 100

func (e *evidence) readTasks(ctx context.Context, d deployment, status types.DesiredStatus) {
	list, ok := ask(ctx, e, "ecs:ListTasks", func(ctx context.Context) (*ecs.ListTasksOutput, error) {
		return e.f.c.ECS.ListTasks(ctx, &ecs.ListTasksInput{
			Cluster: &e.f.r.ClusterArn, ServiceName: &e.f.service, DesiredStatus: status, MaxResults: aws.Int32(tasksPage),
		})
	})
	if !ok || len(list.TaskArns) == 0 {
		return
	}
	out, ok := ask(ctx, e, "ecs:DescribeTasks", func(ctx context.Context) (*ecs.DescribeTasksOutput, error) {
		return e.f.c.ECS.DescribeTasks(ctx, &ecs.DescribeTasksInput{Cluster: &e.f.r.ClusterArn, Tasks: list.TaskArns})
	})
	if !ok {
		return
	}
	for _, task := range out.Tasks {
		if belongs(task, d) {
			e.tasks[aws.ToString(task.TaskArn)] = task
		}
	}
}

// clockSkew is how much earlier than its deployment a task may seem to begin.
const clockSkew = 5 * time.Second

// belongs tells whether a task was started by a deployment.
func belongs(task types.Task, d deployment) bool {
	if strings.HasPrefix(d.id, "ecs-svc/") && aws.ToString(task.StartedBy) != "" {
		return aws.ToString(task.StartedBy) == d.id
	}
	if d.taskDefinition != "" && !sameRevision(aws.ToString(task.TaskDefinitionArn), d.taskDefinition) {
		return false
	}
	return task.CreatedAt == nil || d.created.IsZero() || !task.CreatedAt.Before(d.created.Add(-clockSkew))
}

// failed returns the tasks that stopped because something is wrong with them, the newest first; those that somebody
// stopped by hand last.
func (e *evidence) failed() []types.Task {
	var failed []types.Task
	for _, task := range e.tasks {
		if wentWrong(task) {
			failed = append(failed, task)
		}
	}
	slices.SortFunc(failed, func(a, b types.Task) int {
		if x, y := byHand(a), byHand(b); x != y {
			if x {
				return 1
			}
			return -1
		}
		if order := aws.ToTime(b.StoppedAt).Compare(aws.ToTime(a.StoppedAt)); order != 0 {
			return order
		}
		return strings.Compare(aws.ToString(a.TaskArn), aws.ToString(b.TaskArn))
	})
	return failed
}

func byHand(task types.Task) bool { return task.StopCode == types.TaskStopCodeUserInitiated }

// wentWrong tells a task that failed from one that ECS stopped because it was not needed any more.
func wentWrong(task types.Task) bool {
	if task.StopCode == "" && task.StoppedReason == nil {
		return false
	}
	if task.StopCode != types.TaskStopCodeServiceSchedulerInitiated {
		return true
	}
	return !strings.Contains(aws.ToString(task.StoppedReason), "Scaling activity")
}

// alike counts the tasks that stopped for the same reason.
func alike(tasks []types.Task, as types.Task) int {
	n := 0
	for _, task := range tasks {
		if task.StopCode == as.StopCode && exitCode(task) == exitCode(as) {
			n++
		}
	}
	return n
}

func exitCode(task types.Task) string {
	c, ok := culprit(task, nil)
	if !ok || c.ExitCode == nil {
		return ""
	}
	return fmt.Sprint(*c.ExitCode)
}

// culprit is the container that explains why a task stopped: one that failed by itself before those that were stopped
// with it, an essential one before others.
func culprit(task types.Task, definition *types.TaskDefinition) (types.Container, bool) {
	best, rank := types.Container{}, 0
	for _, c := range task.Containers {
		r := 2 * guilt(c, task.StopCode == types.TaskStopCodeServiceSchedulerInitiated)
		if r > 0 && essential(definition, aws.ToString(c.Name)) {
			r++
		}
		if r > rank {
			best, rank = c, r
		}
	}
	return best, rank > 0
}

// guilt is how much a container has to do with the end of its task. Where the scheduler stopped the task, its exit code
// only says how it took that.
func guilt(c types.Container, told bool) int {
	code := int32(-1)
	if c.ExitCode != nil {
		code = *c.ExitCode
	}
	switch {
	case strings.Contains(aws.ToString(c.Reason), "OutOfMemory"):
		return 6
	case code > 0 && code != 137 && code != 143:
		return 5
	case code < 0 && aws.ToString(c.Reason) != "":
		return 4
	case c.HealthStatus == types.HealthStatusUnhealthy:
		return 3
	case told:
		return 0
	case code > 0:
		return 2
	case code == 0:
		return 1
	default:
		return 0
	}
}

// essential tells whether a task stops with its container; every container is until its definition says otherwise.
func essential(definition *types.TaskDefinition, name string) bool {
	c, ok := containerOf(definition, name)
	return !ok || c.Essential == nil || *c.Essential
}

func containerOf(definition *types.TaskDefinition, name string) (types.ContainerDefinition, bool) {
	if definition == nil {
		return types.ContainerDefinition{}, false
	}
	for _, c := range definition.ContainerDefinitions {
		if aws.ToString(c.Name) == name {
			return c, true
		}
	}
	return types.ContainerDefinition{}, false
}

// definition reads a task definition.
func (e *evidence) definition(ctx context.Context, arn string) *types.TaskDefinition {
	if arn == "" {
		return nil
	}
	out, ok := ask(ctx, e, "ecs:DescribeTaskDefinition", func(ctx context.Context) (*ecs.DescribeTaskDefinitionOutput, error) {
		return e.f.c.ECS.DescribeTaskDefinition(ctx, &ecs.DescribeTaskDefinitionInput{TaskDefinition: &arn})
	})
	if !ok {
		return nil
	}
	return out.TaskDefinition
}
