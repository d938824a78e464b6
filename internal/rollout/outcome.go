package rollout

import "time"

// Outcome is how a deployment ended.
type Outcome string

const (
	// OutcomeSucceeded means that the revision runs, and its tasks passed their health checks.
	OutcomeSucceeded Outcome = "succeeded"
	// OutcomeNoDeployment means that the change started no deployment; the service runs what it should.
	OutcomeNoDeployment Outcome = "no-deployment"
	// OutcomeNothingRuns means that the deployment succeeded with a desired count of 0, which proves nothing about the image.
	OutcomeNothingRuns Outcome = "nothing-runs"
	// OutcomeRolledBack means that an earlier revision runs again.
	OutcomeRolledBack Outcome = "rolled-back"
	// OutcomeRollbackFailed means that neither the new revision nor the earlier one reached its steady state.
	OutcomeRollbackFailed Outcome = "rollback-failed"
	// OutcomeFailed means that the deployment failed, and ECS rolls nothing back.
	OutcomeFailed Outcome = "failed"
	// OutcomeSuperseded means that another deployment of another revision took its place.
	OutcomeSuperseded Outcome = "superseded"
	// OutcomeNotDeployed means that the change started no deployment, and the service runs another revision.
	OutcomeNotDeployed Outcome = "not-deployed"
	// OutcomeTimeout means that time was up before ECS had decided.
	OutcomeTimeout Outcome = "timeout"
	// OutcomeServiceGone means that the service is being deleted, or is not there.
	OutcomeServiceGone Outcome = "service-gone"
)

// Result is a deployment that did what it should.
type Result struct {
	// Outcome is OutcomeSucceeded, OutcomeNoDeployment or OutcomeNothingRuns.
	Outcome Outcome
	// DeploymentArn is the service deployment that was followed, or the id of the deployment where ECS's history of
	// service deployments could not be read; empty when none was started.
	DeploymentArn string
	// TaskDefinitionArn is the revision that runs.
	TaskDefinitionArn string
	// RunningCount and DesiredCount are tasks of the service.
	RunningCount, DesiredCount int
	// Duration is how long it was followed.
	Duration time.Duration
}

// Failure is the error of a deployment that did not do what it should.
type Failure struct {
	// Outcome says how it ended.
	Outcome Outcome
	// Service and Cluster are names.
	Service, Cluster string
	// DeploymentArn is the deployment that was followed; empty when none was started.
	DeploymentArn string
	// TaskDefinitionArn is the revision that was to be deployed, Running the one that runs.
	TaskDefinitionArn, Running string

	text string
}

// Error is one paragraph: what happened, to which task, why, what runs now, and what to do.
func (f *Failure) Error() string { return f.text }
