package sandbox

import (
	"context"
	"net/http"
	"time"
)

// DeploymentResult is how the emulator plays a deployment of an ECS service.
type DeploymentResult string

// How deployments end. Without being told, one succeeds, unless what it refers to does not exist or does not trust ECS.
const (
	// DeploymentSucceeds: every task becomes healthy.
	DeploymentSucceeds DeploymentResult = "success"
	// DeploymentCrashLoops: the essential container ends soon after its start.
	DeploymentCrashLoops DeploymentResult = "crash-loop"
	// DeploymentFailsHealthChecks: tasks run, and fail those of the load balancer or, without one, of the container.
	DeploymentFailsHealthChecks DeploymentResult = "failing-health-check"
	// DeploymentMissesImage: the image cannot be pulled.
	DeploymentMissesImage DeploymentResult = "missing-image"
	// DeploymentMissesSecret: a secret of the task definition cannot be read.
	DeploymentMissesSecret DeploymentResult = "missing-secret"
	// DeploymentStuck: there is no room for tasks, for ever.
	DeploymentStuck DeploymentResult = "stuck"
	// DeploymentRollbackFails: a crash loop, after which the tasks of the last deployment crash as well.
	DeploymentRollbackFails DeploymentResult = "rollback-failed"
	// DeploymentTriggersAlarm: the first of the service's deployment alarms goes off.
	DeploymentTriggersAlarm DeploymentResult = "alarm-triggered"
)

// DeploymentOutcome tells the emulator how the next deployments of a service end.
type DeploymentOutcome struct {
	// Cluster and Service are names or ARNs. The service need not exist yet.
	Cluster string           `json:"cluster"`
	Service string           `json:"service"`
	Result  DeploymentResult `json:"outcome"`
	// Count is for how many deployments; default 1.
	Count int `json:"count,omitempty"`
	// ExitCode of a container that crashes, default 1, and Logs, its last lines.
	ExitCode int      `json:"exitCode,omitempty"`
	Logs     []string `json:"logs,omitempty"`
	// Reason is what the load balancer says of a failing health check: "Health checks failed with these codes: [503]".
	Reason string `json:"reason,omitempty"`
	// Secret is the reference that cannot be read; default is the first one of the task definition.
	Secret string `json:"secret,omitempty"`
}

// TaskCredentials are what the AWS SDKs read from AWS_CONTAINER_CREDENTIALS_FULL_URI.
type TaskCredentials struct {
	RoleArn         string
	AccessKeyID     string `json:"AccessKeyId"`
	SecretAccessKey string
	Token           string
	Expiration      time.Time
}

// PlayDeployment tells the emulator how the next deployments of a service end.
func (a Admin) PlayDeployment(ctx context.Context, o DeploymentOutcome) error {
	return a.call(ctx, http.MethodPost, "ecs/outcomes", o, nil)
}

// ForgetDeploymentOutcomes lets all further deployments succeed.
func (a Admin) ForgetDeploymentOutcomes(ctx context.Context) error {
	return a.call(ctx, http.MethodDelete, "ecs/outcomes", nil, nil)
}

// TaskCredentialsURI is where an application finds the credentials of a running task's role: the value of
// AWS_CONTAINER_CREDENTIALS_FULL_URI. The task is named by its id, or by cluster/service for one of the service's tasks.
func (a Admin) TaskCredentialsURI(task string) string {
	return a.Endpoint + "/_bulwark/ecs/credentials/" + task
}

// TaskCredentials returns the credentials of a running task's role.
func (a Admin) TaskCredentials(ctx context.Context, task string) (TaskCredentials, error) {
	var found TaskCredentials
	err := a.call(ctx, http.MethodGet, "ecs/credentials/"+task, nil, &found)
	return found, err
}
