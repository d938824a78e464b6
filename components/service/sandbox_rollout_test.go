//go:build sandbox

package service_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/sandbox"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

// rolling is a service whose release changes from step to step.
type rolling struct {
	env     *sandboxtest.Env
	stack   *sandboxtest.Stack
	client  *ecs.Client
	release string
	change  func(*service.WebServiceArgs)
}

func newRolling(t *testing.T, name string) *rolling {
	t.Helper()
	env := sandboxtest.New(t)
	r := &rolling{
		env: env, client: ecs.NewFromConfig(env.AWSConfig("eu-west-1")), release: "1",
		change: func(*service.WebServiceArgs) {},
	}
	r.stack = env.Deploy(t, func(ctx *pulumi.Context) error {
		w, err := newWorld(ctx, name)
		if err != nil {
			return err
		}
		args := &service.WebServiceArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable, Placement: w.placement(), LoadBalancer: w.balancer,
			Task: service.TaskDefinition{
				KeptRevisions: 1,
				Container: container{
					Image: pulumi.String(plain), User: "65532", Environment: variables{"RELEASE": pulumi.String(r.release)},
				},
			},
		}
		r.change(args)
		web, err := service.NewWebService(ctx, name, args)
		if err != nil {
			return err
		}
		ctx.Export("cluster", w.cluster.ClusterName)
		ctx.Export("service", web.ServiceName)
		ctx.Export("task", web.TaskDefinitionArn)
		return nil
	}, sandboxtest.Options{})
	return r
}

// running is the task definition that the service runs.
func (r *rolling) running(t testing.TB, up sandboxtest.Result) string {
	t.Helper()
	found, err := r.client.DescribeServices(t.Context(), &ecs.DescribeServicesInput{
		Cluster: aws.String(up.Output(t, "cluster")), Services: []string{up.Output(t, "service")},
	})
	require.NoError(t, err)
	require.Len(t, found.Services, 1)
	return *found.Services[0].TaskDefinition
}

func TestUpFailsWhenTheDeploymentIsRolledBack(t *testing.T) {
	r := newRolling(t, "rolling")
	first := r.stack.Up(t)
	require.NotEmpty(t, r.env.Calls(t, "ecs", "ListServiceDeployments"), "the first deployment was followed")

	r.release = "2"
	before := len(r.env.Calls(t, "ecs", "DescribeServices"))
	r.stack.Preview(t)
	assert.Len(t, r.env.Calls(t, "ecs", "DescribeServices"), before, "a preview follows nothing")

	r.env.Outcome(t, sandbox.DeploymentOutcome{
		Cluster: first.Output(t, "cluster"), Service: first.Output(t, "service"),
		Result: sandbox.DeploymentCrashLoops, ExitCode: 3, Logs: []string{"no database"},
	})
	_, err := r.stack.TryUp(t.Context())
	require.Error(t, err)
	for _, part := range []string{"rolled back", "exited with code 3", "no database"} {
		assert.ErrorContains(t, err, part)
	}
	assert.Equal(t, first.Output(t, "task"), r.running(t, first), "the earlier revision runs again")

	r.change = func(a *service.WebServiceArgs) {
		a.Deployment = &service.Deployment{RolloutCheck: toggle.Disabled}
	}
	r.release = "3"
	followed := len(r.env.Calls(t, "ecs", "DescribeServiceDeployments"))
	r.stack.Up(t)
	assert.Len(t, r.env.Calls(t, "ecs", "DescribeServiceDeployments"), followed, "disabled, nothing is followed")

	r.change = func(*service.WebServiceArgs) {}
	r.release = "4"
	last := r.stack.Up(t)
	assert.Equal(t, last.Output(t, "task"), r.running(t, last))
	active, err := r.client.ListTaskDefinitions(t.Context(), &ecs.ListTaskDefinitionsInput{
		FamilyPrefix: aws.String("acme-audio-test-rolling"), Status: types.TaskDefinitionStatusActive,
	})
	require.NoError(t, err)
	assert.Contains(t, active.TaskDefinitionArns, last.Output(t, "task"))
	assert.LessOrEqual(t, len(active.TaskDefinitionArns), 3, "old revisions are cleaned up")
	r.stack.UpUnchanged(t)
	r.stack.Destroy(t)
}

func TestThePipelineOwnsTheImage(t *testing.T) {
	r := newRolling(t, "pipeline")
	r.change = func(a *service.WebServiceArgs) { a.ImageOwner = service.ImageOwnerCI }
	first := r.stack.Up(t)

	deployed := r.deploy(t, first)
	assert.Equal(t, deployed, r.running(t, first))
	r.stack.UpUnchanged(t)

	grace := 120
	r.change = func(a *service.WebServiceArgs) {
		a.ImageOwner = service.ImageOwnerCI
		a.Deployment = &service.Deployment{HealthCheckGracePeriodSeconds: &grace}
	}
	r.stack.Up(t)
	assert.Equal(t, deployed, r.running(t, first), "another change leaves the pipeline's revision")

	r.release = "2"
	second := r.stack.Up(t)
	assert.Equal(t, deployed, r.running(t, first), "a new revision waits for the pipeline")
	deployed = r.deploy(t, first)
	found, err := r.client.DescribeTaskDefinition(t.Context(), &ecs.DescribeTaskDefinitionInput{TaskDefinition: &deployed})
	require.NoError(t, err)
	assert.Equal(t, "2", *found.TaskDefinition.ContainerDefinitions[0].Environment[0].Value, "it takes over what up has changed")
	assert.NotEqual(t, first.Output(t, "task"), second.Output(t, "task"))
	r.stack.Destroy(t)
}

// deploy does what a pipeline does: it takes the newest revision of the family, puts its image in, registers that and
// updates the service.
func (r *rolling) deploy(t testing.TB, up sandboxtest.Result) string {
	t.Helper()
	found, err := r.client.DescribeTaskDefinition(t.Context(), &ecs.DescribeTaskDefinitionInput{
		TaskDefinition: aws.String("acme-audio-test-pipeline"),
	})
	require.NoError(t, err)
	d := found.TaskDefinition
	d.ContainerDefinitions[0].Image = aws.String("public.ecr.aws/docker/library/busybox@sha256:" +
		"fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210")
	made, err := r.client.RegisterTaskDefinition(t.Context(), &ecs.RegisterTaskDefinitionInput{
		Family: d.Family, ContainerDefinitions: d.ContainerDefinitions, Cpu: d.Cpu, Memory: d.Memory,
		NetworkMode: d.NetworkMode, RequiresCompatibilities: d.RequiresCompatibilities, RuntimePlatform: d.RuntimePlatform,
		TaskRoleArn: d.TaskRoleArn, ExecutionRoleArn: d.ExecutionRoleArn, Volumes: d.Volumes,
	})
	require.NoError(t, err)
	arn := *made.TaskDefinition.TaskDefinitionArn
	_, err = r.client.UpdateService(t.Context(), &ecs.UpdateServiceInput{
		Cluster: aws.String(up.Output(t, "cluster")), Service: aws.String(up.Output(t, "service")), TaskDefinition: &arn,
	})
	require.NoError(t, err)
	return arn
}
