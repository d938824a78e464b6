package rollout

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// Ensure makes a service run the revision that the program wants, and follows the deployment if that takes one. It is for
// a revision whose deployment has failed in an earlier run: the program wants it still, and nothing else tries again.
func Ensure(ctx context.Context, c Clients, r Request) (*Result, error) {
	f, err := newFollower(c, r)
	if err != nil {
		return nil, err
	}
	result, err := f.ensure(ctx)
	if err != nil {
		return nil, f.readError(err)
	}
	return result, nil
}

func (f *follower) ensure(ctx context.Context) (*Result, error) {
	service, err := f.calm(ctx)
	if err != nil {
		return nil, err
	}
	now := primary(service)
	runs := f.r.TaskDefinitionArn == "" || sameRevision(aws.ToString(now.TaskDefinition), f.r.TaskDefinitionArn)
	if runs && now.RolloutState == types.DeploymentRolloutStateCompleted {
		return f.unchanged(ctx, service)
	}
	if runs && now.RolloutState != types.DeploymentRolloutStateFailed {
		f.r.Before = nil
		return f.follow(ctx)
	}
	all, err := f.list(ctx, service)
	if err != nil {
		return nil, err
	}
	mark := &Mark{DeploymentId: aws.ToString(now.Id)}
	if len(all) > 0 && !f.noHistory {
		mark.ServiceDeploymentArn = all[0].id
	}
	f.say("service %s does not run revision %s since its last deployment failed: deploying it again", f.service, revisionName(f.r.TaskDefinitionArn))
	if _, err := do(ctx, f.patient(), "ecs:UpdateService", func(ctx context.Context) (*ecs.UpdateServiceOutput, error) {
		return f.c.ECS.UpdateService(ctx, &ecs.UpdateServiceInput{
			Cluster: &f.r.ClusterArn, Service: &f.r.ServiceName, TaskDefinition: &f.r.TaskDefinitionArn, ForceNewDeployment: runs,
		})
	}); err != nil {
		return nil, err
	}
	f.r.Before, f.r.Created = mark, false
	return f.follow(ctx)
}

// unchanged says that a service runs the revision that it should. If a deployment of that very revision was rolled back,
// it was about something else, such as the network, which only a refresh brings to light.
func (f *follower) unchanged(ctx context.Context, service types.Service) (*Result, error) {
	all, err := f.list(ctx, service)
	if err != nil {
		return nil, err
	}
	if len(all) > 0 && all[0].over() && all[0].status != types.ServiceDeploymentStatusSuccessful {
		last := all[0]
		if last.taskDefinition, err = f.taskDefinitionOf(ctx, last); err != nil {
			return nil, err
		}
		if sameRevision(last.taskDefinition, f.r.TaskDefinitionArn) {
			f.advice = "Run up with --refresh: it finds what was rolled back besides the revision, and deploys it again"
			_, _, err := f.verdict(ctx, service, last)
			return nil, err
		}
	}
	return f.result(OutcomeNoDeployment, service, deployment{}), nil
}
