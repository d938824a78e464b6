package rollout

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// ofService reads the deployments of a service from the service itself, newest first.
func ofService(s types.Service) []deployment {
	var all []deployment
	for _, d := range s.Deployments {
		all = append(all, ofDeployment(s, d))
	}
	slices.SortStableFunc(all, func(a, b deployment) int { return b.created.Compare(a.created) })
	return all
}

// ofId finds a deployment of a service by its id. One that is gone was replaced: by the deployment that ECS went back to,
// or by somebody else's.
func ofId(s types.Service, last deployment) deployment {
	for _, d := range s.Deployments {
		if aws.ToString(d.Id) == last.id {
			return ofDeployment(s, d)
		}
	}
	now := primary(s)
	d := last
	d.status = types.ServiceDeploymentStatusStopped
	if wentBack(now, last.created) || toldToRollBack(s, last.id) {
		d.status = rollbackStatus(now)
		d.breakerTriggered = d.breakerTriggered || byBreaker(aws.ToString(now.RolloutStateReason))
	}
	return d
}

// ofDeployment says in the words of the history what a service says of a deployment.
func ofDeployment(s types.Service, d types.Deployment) deployment {
	seen := deployment{
		id:             aws.ToString(d.Id),
		created:        aws.ToTime(d.CreatedAt),
		reason:         aws.ToString(d.RolloutStateReason),
		taskDefinition: aws.ToString(d.TaskDefinition),
		requested:      int(d.DesiredCount),
		running:        int(d.RunningCount),
		pending:        int(d.PendingCount),
		failures:       int(d.FailedTasks),
	}
	now := primary(s)
	switch {
	case d.RolloutState == types.DeploymentRolloutStateCompleted:
		seen.status = types.ServiceDeploymentStatusSuccessful
	case d.RolloutState == types.DeploymentRolloutStateFailed:
		seen.status = failedStatus(s, d, now)
		seen.breakerTriggered = byBreaker(seen.reason)
		seen.rollback = seen.reason
	case aws.ToString(now.Id) != seen.id && wentBack(now, seen.created):
		seen.status, seen.rollback = rollbackStatus(now), aws.ToString(now.RolloutStateReason)
		seen.breakerTriggered = byBreaker(seen.rollback)
	case aws.ToString(now.Id) != seen.id:
		seen.status = types.ServiceDeploymentStatusStopped
	default:
		seen.status = types.ServiceDeploymentStatusInProgress
	}
	return seen
}

// failedStatus is what became of a deployment that failed: ECS goes back to another one, or does not.
func failedStatus(s types.Service, d, now types.Deployment) types.ServiceDeploymentStatus {
	if aws.ToString(now.Id) != aws.ToString(d.Id) {
		return rollbackStatus(now)
	}
	if wantsRollback(s) && hasOther(s, d) {
		// ECS names the deployment that it goes back to a moment later.
		return types.ServiceDeploymentStatusRollbackRequested
	}
	return types.ServiceDeploymentStatusStopped
}

func rollbackStatus(back types.Deployment) types.ServiceDeploymentStatus {
	switch back.RolloutState {
	case types.DeploymentRolloutStateCompleted:
		return types.ServiceDeploymentStatusRollbackSuccessful
	case types.DeploymentRolloutStateFailed:
		return types.ServiceDeploymentStatusRollbackFailed
	default:
		return types.ServiceDeploymentStatusRollbackInProgress
	}
}

// rollsBack tells whether a deployment is the one that ECS goes back to, by its own words.
func rollsBack(d types.Deployment) bool {
	return strings.Contains(strings.ToLower(aws.ToString(d.RolloutStateReason)), "rolling back to")
}

// wentBack tells whether ECS went back from a deployment: to the one that is primary now, which is an older one.
func wentBack(now types.Deployment, created time.Time) bool {
	return rollsBack(now) || !created.IsZero() && now.CreatedAt != nil && now.CreatedAt.Before(created)
}

// toldToRollBack tells whether an event of the service says that ECS went back from a deployment: its reason has said
// something else since the rollback was complete.
func toldToRollBack(s types.Service, id string) bool {
	return slices.ContainsFunc(s.Events, func(e types.ServiceEvent) bool {
		text := aws.ToString(e.Message)
		return strings.Contains(text, fmt.Sprintf("(deployment %s)", id)) && strings.Contains(text, "deployment failed")
	})
}

func byBreaker(reason string) bool { return strings.Contains(reason, "circuit breaker") }

// wantsRollback tells whether ECS goes back by itself.
func wantsRollback(s types.Service) bool {
	c := s.DeploymentConfiguration
	if c == nil {
		return false
	}
	return c.DeploymentCircuitBreaker != nil && c.DeploymentCircuitBreaker.Rollback || c.Alarms != nil && c.Alarms.Rollback
}

func hasOther(s types.Service, d types.Deployment) bool {
	return slices.ContainsFunc(s.Deployments, func(o types.Deployment) bool {
		return aws.ToString(o.Id) != aws.ToString(d.Id) && o.RolloutState != types.DeploymentRolloutStateFailed
	})
}
