package rollout

import (
	"cmp"
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// Look notes how far the deployments of a service have come: call it before a change, and hand the mark to [Follow]
// afterwards, which then knows the change's own deployment by what it is not. The history of deployments may be out of
// reach; the mark then holds less.
//
// It waits for a rollback that goes on: a deployment that begins now would have nothing to go back to, and be stalled when
// it fails.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
func Look(ctx context.Context, c Clients, r Request) (Mark, error) {
	f, err := newFollower(c, r)
	if err != nil {
		return Mark{}, err
	}
	service, err := f.calm(ctx)
	if err != nil {
		return Mark{}, f.readError(err)
	}
	mark := Mark{DeploymentId: aws.ToString(primary(service).Id)}
	all, err := f.list(ctx, service)
	if err != nil {
		return Mark{}, f.readError(err)
	}
	if len(all) > 0 && !f.noHistory {
		mark.ServiceDeploymentArn = all[0].id
	}
	return mark, nil
}

// calm reads the service once no rollback goes on.
func (f *follower) calm(ctx context.Context) (types.Service, error) {
	pause := firstPause
	for {
		service, err := f.describeService(ctx)
		now := primary(service)
		if err != nil || now.RolloutState != types.DeploymentRolloutStateInProgress || !rollsBack(now) ||
			time.Since(f.started) >= f.r.Timeout {
			return service, err
		}
		f.warn("service %s is going back to revision %s: waiting for that before it is changed again", f.service, revisionName(aws.ToString(now.TaskDefinition)))
		if err := sleep(ctx, pause); err != nil {
			return service, err
		}
		pause = f.next(pause)
	}
}

const (
	// settleTime is how long a deployment may take to show up: ECS answers reads from copies that lag behind.
	settleTime = 4 * time.Second
	// historyLag is how long the history may lag behind the service.
	historyLag = 30 * time.Second
)

// find waits until the deployment of the change shows up. Without one it returns what there is to say at once.
func (f *follower) find(ctx context.Context) (deployment, *Result, error) {
	pause := firstPause
	for {
		service, err := f.describeService(ctx)
		if err != nil {
			return deployment{}, nil, err
		}
		all, err := f.list(ctx, service)
		if err != nil {
			return deployment{}, nil, err
		}
		ours, found, err := f.ours(ctx, service, all)
		if err != nil || found {
			return ours, nil, err
		}
		waited := time.Since(f.started)
		switch {
		case waited < settleTime:
		case f.lags(service, all) && waited < historyLag:
		case f.lags(service, all):
			f.noHistory = true
			f.warn("the history of service %s does not show the deployment %s: following it by what ecs:DescribeServices shows",
				f.service, aws.ToString(primary(service).Id))
		default:
			return f.none(ctx, service, all)
		}
		if err := sleep(ctx, pause); err != nil {
			return deployment{}, nil, err
		}
		pause = f.next(pause)
	}
}

// ours is the newest deployment since the mark that deploys what the program wants. Without a mark, one that is over may
// be an older one, so it counts only when nothing newer has shown up for a while.
func (f *follower) ours(ctx context.Context, service types.Service, all []deployment) (deployment, bool, error) {
	for _, d := range f.since(all) {
		td, err := f.taskDefinitionOf(ctx, d)
		if err != nil {
			return deployment{}, false, err
		}
		if td != "" && f.r.TaskDefinitionArn != "" && !sameRevision(td, f.r.TaskDefinitionArn) {
			continue
		}
		if f.unmarked() && d.over() && time.Since(f.started) < settleTime {
			continue
		}
		if f.noHistory && aws.ToString(primary(service).Id) != d.id && d.status == types.ServiceDeploymentStatusSuccessful {
			// An older deployment that waits for its last tasks to stop.
			continue
		}
		d.taskDefinition = cmp.Or(td, f.r.TaskDefinitionArn)
		return d, true, nil
	}
	return deployment{}, false, nil
}

// since returns the deployments after the mark, newest first; without one, the newest only.
func (f *follower) since(all []deployment) []deployment {
	switch {
	case f.r.Created:
		return all
	case f.unmarked():
		return all[:min(1, len(all))]
	}
	mark := f.r.Before.ServiceDeploymentArn
	if f.noHistory {
		mark = f.r.Before.DeploymentId
	}
	for i, d := range all {
		if d.id == mark {
			return all[:i]
		}
	}
	return all
}

func (f *follower) unmarked() bool { return f.r.Before == nil && !f.r.Created }

// lags tells whether the service has a new deployment that its history does not show yet.
func (f *follower) lags(service types.Service, all []deployment) bool {
	if f.noHistory {
		return false
	}
	if f.r.Created {
		return len(all) == 0
	}
	id := aws.ToString(primary(service).Id)
	return f.r.Before != nil && f.r.Before.DeploymentId != "" && id != f.r.Before.DeploymentId && len(f.since(all)) == 0 && !rollsBack(primary(service))
}

// none says what it means that a change started no deployment.
func (f *follower) none(ctx context.Context, service types.Service, all []deployment) (deployment, *Result, error) {
	now := aws.ToString(primary(service).TaskDefinition)
	wanted := f.r.TaskDefinitionArn
	if newer := f.since(all); len(newer) > 0 && !f.unmarked() && wanted != "" && !sameRevision(now, wanted) {
		return deployment{}, nil, f.fail(ctx, OutcomeSuperseded, service, newer[0])
	}
	if len(all) > 0 && wanted != "" {
		last := all[0]
		td, err := f.taskDefinitionOf(ctx, last)
		if err != nil {
			return deployment{}, nil, err
		}
		last.taskDefinition = td
		// An earlier run was interrupted, or its deployment has failed: this change is only as good as that one.
		if td != "" && sameRevision(td, wanted) && last.status != types.ServiceDeploymentStatusSuccessful {
			return last, nil, nil
		}
	}
	if wanted != "" && !sameRevision(now, wanted) {
		return deployment{}, nil, f.fail(ctx, OutcomeNotDeployed, service, deployment{taskDefinition: wanted})
	}
	return deployment{}, f.result(OutcomeNoDeployment, service, deployment{}), nil
}
