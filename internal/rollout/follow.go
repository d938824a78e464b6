package rollout

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// Follow waits for the deployment that a change of the service started, until ECS has decided. The error of a deployment
// that did not do what it should is a *[Failure]; a missing permission is a *[DeniedError]; a context that ends is the
// context's error, wrapped.
func Follow(ctx context.Context, c Clients, r Request) (*Result, error) {
	f, err := newFollower(c, r)
	if err != nil {
		return nil, err
	}
	result, err := f.follow(ctx)
	if err != nil {
		return nil, f.readError(err)
	}
	return result, nil
}

// follower follows one deployment.
type follower struct {
	c                Clients
	r                Request
	service, cluster string
	started          time.Time
	// noHistory is set once ECS's history of service deployments turns out to be out of reach.
	noHistory bool
	// revisions are task definitions by service revision.
	revisions map[string]string
	// current is the deployment that is followed; empty before it is found.
	current deployment
	warned  map[string]bool
	// advice takes the place of what is said about what to do.
	advice   string
	said     spoken
	evidence *evidence
}

func newFollower(c Clients, r Request) (*follower, error) {
	r, err := r.withDefaults()
	if err != nil {
		return nil, err
	}
	f := &follower{
		c: c, r: r,
		service: lastPart(r.ServiceName), cluster: lastPart(r.ClusterArn),
		started:   time.Now(),
		revisions: map[string]string{},
		warned:    map[string]bool{},
	}
	f.evidence = newEvidence(f)
	return f, nil
}

func (f *follower) follow(ctx context.Context) (*Result, error) {
	d, result, err := f.find(ctx)
	if err != nil || result != nil {
		return result, err
	}
	for {
		next, result, err := f.watch(ctx, d)
		if err != nil || result != nil {
			return result, err
		}
		f.say("another deployment of the same revision has taken the place of %s: following %s", deploymentName(d.id), deploymentName(next.id))
		d = next
	}
}

// stalledLooks is how often a deployment must look failed, without ECS doing anything about it, before that counts.
const stalledLooks = 5

// watch looks at a deployment until it is over. It returns the one that took its place, if that deploys the same.
func (f *follower) watch(ctx context.Context, d deployment) (deployment, *Result, error) {
	wanted := d.taskDefinition
	pause, stalled := firstPause, 0
	for {
		service, err := f.describeService(ctx)
		if err != nil {
			return deployment{}, nil, err
		}
		d, err = f.get(ctx, service, d)
		if f.withoutHistory(err) {
			return f.find(ctx)
		}
		if err != nil {
			return deployment{}, nil, err
		}
		if d.taskDefinition, err = f.taskDefinitionOf(ctx, d); err != nil {
			return deployment{}, nil, err
		}
		d.taskDefinition = cmp.Or(d.taskDefinition, wanted)
		f.current = d
		f.report(service, d)
		f.evidence.observe(ctx, service, d, pause)

		if stalls(service, d) {
			stalled++
		} else {
			stalled = 0
		}
		switch {
		case d.over():
			return f.verdict(ctx, service, d)
		case stalled >= stalledLooks:
			return deployment{}, nil, f.fail(ctx, OutcomeFailed, service, d)
		case time.Since(f.started) >= f.r.Timeout:
			return deployment{}, nil, f.fail(ctx, OutcomeTimeout, service, d)
		}
		if err := sleep(ctx, min(pause, max(0, f.r.Timeout-time.Since(f.started)))); err != nil {
			return deployment{}, nil, err
		}
		pause = f.next(pause)
	}
}

// stalls tells whether a deployment has failed with nothing to go back to: ECS starts no more tasks, and leaves the
// service deployment as it is.
func stalls(service types.Service, d deployment) bool {
	now := primary(service)
	return d.status == types.ServiceDeploymentStatusInProgress && now.RolloutState == types.DeploymentRolloutStateFailed &&
		(d.taskDefinition == "" || sameRevision(aws.ToString(now.TaskDefinition), d.taskDefinition))
}

// verdict says what it means that a deployment is over.
func (f *follower) verdict(ctx context.Context, service types.Service, d deployment) (deployment, *Result, error) {
	switch d.status {
	case types.ServiceDeploymentStatusSuccessful:
		if service.DesiredCount == 0 {
			f.warn("service %s has a desired count of 0: revision %s is deployed, but no task of it was started, so nothing is known about its image",
				f.service, revisionName(d.taskDefinition))
			return deployment{}, f.result(OutcomeNothingRuns, service, d), nil
		}
		return deployment{}, f.result(OutcomeSucceeded, service, d), nil
	case types.ServiceDeploymentStatusRollbackSuccessful:
		return deployment{}, nil, f.fail(ctx, OutcomeRolledBack, service, d)
	case types.ServiceDeploymentStatusRollbackFailed:
		if d.noCandidate() {
			return deployment{}, nil, f.fail(ctx, OutcomeFailed, service, d)
		}
		return deployment{}, nil, f.fail(ctx, OutcomeRollbackFailed, service, d)
	}
	// ECS stops a deployment when a newer one begins, and when it fails with rollback switched off.
	newer, found, err := f.successor(ctx, service, d)
	if err != nil {
		return deployment{}, nil, err
	}
	switch {
	case !found:
		return deployment{}, nil, f.fail(ctx, OutcomeFailed, service, d)
	case newer.taskDefinition != "" && d.taskDefinition != "" && sameRevision(newer.taskDefinition, d.taskDefinition):
		return newer, nil, nil
	default:
		return deployment{}, nil, f.fail(ctx, OutcomeSuperseded, service, d)
	}
}

// successor is the newest deployment that began after another one.
func (f *follower) successor(ctx context.Context, service types.Service, d deployment) (deployment, bool, error) {
	all, err := f.list(ctx, service)
	if err != nil {
		return deployment{}, false, err
	}
	if len(all) == 0 || all[0].id == d.id || all[0].created.Before(d.created) {
		return deployment{}, false, nil
	}
	newest := all[0]
	newest.taskDefinition, err = f.taskDefinitionOf(ctx, newest)
	return newest, true, err
}

func (f *follower) result(o Outcome, service types.Service, d deployment) *Result {
	return &Result{
		Outcome:           o,
		DeploymentArn:     d.id,
		TaskDefinitionArn: aws.ToString(primary(service).TaskDefinition),
		RunningCount:      int(service.RunningCount),
		DesiredCount:      int(service.DesiredCount),
		Duration:          time.Since(f.started),
	}
}

// readError says what an error of following means, for whoever sees it at the end of a deployment.
func (f *follower) readError(err error) error {
	var failure *Failure
	where := fmt.Sprintf("service %s of cluster %s", f.service, f.cluster)
	goesOn := "; the deployment goes on without being followed"
	if f.current.id == "" {
		goesOn = "; what became of the change is not known"
	}
	var denied *DeniedError
	switch {
	case errors.As(err, &failure):
		return err
	case errors.Is(err, errGone):
		return &Failure{
			Outcome: OutcomeServiceGone, Service: f.service, Cluster: f.cluster, DeploymentArn: f.current.id, TaskDefinitionArn: f.r.TaskDefinitionArn,
			text: where + " is not there any more, or is being deleted: somebody removed it while it was deployed",
		}
	case errors.As(err, &denied):
		return fmt.Errorf("%s cannot be followed: %w%s", where, denied, goesOn)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: no longer followed: %w%s", where, err, goesOn)
	case expired(err):
		return fmt.Errorf("%s cannot be followed any longer: the AWS credentials have expired: use ones that outlive the deployment, and run up again to see its end: %w", where, err)
	default:
		return fmt.Errorf("%s cannot be followed: %w%s", where, err, goesOn)
	}
}

// patient allows as many attempts as there is time left.
func (f *follower) patient() attempts { return attempts{until: f.started.Add(f.r.Timeout)} }

// next is the pause after a pause.
func (f *follower) next(pause time.Duration) time.Duration { return min(pause*3/2, f.r.PollInterval) }

// lastPart is the name at the end of an ARN.
func lastPart(arn string) string { return arn[strings.LastIndex(arn, "/")+1:] }

// deploymentName is what the console calls a deployment.
func deploymentName(id string) string {
	if strings.HasPrefix(id, "arn:") {
		return lastPart(id)
	}
	return id
}

// revisionName is family:revision of a task definition.
func revisionName(arn string) string {
	if arn == "" {
		return "unknown"
	}
	return lastPart(arn)
}

// sameRevision compares task definitions by ARN, or by as much as both say: family and revision, or the family alone.
func sameRevision(a, b string) bool {
	if strings.HasPrefix(a, "arn:") && strings.HasPrefix(b, "arn:") {
		return a == b
	}
	a, b = revisionName(a), revisionName(b)
	if family, _, numbered := strings.Cut(a, ":"); !numbered || !strings.Contains(b, ":") {
		other, _, _ := strings.Cut(b, ":")
		return family == other
	}
	return a == b
}
