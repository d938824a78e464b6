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

// deployment is one deployment of a service, as far as its history tells.
type deployment struct {
	// id is the ARN of the service deployment, or the id of the deployment (ecs-svc/...) where there is no history.
	id      string
	created time.Time
	status  types.ServiceDeploymentStatus
	reason  string
	// revision is the service revision that is deployed; taskDefinition belongs to it and is empty while unknown.
	revision, taskDefinition string
	// requested, running and pending count tasks of the new revision.
	requested, running, pending int
	// failures of tasks, of which the circuit breaker takes threshold; 0 when it counts none.
	failures, threshold int
	breakerTriggered    bool
	triggeredAlarms     []string
	// alarmsIgnored are alarms that the deployment names, but that ECS does not look at.
	alarmsIgnored []string
	// rollback is why ECS went back.
	rollback string
}

// over tells whether ECS has decided.
func (d deployment) over() bool {
	switch d.status {
	case types.ServiceDeploymentStatusSuccessful, types.ServiceDeploymentStatusStopped,
		types.ServiceDeploymentStatusRollbackSuccessful, types.ServiceDeploymentStatusRollbackFailed:
		return true
	default:
		return false
	}
}

// rollingBack tells whether the deployment has failed, and ECS is on its way back.
func (d deployment) rollingBack() bool {
	return d.status == types.ServiceDeploymentStatusRollbackRequested || d.status == types.ServiceDeploymentStatusRollbackInProgress
}

// noCandidate tells whether ECS found no deployment to go back to.
func (d deployment) noCandidate() bool {
	return strings.Contains(strings.ToLower(d.reason), "no rollback candidate")
}

// errGone says that a service or a deployment is not there any more.
var errGone = errors.New("not there")

// describeService reads the service.
func (f *follower) describeService(ctx context.Context) (types.Service, error) {
	out, err := do(ctx, f.patient(), "ecs:DescribeServices", func(ctx context.Context) (*ecs.DescribeServicesOutput, error) {
		return f.c.ECS.DescribeServices(ctx, &ecs.DescribeServicesInput{Cluster: &f.r.ClusterArn, Services: []string{f.r.ServiceName}})
	})
	if err != nil {
		return types.Service{}, err
	}
	if len(out.Services) == 0 || aws.ToString(out.Services[0].Status) == "INACTIVE" || aws.ToString(out.Services[0].Status) == "DRAINING" {
		return types.Service{}, errGone
	}
	return out.Services[0], nil
}

// list returns the deployments of the service, newest first: of its history, or, where that cannot be read, of the
// service itself.
func (f *follower) list(ctx context.Context, service types.Service) ([]deployment, error) {
	if f.noHistory {
		return ofService(service), nil
	}
	out, err := do(ctx, f.patient(), "ecs:ListServiceDeployments", func(ctx context.Context) (*ecs.ListServiceDeploymentsOutput, error) {
		return f.c.ECS.ListServiceDeployments(ctx, &ecs.ListServiceDeploymentsInput{
			Cluster: &f.r.ClusterArn, Service: &f.r.ServiceName, MaxResults: aws.Int32(historyPage),
		})
	})
	if f.withoutHistory(err) {
		return ofService(service), nil
	}
	if err != nil {
		return nil, err
	}
	var all []deployment
	for _, d := range out.ServiceDeployments {
		all = append(all, deployment{
			id:       aws.ToString(d.ServiceDeploymentArn),
			created:  aws.ToTime(d.CreatedAt),
			status:   d.Status,
			reason:   aws.ToString(d.StatusReason),
			revision: aws.ToString(d.TargetServiceRevisionArn),
		})
	}
	// AWS documents no order.
	slices.SortStableFunc(all, func(a, b deployment) int { return b.created.Compare(a.created) })
	return all, nil
}

// historyPage is how many deployments are read: more than can begin within one.
const historyPage = 20

// get reads a deployment again.
func (f *follower) get(ctx context.Context, service types.Service, last deployment) (deployment, error) {
	id := last.id
	if !strings.HasPrefix(id, "arn:") {
		return ofId(service, last), nil
	}
	out, err := do(ctx, f.patient(), "ecs:DescribeServiceDeployments", func(ctx context.Context) (*ecs.DescribeServiceDeploymentsOutput, error) {
		return f.c.ECS.DescribeServiceDeployments(ctx, &ecs.DescribeServiceDeploymentsInput{ServiceDeploymentArns: []string{id}})
	})
	if err != nil {
		return deployment{}, err
	}
	if len(out.ServiceDeployments) == 0 {
		return deployment{}, fmt.Errorf("service deployment %s: %w", id, errGone)
	}
	return ofHistory(out.ServiceDeployments[0]), nil
}

func ofHistory(d types.ServiceDeployment) deployment {
	seen := deployment{
		id:      aws.ToString(d.ServiceDeploymentArn),
		created: aws.ToTime(d.CreatedAt),
		status:  d.Status,
		reason:  aws.ToString(d.StatusReason),
	}
	if t := d.TargetServiceRevision; t != nil {
		seen.revision = aws.ToString(t.Arn)
		seen.requested, seen.running, seen.pending = int(t.RequestedTaskCount), int(t.RunningTaskCount), int(t.PendingTaskCount)
	}
	if b := d.DeploymentCircuitBreaker; b != nil {
		seen.failures, seen.threshold = int(b.FailureCount), int(b.Threshold)
		seen.breakerTriggered = b.Status == types.ServiceDeploymentRollbackMonitorsStatusTriggered
	}
	if a := d.Alarms; a != nil {
		seen.triggeredAlarms = a.TriggeredAlarmNames
		if a.Status == types.ServiceDeploymentRollbackMonitorsStatusDisabled {
			seen.alarmsIgnored = a.AlarmNames
		}
	}
	if d.Rollback != nil {
		seen.rollback = aws.ToString(d.Rollback.Reason)
	}
	return seen
}

// withoutHistory tells whether an error means that the history of deployments cannot be read, and goes on without it. What
// the service itself says of its deployments is enough for a verdict, with fewer words for the reason.
func (f *follower) withoutHistory(err error) bool {
	var denied *DeniedError
	switch {
	case errors.As(err, &denied):
		f.warn("%s: until then the deployment is followed by what ecs:DescribeServices shows", denied.short())
	case err == nil || !missing(err):
		return false
	}
	f.noHistory = true
	return true
}

// taskDefinitionOf finds out which task definition a deployment is about; empty when that cannot be read.
func (f *follower) taskDefinitionOf(ctx context.Context, d deployment) (string, error) {
	if d.taskDefinition != "" || d.revision == "" {
		return d.taskDefinition, nil
	}
	if known, ok := f.revisions[d.revision]; ok {
		return known, nil
	}
	out, err := do(ctx, f.patient(), "ecs:DescribeServiceRevisions", func(ctx context.Context) (*ecs.DescribeServiceRevisionsOutput, error) {
		return f.c.ECS.DescribeServiceRevisions(ctx, &ecs.DescribeServiceRevisionsInput{ServiceRevisionArns: []string{d.revision}})
	})
	var denied *DeniedError
	switch {
	case errors.As(err, &denied):
		f.warn("%s: until then deployments of other revisions cannot be told apart", denied.short())
	case err != nil && !missing(err):
		return "", err
	}
	var found string
	if err == nil && len(out.ServiceRevisions) > 0 {
		found = aws.ToString(out.ServiceRevisions[0].TaskDefinition)
	}
	f.revisions[d.revision] = found
	return found, nil
}

// primary is the deployment that a service works on or has reached.
func primary(s types.Service) types.Deployment {
	for _, d := range s.Deployments {
		if aws.ToString(d.Status) == "PRIMARY" {
			return d
		}
	}
	return types.Deployment{TaskDefinition: s.TaskDefinition}
}
