package rollout

import (
	"cmp"
	"errors"
	"time"
)

// Request names the deployment to follow.
type Request struct {
	// ClusterArn is the cluster's ARN or name.
	ClusterArn string
	// ServiceName is the service's name or ARN.
	ServiceName string
	// TaskDefinitionArn is the revision that the program wants the service to run: of the resource's inputs, because
	// outputs may show what runs after a rollback. Empty when somebody else owns it: then whatever was deployed is
	// followed.
	TaskDefinitionArn string
	// Before is what [Look] saw before the change; nil when nobody looked. With it, a change that starts no deployment is
	// told apart from one whose deployment is over already.
	Before *Mark
	// Created says that the service is new: whatever deployment it has is the one.
	Created bool
	// Timeout is how long to follow at most. Default 20 minutes.
	Timeout time.Duration
	// PollInterval is the longest pause between two looks; the first ones follow faster. Default 5 seconds.
	PollInterval time.Duration
	// Progress takes what is worth a line while the deployment goes on; nil for nobody.
	Progress func(Progress)
}

// Progress is one line about a deployment that goes on.
type Progress struct {
	// Message is a sentence without a period.
	Message string
	// Warning says that something needs attention even if the deployment succeeds.
	Warning bool
}

const (
	defaultTimeout      = 20 * time.Minute
	defaultPollInterval = 5 * time.Second
	// firstPause is the pause after the first look; each is half as long again, up to the poll interval.
	firstPause = time.Second
)

func (r Request) withDefaults() (Request, error) {
	if r.ClusterArn == "" || r.ServiceName == "" {
		return r, errors.New("follow a deployment: cluster and service must be named")
	}
	r.Timeout = cmp.Or(r.Timeout, defaultTimeout)
	r.PollInterval = cmp.Or(r.PollInterval, defaultPollInterval)
	if r.Progress == nil {
		r.Progress = func(Progress) {}
	}
	return r, nil
}

// Mark is how far the deployments of a service had come at a moment; see [Look].
type Mark struct {
	// DeploymentId is the id of the primary deployment, for example ecs-svc/0123456789012345678.
	DeploymentId string
	// ServiceDeploymentArn is the newest service deployment; empty when there was none or it could not be read.
	ServiceDeploymentArn string
}
