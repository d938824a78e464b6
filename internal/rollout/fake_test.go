package rollout_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	logtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/smithy-go"

	"github.com/bulwark-iac/bulwark/internal/rollout"
)

const (
	account   = "arn:aws:ecs:eu-west-1:111122223333:"
	cluster   = account + "cluster/acme"
	revision1 = account + "task-definition/acme-web:1"
	revision2 = account + "task-definition/acme-web:2"
	revision3 = account + "task-definition/acme-web:3"
	group     = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/acme-web/73e2d6bc24d8a067"
)

// start is when the stories begin.
var start = time.Date(2026, 11, 29, 2, 0, 0, 0, time.UTC)

// world is a scripted AWS: a service with its history, and changes to it at their time.
type world struct {
	t  *testing.T
	mu sync.Mutex
	// began is when the script begins.
	began   time.Time
	script  []event
	service types.Service
	gone    bool
	history []types.ServiceDeployment
	// revisions are task definitions by service revision.
	revisions   map[string]string
	tasks       []types.Task
	definitions map[string]types.TaskDefinition
	targets     []elbtypes.TargetHealthDescription
	// logs are lines by group and stream.
	logs map[string][]string
	// clusters are further clusters of the region, with what runs there.
	clusters     map[string][]types.Service
	families     []string
	deregistered []string
	// updates of the service, and what they do.
	updates []string
	updated func(w *world)
	// errs are answered once each, forever ones always, by operation.
	errs, forever map[string][]error
	calls         map[string]int
}

type event struct {
	at time.Duration
	do func(w *world)
}

func deploymentArn(n int) string {
	return fmt.Sprintf("%sservice-deployment/acme/web/dep%d", account, n)
}

func serviceRevision(n int) string { return fmt.Sprintf("%sservice-revision/acme/web/%d", account, n) }

// newWorld is a service of two tasks that runs revision 1 since an hour ago.
func newWorld(t *testing.T) *world {
	w := &world{
		t: t, began: time.Now(),
		revisions: map[string]string{serviceRevision(1): revision1, serviceRevision(2): revision2, serviceRevision(3): revision3},
		service: types.Service{
			ServiceArn: aws.String(account + "service/acme/web"), ServiceName: aws.String("web"), ClusterArn: aws.String(cluster), Status: aws.String("ACTIVE"),
			DesiredCount: 2, RunningCount: 2, TaskDefinition: aws.String(revision1),
			LoadBalancers: []types.LoadBalancer{{TargetGroupArn: aws.String(group), ContainerName: aws.String("app"), ContainerPort: aws.Int32(8080)}},
			Deployments:   []types.Deployment{deploymentOf(1, revision1, "PRIMARY", types.DeploymentRolloutStateCompleted, "ECS deployment ecs-svc/1 completed.")},
			DeploymentConfiguration: &types.DeploymentConfiguration{
				DeploymentCircuitBreaker: &types.DeploymentCircuitBreaker{Enable: true, Rollback: true},
			},
		},
		history:     []types.ServiceDeployment{serviceDeployment(1, types.ServiceDeploymentStatusSuccessful, -time.Hour)},
		definitions: map[string]types.TaskDefinition{},
		logs:        map[string][]string{},
		clusters:    map[string][]types.Service{},
		errs:        map[string][]error{}, forever: map[string][]error{}, calls: map[string]int{},
	}
	for n, arn := range []string{revision1, revision2, revision3} {
		w.definitions[arn] = types.TaskDefinition{
			TaskDefinitionArn: aws.String(arn), Memory: aws.String("512"),
			ContainerDefinitions: []types.ContainerDefinition{
				{
					Name: aws.String("app"), Essential: aws.Bool(true),
					Image: aws.String(fmt.Sprintf("111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-web@sha256:%d%063d", n+1, 0)),
					LogConfiguration: &types.LogConfiguration{LogDriver: types.LogDriverAwslogs, Options: map[string]string{
						"awslogs-group": "/acme/web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "app",
					}},
				},
				{Name: aws.String("traces"), Essential: aws.Bool(false), Image: aws.String("collector")},
			},
		}
	}
	return w
}

func deploymentOf(n int, td, status string, state types.DeploymentRolloutState, reason string) types.Deployment {
	return types.Deployment{
		Id: aws.String(fmt.Sprintf("ecs-svc/%d", n)), Status: aws.String(status), TaskDefinition: aws.String(td), DesiredCount: 2,
		RolloutState: state, RolloutStateReason: aws.String(reason), CreatedAt: aws.Time(start.Add(time.Duration(n-4) * time.Hour)),
	}
}

func serviceDeployment(n int, status types.ServiceDeploymentStatus, at time.Duration) types.ServiceDeployment {
	return types.ServiceDeployment{
		ServiceDeploymentArn: aws.String(deploymentArn(n)), Status: status, CreatedAt: aws.Time(start.Add(at)),
		TargetServiceRevision:    &types.ServiceRevisionSummary{Arn: aws.String(serviceRevision(n)), RequestedTaskCount: 2},
		DeploymentCircuitBreaker: &types.ServiceDeploymentCircuitBreaker{Status: types.ServiceDeploymentRollbackMonitorsStatusMonitoring, Threshold: 3},
	}
}

// at adds a change at its time.
func (w *world) at(d time.Duration, do func(w *world)) *world {
	w.script = append(w.script, event{d, do})
	return w
}

// deploys begins a deployment of a revision.
func deploys(n int) func(w *world) {
	return func(w *world) {
		for i := range w.service.Deployments {
			w.service.Deployments[i].Status = aws.String("ACTIVE")
		}
		td := w.revisions[serviceRevision(n)]
		w.service.TaskDefinition = aws.String(td)
		now := deploymentOf(n, td, "PRIMARY", types.DeploymentRolloutStateInProgress, "in progress")
		now.CreatedAt = aws.Time(time.Now())
		w.service.Deployments = append([]types.Deployment{now}, w.service.Deployments...)
		d := serviceDeployment(n, types.ServiceDeploymentStatusInProgress, 0)
		d.CreatedAt = now.CreatedAt
		w.history = append([]types.ServiceDeployment{d}, w.history...)
	}
}

// of changes the history of a deployment.
func of(n int, change func(d *types.ServiceDeployment)) func(w *world) {
	return func(w *world) {
		for i := range w.history {
			if *w.history[i].ServiceDeploymentArn == deploymentArn(n) {
				change(&w.history[i])
			}
		}
	}
}

// running says how many tasks of the new revision run.
func running(n, tasks int) func(w *world) {
	return func(w *world) {
		of(n, func(d *types.ServiceDeployment) { d.TargetServiceRevision.RunningTaskCount = int32(tasks) })(w)
		w.primary(n).RunningCount = int32(tasks)
	}
}

func (w *world) primary(n int) *types.Deployment {
	for i := range w.service.Deployments {
		if *w.service.Deployments[i].Id == fmt.Sprintf("ecs-svc/%d", n) {
			return &w.service.Deployments[i]
		}
	}
	return &types.Deployment{}
}

// completes ends a deployment well.
func completes(n int) func(w *world) {
	return func(w *world) {
		running(n, 2)(w)
		of(n, func(d *types.ServiceDeployment) { d.Status = types.ServiceDeploymentStatusSuccessful })(w)
		w.primary(n).RolloutState = types.DeploymentRolloutStateCompleted
		w.service.Deployments = slices.DeleteFunc(w.service.Deployments, func(d types.Deployment) bool { return *d.Status != "PRIMARY" })
	}
}

// fails makes the circuit breaker go back from a deployment.
func fails(n int) func(w *world) {
	return func(w *world) {
		of(n, func(d *types.ServiceDeployment) {
			d.Status = types.ServiceDeploymentStatusRollbackInProgress
			d.StatusReason = aws.String("Service deployment rolled back because the circuit breaker threshold was exceeded.")
			d.DeploymentCircuitBreaker.Status, d.DeploymentCircuitBreaker.FailureCount = types.ServiceDeploymentRollbackMonitorsStatusTriggered, 3
			d.Rollback = &types.Rollback{Reason: d.StatusReason, ServiceRevisionArn: aws.String(serviceRevision(1))}
		})(w)
		*w.primary(n) = deploymentOf(n, w.revisions[serviceRevision(n)], "ACTIVE", types.DeploymentRolloutStateFailed, "ECS deployment circuit breaker: tasks failed to start.")
		back := w.primary(1)
		back.Status, back.RolloutState = aws.String("PRIMARY"), types.DeploymentRolloutStateInProgress
		back.RolloutStateReason = aws.String("ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.")
		w.service.TaskDefinition = aws.String(revision1)
		w.service.Events = append([]types.ServiceEvent{{
			CreatedAt: aws.Time(time.Now()),
			Message:   aws.String(fmt.Sprintf("(service web) (deployment ecs-svc/%d) deployment failed: tasks failed to start.", n)),
		}}, w.service.Events...)
	}
}

// back ends the rollback of a deployment.
func back(n int, status types.ServiceDeploymentStatus) func(w *world) {
	return func(w *world) {
		of(n, func(d *types.ServiceDeployment) { d.Status = status })(w)
		state := types.DeploymentRolloutStateCompleted
		if status == types.ServiceDeploymentStatusRollbackFailed {
			state = types.DeploymentRolloutStateFailed
			w.service.RunningCount = 0
		}
		w.primary(1).RolloutState, w.primary(1).RolloutStateReason = state, aws.String("ECS deployment ecs-svc/1 completed.")
		w.service.Deployments = slices.DeleteFunc(w.service.Deployments, func(d types.Deployment) bool { return *d.Status != "PRIMARY" })
	}
}

// crashed is a stopped task of a revision.
func crashed(id, td string, change func(t *types.Task)) func(w *world) {
	return func(w *world) {
		task := types.Task{
			TaskArn: aws.String(account + "task/acme/" + id), TaskDefinitionArn: aws.String(td), CreatedAt: aws.Time(time.Now()),
			StartedAt: aws.Time(time.Now()), StoppedAt: aws.Time(time.Now()), LastStatus: aws.String("STOPPED"), DesiredStatus: aws.String("STOPPED"),
			StopCode: types.TaskStopCodeEssentialContainerExited, StoppedReason: aws.String("Essential container in task exited"),
			Containers: []types.Container{
				{Name: aws.String("traces"), ExitCode: aws.Int32(143), LastStatus: aws.String("STOPPED")},
				{Name: aws.String("app"), ExitCode: aws.Int32(1), LastStatus: aws.String("STOPPED")},
			},
			Attachments: []types.Attachment{{Details: []types.KeyValuePair{{Name: aws.String("privateIPv4Address"), Value: aws.String("10.0.1.17")}}}},
		}
		if change != nil {
			change(&task)
		}
		w.tasks = append(w.tasks, task)
	}
}

func (w *world) clients() rollout.Clients {
	return rollout.Clients{ECS: fakeECS{w}, Logs: fakeLogs{w}, ELB: fakeELB{w}}
}

// called plays the script up to now, and says whether the call fails.
func (w *world) called(operation string) error {
	w.calls[operation]++
	for len(w.script) > 0 && w.script[0].at <= time.Since(w.began) {
		w.script[0].do(w)
		w.script = w.script[1:]
	}
	if errs := w.errs[operation]; len(errs) > 0 {
		w.errs[operation] = errs[1:]
		return errs[0]
	}
	if errs := w.forever[operation]; len(errs) > 0 {
		return errs[0]
	}
	return nil
}

func answered[T any](w *world, operation string, answer func() *T) (*T, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.called(operation); err != nil {
		return nil, err
	}
	return answer(), nil
}

func apiError(code, message string) error {
	return &smithy.GenericAPIError{Code: code, Message: message}
}

func accessDenied(action string) error {
	return apiError("AccessDeniedException", "User: arn:aws:sts::111122223333:assumed-role/deploy/ci is not authorized to perform: "+action)
}

var throttled = apiError("ThrottlingException", "Rate exceeded")

type fakeECS struct{ w *world }

func (f fakeECS) DescribeServices(_ context.Context, in *ecs.DescribeServicesInput, _ ...func(*ecs.Options)) (*ecs.DescribeServicesOutput, error) {
	return answered(f.w, "DescribeServices", func() *ecs.DescribeServicesOutput {
		if others, ok := f.w.clusters[aws.ToString(in.Cluster)]; ok {
			return &ecs.DescribeServicesOutput{Services: others}
		}
		if f.w.gone {
			return &ecs.DescribeServicesOutput{Failures: []types.Failure{{Reason: aws.String("MISSING")}}}
		}
		s := f.w.service
		s.Deployments = slices.Clone(s.Deployments)
		return &ecs.DescribeServicesOutput{Services: []types.Service{s}}
	})
}

func (f fakeECS) ListServiceDeployments(context.Context, *ecs.ListServiceDeploymentsInput, ...func(*ecs.Options)) (*ecs.ListServiceDeploymentsOutput, error) {
	return answered(f.w, "ListServiceDeployments", func() *ecs.ListServiceDeploymentsOutput {
		var all []types.ServiceDeploymentBrief
		for _, d := range f.w.history {
			all = append(all, types.ServiceDeploymentBrief{
				ServiceDeploymentArn: d.ServiceDeploymentArn, CreatedAt: d.CreatedAt, Status: d.Status, StatusReason: d.StatusReason,
				TargetServiceRevisionArn: d.TargetServiceRevision.Arn,
			})
		}
		// AWS documents no order.
		slices.Reverse(all)
		return &ecs.ListServiceDeploymentsOutput{ServiceDeployments: all}
	})
}

func (f fakeECS) DescribeServiceDeployments(_ context.Context, in *ecs.DescribeServiceDeploymentsInput, _ ...func(*ecs.Options)) (*ecs.DescribeServiceDeploymentsOutput, error) {
	return answered(f.w, "DescribeServiceDeployments", func() *ecs.DescribeServiceDeploymentsOutput {
		var found []types.ServiceDeployment
		for _, d := range f.w.history {
			if slices.Contains(in.ServiceDeploymentArns, *d.ServiceDeploymentArn) {
				target, breaker := *d.TargetServiceRevision, *d.DeploymentCircuitBreaker
				d.TargetServiceRevision, d.DeploymentCircuitBreaker = &target, &breaker
				found = append(found, d)
			}
		}
		return &ecs.DescribeServiceDeploymentsOutput{ServiceDeployments: found}
	})
}

func (f fakeECS) DescribeServiceRevisions(_ context.Context, in *ecs.DescribeServiceRevisionsInput, _ ...func(*ecs.Options)) (*ecs.DescribeServiceRevisionsOutput, error) {
	return answered(f.w, "DescribeServiceRevisions", func() *ecs.DescribeServiceRevisionsOutput {
		return &ecs.DescribeServiceRevisionsOutput{ServiceRevisions: []types.ServiceRevision{{
			ServiceRevisionArn: &in.ServiceRevisionArns[0], TaskDefinition: aws.String(f.w.revisions[in.ServiceRevisionArns[0]]),
		}}}
	})
}

func (f fakeECS) ListTasks(_ context.Context, in *ecs.ListTasksInput, _ ...func(*ecs.Options)) (*ecs.ListTasksOutput, error) {
	return answered(f.w, "ListTasks", func() *ecs.ListTasksOutput {
		if in.Family != nil && aws.ToString(in.Cluster) != cluster {
			return &ecs.ListTasksOutput{}
		}
		var arns []string
		for _, task := range f.w.tasks {
			if in.Family != nil || aws.ToString(task.DesiredStatus) == string(in.DesiredStatus) {
				arns = append(arns, *task.TaskArn)
			}
		}
		return &ecs.ListTasksOutput{TaskArns: arns}
	})
}

func (f fakeECS) DescribeTasks(_ context.Context, in *ecs.DescribeTasksInput, _ ...func(*ecs.Options)) (*ecs.DescribeTasksOutput, error) {
	return answered(f.w, "DescribeTasks", func() *ecs.DescribeTasksOutput {
		var found []types.Task
		for _, task := range f.w.tasks {
			if slices.Contains(in.Tasks, *task.TaskArn) {
				found = append(found, task)
			}
		}
		return &ecs.DescribeTasksOutput{Tasks: found}
	})
}

func (f fakeECS) DescribeTaskDefinition(_ context.Context, in *ecs.DescribeTaskDefinitionInput, _ ...func(*ecs.Options)) (*ecs.DescribeTaskDefinitionOutput, error) {
	return answered(f.w, "DescribeTaskDefinition", func() *ecs.DescribeTaskDefinitionOutput {
		td := f.w.definitions[*in.TaskDefinition]
		return &ecs.DescribeTaskDefinitionOutput{TaskDefinition: &td}
	})
}

func (f fakeECS) ListTaskDefinitions(_ context.Context, in *ecs.ListTaskDefinitionsInput, _ ...func(*ecs.Options)) (*ecs.ListTaskDefinitionsOutput, error) {
	return answered(f.w, "ListTaskDefinitions", func() *ecs.ListTaskDefinitionsOutput {
		// In pages of 30, from the newest on.
		all := slices.Clone(f.w.families)
		slices.Reverse(all)
		from := 0
		if in.NextToken != nil {
			_, _ = fmt.Sscan(*in.NextToken, &from)
		}
		to := min(from+30, len(all))
		out := &ecs.ListTaskDefinitionsOutput{TaskDefinitionArns: all[from:to]}
		if to < len(all) {
			out.NextToken = aws.String(fmt.Sprint(to))
		}
		return out
	})
}

func (f fakeECS) DeregisterTaskDefinition(_ context.Context, in *ecs.DeregisterTaskDefinitionInput, _ ...func(*ecs.Options)) (*ecs.DeregisterTaskDefinitionOutput, error) {
	return answered(f.w, "DeregisterTaskDefinition", func() *ecs.DeregisterTaskDefinitionOutput {
		f.w.deregistered = append(f.w.deregistered, *in.TaskDefinition)
		return &ecs.DeregisterTaskDefinitionOutput{}
	})
}

func (f fakeECS) UpdateService(_ context.Context, in *ecs.UpdateServiceInput, _ ...func(*ecs.Options)) (*ecs.UpdateServiceOutput, error) {
	return answered(f.w, "UpdateService", func() *ecs.UpdateServiceOutput {
		f.w.updates = append(f.w.updates, fmt.Sprint(*in.TaskDefinition, " ", in.ForceNewDeployment))
		f.w.updated(f.w)
		return &ecs.UpdateServiceOutput{}
	})
}

func (f fakeECS) ListClusters(context.Context, *ecs.ListClustersInput, ...func(*ecs.Options)) (*ecs.ListClustersOutput, error) {
	return answered(f.w, "ListClusters", func() *ecs.ListClustersOutput {
		all := []string{cluster}
		for arn := range f.w.clusters {
			all = append(all, arn)
		}
		return &ecs.ListClustersOutput{ClusterArns: all}
	})
}

func (f fakeECS) ListServices(_ context.Context, in *ecs.ListServicesInput, _ ...func(*ecs.Options)) (*ecs.ListServicesOutput, error) {
	return answered(f.w, "ListServices", func() *ecs.ListServicesOutput {
		if others, ok := f.w.clusters[*in.Cluster]; ok {
			return &ecs.ListServicesOutput{ServiceArns: make([]string, len(others))}
		}
		return &ecs.ListServicesOutput{ServiceArns: []string{*f.w.service.ServiceArn}}
	})
}

type fakeLogs struct{ w *world }

func (f fakeLogs) GetLogEvents(_ context.Context, in *cloudwatchlogs.GetLogEventsInput, _ ...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.GetLogEventsOutput, error) {
	lines, ok := f.w.logs[*in.LogGroupName+" "+*in.LogStreamName]
	if !ok && len(f.w.forever["GetLogEvents"]) == 0 {
		return nil, &logtypes.ResourceNotFoundException{Message: aws.String("The specified log stream does not exist.")}
	}
	return answered(f.w, "GetLogEvents", func() *cloudwatchlogs.GetLogEventsOutput {
		var events []logtypes.OutputLogEvent
		for _, line := range lines {
			events = append(events, logtypes.OutputLogEvent{Message: aws.String(line)})
		}
		return &cloudwatchlogs.GetLogEventsOutput{Events: events}
	})
}

type fakeELB struct{ w *world }

func (f fakeELB) DescribeTargetHealth(context.Context, *elb.DescribeTargetHealthInput, ...func(*elb.Options)) (*elb.DescribeTargetHealthOutput, error) {
	return answered(f.w, "DescribeTargetHealth", func() *elb.DescribeTargetHealthOutput {
		return &elb.DescribeTargetHealthOutput{TargetHealthDescriptions: f.w.targets}
	})
}

func unhealthy(address string, reason elbtypes.TargetHealthReasonEnum, description string) func(w *world) {
	return func(w *world) {
		w.targets = append(w.targets, elbtypes.TargetHealthDescription{
			Target:       &elbtypes.TargetDescription{Id: aws.String(address), Port: aws.Int32(8080)},
			TargetHealth: &elbtypes.TargetHealth{State: elbtypes.TargetHealthStateEnumUnhealthy, Reason: reason, Description: aws.String(description)},
		})
	}
}

// said collects what is said of the progress.
type said []string

func (s *said) add(p rollout.Progress) {
	if p.Warning {
		*s = append(*s, "warning: "+p.Message)
		return
	}
	*s = append(*s, p.Message)
}

func (s *said) String() string { return strings.Join(*s, "\n") + "\n" }
