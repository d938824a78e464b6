//go:build sandbox

package service_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/rollout"
	"github.com/bulwark-iac/bulwark/internal/sandbox"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

// released is a service whose release can be changed from one up to the next.
type released struct {
	env     *sandboxtest.Env
	stack   *sandboxtest.Stack
	release string
	alarm   string
	cluster string
}

func newReleased(t *testing.T, name string) *released {
	r := &released{env: sandboxtest.New(t), release: "1", alarm: name + "-errors", cluster: "acme-audio-test-" + name}
	r.stack = r.env.Deploy(t, func(ctx *pulumi.Context) error {
		w, err := newWorld(ctx, name)
		if err != nil {
			return err
		}
		web, err := service.NewWebService(ctx, "api", &service.WebServiceArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable, Placement: w.placement(), LoadBalancer: w.balancer,
			Task: service.TaskDefinition{
				// Revisions are counted for ever: those of other tests must not be among them.
				Family: "acme-audio-test-" + name,
				Container: container{
					Image: pulumi.String(plain), User: "65532:65532", ReadonlyRootFilesystem: toggle.Disabled,
					Environment: variables{"RELEASE": pulumi.String(r.release)},
				},
			},
			Deployment: &service.Deployment{AlarmNames: pulumi.StringArray{pulumi.String(r.alarm)}},
		})
		if err != nil {
			return err
		}
		ctx.Export("task", web.TaskDefinitionArn)
		return nil
	}, sandboxtest.Options{})
	_, err := r.alarms().PutMetricAlarm(t.Context(), &cloudwatch.PutMetricAlarmInput{
		AlarmName: &r.alarm, Namespace: aws.String("acme"), MetricName: aws.String("Errors"), Statistic: types.StatisticSum,
		Period: aws.Int32(60), EvaluationPeriods: aws.Int32(1), Threshold: aws.Float64(1),
		ComparisonOperator: types.ComparisonOperatorGreaterThanThreshold,
	})
	require.NoError(t, err)
	return r
}

func (r *released) alarms() *cloudwatch.Client {
	return cloudwatch.NewFromConfig(r.env.AWSConfig("eu-west-1"))
}

// play makes the next deployment end as it says.
func (r *released) play(t *testing.T, o sandbox.DeploymentOutcome) {
	o.Cluster, o.Service = r.cluster, "api"
	r.env.Outcome(t, o)
}

// fails runs up, and returns its error, which has to be one line of the service.
func (r *released) fails(t *testing.T) string {
	t.Helper()
	_, err := r.stack.TryUp(t.Context())
	require.Error(t, err, "up tells of what ECS rolled back")
	for _, line := range strings.Split(err.Error(), "\n") {
		if strings.Contains(line, "service api of cluster") {
			t.Log(strings.TrimSpace(line))
			return line
		}
	}
	t.Fatalf("no line of the error is about the service:\n%s", err)
	return ""
}

// runs is the revision that ECS says the service runs, such as 3.
func (r *released) runs(t *testing.T) string {
	t.Helper()
	out, err := ecs.NewFromConfig(r.env.AWSConfig("eu-west-1")).DescribeServices(t.Context(), &ecs.DescribeServicesInput{
		Cluster: &r.cluster, Services: []string{"api"},
	})
	require.NoError(t, err)
	return (*out.Services[0].TaskDefinition)[strings.LastIndex(*out.Services[0].TaskDefinition, ":")+1:]
}

// TestDeploymentsTellTheTruth plays each end of a deployment: up fails, and says what happened.
func TestDeploymentsTellTheTruth(t *testing.T) {
	r := newReleased(t, "truth")
	// The first deployment of a service has nothing to go back to.
	r.play(t, sandbox.DeploymentOutcome{Result: sandbox.DeploymentCrashLoops})
	assert.Contains(t, r.fails(t), "failed, and ECS does not go back to an earlier revision: the circuit breaker counted 3 failed tasks")
	r.stack.Up(t)
	for _, c := range []struct {
		release string
		play    sandbox.DeploymentOutcome
		says    []string
	}{
		{"crash", sandbox.DeploymentOutcome{Result: sandbox.DeploymentCrashLoops, ExitCode: 3, Logs: []string{"starting", "PASSWORD=horse", "fatal: no database"}}, []string{
			"was rolled back: the circuit breaker counted 3 failed tasks", "(the last of 3 like it) stopped: EssentialContainerExited",
			"container app exited with code 3", `"starting", "PASSWORD=(hidden)", "fatal: no database"`, "Now the service runs revision acme-audio-test-truth:1 with image " + plain,
		}},
		{"unhealthy", sandbox.DeploymentOutcome{Result: sandbox.DeploymentFailsHealthChecks}, []string{
			"Task failed ELB health checks", "The load balancer's health check of ", "Health checks failed with these codes: [503]",
			"The health check's path answers with an error",
		}},
		{"no-image", sandbox.DeploymentOutcome{Result: sandbox.DeploymentMissesImage}, []string{"TaskFailedToStart, CannotPullContainerError", "Push the image"}},
		{"no-secret", sandbox.DeploymentOutcome{Result: sandbox.DeploymentMissesSecret, Secret: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/db-AbCdEf"}, []string{
			"TaskFailedToStart, ResourceInitializationError", "acme/db-AbCdEf", "The secret is not there",
		}},
		{"alarm", sandbox.DeploymentOutcome{Result: sandbox.DeploymentTriggersAlarm}, []string{"was rolled back: alarm truth-errors went off"}},
	} {
		t.Run(c.release, func(t *testing.T) {
			r.release = c.release
			r.play(t, c.play)
			line := r.fails(t)
			for _, text := range c.says {
				assert.Contains(t, line, text)
			}
			assert.NotContains(t, line, "horse")
			assert.Equal(t, "1", r.runs(t))
		})
	}
	_, err := r.alarms().SetAlarmState(t.Context(), &cloudwatch.SetAlarmStateInput{
		AlarmName: &r.alarm, StateValue: types.StateValueOk, StateReason: aws.String("over"),
	})
	require.NoError(t, err)
	t.Run("stuck", func(t *testing.T) { r.stuck(t) })
	t.Run("rollback fails", func(t *testing.T) {
		r.release = "both"
		r.play(t, sandbox.DeploymentOutcome{Result: sandbox.DeploymentRollbackFails})
		assert.Contains(t, r.fails(t), "failed, and so did going back to the earlier revision")
	})
	t.Run("repaired", func(t *testing.T) {
		r.release = "good"
		r.stack.Up(t)
		r.stack.UpUnchanged(t)
		r.stack.RefreshUnchanged(t)
	})
	r.stack.Destroy(t)
}

// stuck follows a deployment that finds no room, with less patience than up has.
func (r *released) stuck(t *testing.T) {
	cfg := r.env.AWSConfig("eu-west-1")
	request := rollout.Request{ClusterArn: r.cluster, ServiceName: "api", Timeout: 8 * time.Second}
	mark, err := rollout.Look(t.Context(), rollout.ClientsFor(cfg), request)
	require.NoError(t, err)
	r.play(t, sandbox.DeploymentOutcome{Result: sandbox.DeploymentStuck})
	_, err = ecs.NewFromConfig(cfg).UpdateService(t.Context(), &ecs.UpdateServiceInput{
		Cluster: &r.cluster, Service: aws.String("api"), ForceNewDeployment: true,
	})
	require.NoError(t, err)
	request.Before = &mark
	_, err = rollout.Follow(t.Context(), rollout.ClientsFor(cfg), request)
	var failure *rollout.Failure
	require.ErrorAs(t, err, &failure)
	assert.Equal(t, rollout.OutcomeTimeout, failure.Outcome)
	assert.Contains(t, failure.Error(), "was not finished after 8s, it is still in progress")
	assert.Contains(t, failure.Error(), "unable to place a task")

	// Whoever interrupts up leaves the deployment to ECS.
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err = rollout.Follow(ctx, rollout.ClientsFor(cfg), request)
	assert.True(t, errors.Is(err, context.DeadlineExceeded), "%v", err)
}

// TestNextUpAfterARollback: what an up did not deploy is not forgotten. The next preview shows it, the next up deploys it
// again, or fails again.
func TestNextUpAfterARollback(t *testing.T) {
	r := newReleased(t, "next")
	r.stack.Up(t)
	r.release = "2"
	r.play(t, sandbox.DeploymentOutcome{Result: sandbox.DeploymentCrashLoops, Count: 2})
	r.fails(t)
	assert.Equal(t, "1", r.runs(t))

	changed := func(result sandboxtest.Result) string {
		var text string
		for _, c := range result.Changes {
			text += c.String() + "\n"
		}
		return text
	}
	assert.Contains(t, changed(r.stack.Preview(t)), "api-deployed", "a preview shows what does not run yet")
	assert.Contains(t, r.fails(t), "was rolled back", "the same up fails again for the same reason")
	assert.Equal(t, "1", r.runs(t))

	// The cause is gone: a secret was put right, say, and the program is the same.
	r.stack.Up(t)
	assert.Equal(t, "2", r.runs(t))
	r.stack.UpUnchanged(t)
	r.stack.RefreshUnchanged(t)

	// With a refresh, the service itself shows the difference.
	r.release = "3"
	r.play(t, sandbox.DeploymentOutcome{Result: sandbox.DeploymentCrashLoops})
	r.fails(t)
	assert.Contains(t, changed(r.stack.Refresh(t)), "taskDefinition")
	r.stack.Up(t)
	assert.Equal(t, "3", r.runs(t))
	r.stack.UpUnchanged(t)
	r.stack.Destroy(t)
}
