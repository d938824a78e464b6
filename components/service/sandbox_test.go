//go:build sandbox

package service_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	scaling "github.com/aws/aws-sdk-go-v2/service/applicationautoscaling"
	scalingtypes "github.com/aws/aws-sdk-go-v2/service/applicationautoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/scheduler"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// world is what a service needs around it, all disposable.
type world struct {
	network  *network.Network
	balancer *loadbalancing.LoadBalancer
	cluster  *service.Cluster
}

func newWorld(ctx *pulumi.Context, name string) (*world, error) {
	main, err := network.NewVpc(ctx, name, &network.VpcArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Egress: network.EgressPublicAddresses,
		Tiers: []network.Tier{network.TierPublic},
	})
	if err != nil {
		return nil, err
	}
	w := &world{network: main.Network()}
	w.balancer, err = loadbalancing.NewLoadBalancer(ctx, name, &loadbalancing.LoadBalancerArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Network: w.network,
		ListenerProtocol: loadbalancing.ListenerHTTP, Logging: toggle.Disabled,
		TargetGroups: []loadbalancing.TargetGroup{
			{Name: "api", Port: 8080, HealthCheck: &loadbalancing.HealthCheck{Path: "/health"}},
		},
		DefaultTargetGroup: "api",
	})
	if err != nil {
		return nil, err
	}
	w.cluster, err = service.NewCluster(ctx, name, &service.ClusterArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Exec: &service.ClusterExec{},
	})
	return w, err
}

func (w *world) placement() service.Placement {
	return service.Placement{Cluster: w.cluster, Network: w.network}
}

// plain is an image that no account has to have.
const plain = "public.ecr.aws/docker/library/busybox" + digest

func TestWebServiceDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		w, err := newWorld(ctx, "deployed")
		if err != nil {
			return err
		}
		web, err := service.NewWebService(ctx, "api", &service.WebServiceArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable, Placement: w.placement(), LoadBalancer: w.balancer, Exec: true,
			Task: service.TaskDefinition{
				Cpu: service.Cpu512, MemoryMiB: 2048, EphemeralStorageGiB: 30,
				Container: container{
					Image: pulumi.String(plain), User: "65532:65532", ReadonlyRootFilesystem: toggle.Disabled,
					Environment:    variables{"LOG_LEVEL": pulumi.String("info"), "LATE": w.cluster.ClusterName},
					ScratchVolumes: []service.ScratchVolume{{Name: "tmp", Path: "/tmp"}},
					HealthCheck:    &service.HealthCheck{Command: []string{"CMD", "/app", "health"}},
					Ulimits:        []service.Ulimit{{Name: service.UlimitNofile, SoftLimit: 65536, HardLimit: 131072}},
				},
				Sidecars: []service.Sidecar{{
					Container: container{Name: "otel", Image: pulumi.String(collector + digest), User: "65532"},
					Ports:     []int{4318}, MemoryMiB: 256,
				}},
			},
			Scaling: &service.Scaling{
				MinTasks: 1, MaxTasks: 4, CpuPercent: 60, MemoryPercent: 70, RequestsPerTarget: 500,
				OfficeHours: &service.OfficeHours{TimeZone: "Europe/Berlin"},
			},
		})
		if err != nil {
			return err
		}
		place := w.placement()
		place.SecurityGroup = web.SecurityGroup
		migrate, err := service.NewTask(ctx, "migrate", &service.TaskArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable, Placement: place,
			Task: service.TaskDefinition{Container: container{
				Image: pulumi.String(plain), User: "65532", Command: []string{"/app", "migrate"},
			}},
		})
		if err != nil {
			return err
		}
		report, err := service.NewScheduledTask(ctx, "report", &service.ScheduledTaskArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable, Placement: place,
			Task:       service.TaskDefinition{Container: container{Image: pulumi.String(plain), User: "65532"}},
			Expression: "cron(0 3 * * ? *)", TimeZone: "Europe/Berlin", FlexibleWindowMinutes: 15,
		})
		if err != nil {
			return err
		}
		ctx.Export("migrate", migrate.RunTaskJson)
		ctx.Export("report", report.TaskDefinitionArn)
		ctx.Export("deadLetters", report.DeadLetterQueueArn)
		ctx.Export("cluster", w.cluster.ClusterArn)
		ctx.Export("storageKey", w.cluster.StorageKeyArn)
		ctx.Export("service", web.ServiceArn)
		ctx.Export("task", web.TaskDefinitionArn)
		ctx.Export("logGroup", web.LogGroupName)
		ctx.Export("taskRole", web.TaskRoleArn)
		ctx.Export("resource", pulumi.Sprintf("service/%s/%s", web.ClusterName, web.ServiceName))
		return nil
	}, sandboxtest.Options{})
	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		cfg := env.AWSConfig("eu-west-1")
		client := ecs.NewFromConfig(cfg)
		assertCluster(t, client, up)
		assertService(t, client, up)
		assertTask(t, client, up)
		assertScaling(t, scaling.NewFromConfig(cfg), up)
		assertRuns(t, client, up)
		assertSchedule(t, scheduler.NewFromConfig(cfg), up)
	})
}

func assertCluster(t testing.TB, client *ecs.Client, up sandboxtest.Result) {
	t.Helper()
	found, err := client.DescribeClusters(t.Context(), &ecs.DescribeClustersInput{
		Clusters: []string{up.Output(t, "cluster")},
		Include:  []types.ClusterField{types.ClusterFieldConfigurations, types.ClusterFieldSettings},
	})
	require.NoError(t, err)
	require.Len(t, found.Clusters, 1)
	c := found.Clusters[0]
	assert.Equal(t, up.Output(t, "storageKey"), *c.Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId)
	assert.Equal(t, types.ExecuteCommandLoggingOverride, c.Configuration.ExecuteCommandConfiguration.Logging)
	assert.Equal(t, "enhanced", *c.Settings[0].Value)
	assert.ElementsMatch(t, []string{"FARGATE", "FARGATE_SPOT"}, c.CapacityProviders)
}

func assertService(t testing.TB, client *ecs.Client, up sandboxtest.Result) {
	t.Helper()
	found, err := client.DescribeServices(t.Context(), &ecs.DescribeServicesInput{
		Cluster: aws.String(up.Output(t, "cluster")), Services: []string{up.Output(t, "service")},
		Include: []types.ServiceField{types.ServiceFieldTags},
	})
	require.NoError(t, err)
	require.Len(t, found.Services, 1)
	s := found.Services[0]
	assert.Equal(t, up.Output(t, "task"), *s.TaskDefinition)
	assert.True(t, s.DeploymentConfiguration.DeploymentCircuitBreaker.Enable)
	assert.True(t, s.DeploymentConfiguration.DeploymentCircuitBreaker.Rollback)
	assert.Equal(t, types.AvailabilityZoneRebalancingEnabled, s.AvailabilityZoneRebalancing)
	assert.Equal(t, types.PropagateTagsService, s.PropagateTags)
	assert.True(t, s.EnableECSManagedTags)
	assert.True(t, s.EnableExecuteCommand)
	assert.Equal(t, int32(60), *s.HealthCheckGracePeriodSeconds)
	assert.Equal(t, "LATEST", *s.PlatformVersion)
	assert.Equal(t, types.AssignPublicIpEnabled, s.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp)
	assert.Len(t, s.NetworkConfiguration.AwsvpcConfiguration.Subnets, 2)
	assert.Equal(t, int32(8080), *s.LoadBalancers[0].ContainerPort)
	tags := map[string]string{}
	for _, tag := range s.Tags {
		tags[*tag.Key] = *tag.Value
	}
	assert.Equal(t, "platform@acme.example", tags["Owner"])
}

func assertTask(t testing.TB, client *ecs.Client, up sandboxtest.Result) {
	t.Helper()
	found, err := client.DescribeTaskDefinition(t.Context(), &ecs.DescribeTaskDefinitionInput{
		TaskDefinition: aws.String(up.Output(t, "task")),
	})
	require.NoError(t, err)
	task := found.TaskDefinition
	assert.Equal(t, "512", *task.Cpu)
	assert.Equal(t, "2048", *task.Memory)
	assert.Equal(t, int32(30), task.EphemeralStorage.SizeInGiB)
	assert.Equal(t, types.CPUArchitectureArm64, task.RuntimePlatform.CpuArchitecture)
	assert.Equal(t, up.Output(t, "taskRole"), *task.TaskRoleArn)
	app, sidecar := task.ContainerDefinitions[0], task.ContainerDefinitions[1]
	assert.True(t, *app.Essential)
	assert.False(t, *sidecar.Essential)
	assert.True(t, *sidecar.ReadonlyRootFilesystem)
	assert.True(t, *sidecar.RestartPolicy.Enabled)
	assert.Equal(t, "otel", *app.DependsOn[0].ContainerName)
	assert.Equal(t, "65532:65532", *app.User)
	assert.Equal(t, []string{"ALL"}, app.LinuxParameters.Capabilities.Drop)
	assert.True(t, *app.LinuxParameters.InitProcessEnabled)
	assert.Equal(t, map[string]string{
		"awslogs-group": up.Output(t, "logGroup"), "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "api",
		"mode": "non-blocking", "max-buffer-size": "25m",
	}, app.LogConfiguration.Options)
	environment := map[string]string{}
	for _, variable := range app.Environment {
		environment[*variable.Name] = *variable.Value
	}
	assert.Equal(t, map[string]string{"LOG_LEVEL": "info", "LATE": "acme-audio-test-deployed"}, environment)
}

func assertScaling(t testing.TB, client *scaling.Client, up sandboxtest.Result) {
	t.Helper()
	id := up.Output(t, "resource")
	targets, err := client.DescribeScalableTargets(t.Context(), &scaling.DescribeScalableTargetsInput{
		ServiceNamespace: scalingtypes.ServiceNamespaceEcs, ResourceIds: []string{id},
	})
	require.NoError(t, err)
	require.Len(t, targets.ScalableTargets, 1)
	assert.Equal(t, int32(1), *targets.ScalableTargets[0].MinCapacity)
	assert.Equal(t, int32(4), *targets.ScalableTargets[0].MaxCapacity)
	policies, err := client.DescribeScalingPolicies(t.Context(), &scaling.DescribeScalingPoliciesInput{
		ServiceNamespace: scalingtypes.ServiceNamespaceEcs, ResourceId: &id,
	})
	require.NoError(t, err)
	found := map[string]float64{}
	for _, p := range policies.ScalingPolicies {
		found[*p.PolicyName] = *p.TargetTrackingScalingPolicyConfiguration.TargetValue
	}
	assert.Equal(t, map[string]float64{"cpu": 60, "memory": 70, "requests": 500}, found)
	actions, err := client.DescribeScheduledActions(t.Context(), &scaling.DescribeScheduledActionsInput{
		ServiceNamespace: scalingtypes.ServiceNamespaceEcs, ResourceId: &id,
	})
	require.NoError(t, err)
	when := map[string]string{}
	for _, a := range actions.ScheduledActions {
		when[*a.ScheduledActionName] = *a.Schedule + " " + *a.Timezone
	}
	assert.Equal(t, map[string]string{
		"office-hours-begin": "cron(0 7 ? * MON-FRI *) Europe/Berlin", "office-hours-end": "cron(0 20 ? * MON-FRI *) Europe/Berlin",
	}, when)
}

// assertRuns starts the one-off task as a pipeline would: with the output as the input of RunTask.
func assertRuns(t testing.TB, client *ecs.Client, up sandboxtest.Result) {
	t.Helper()
	var input ecs.RunTaskInput
	require.NoError(t, json.Unmarshal([]byte(up.Output(t, "migrate")), &input))
	run, err := client.RunTask(t.Context(), &input)
	require.NoError(t, err)
	require.Empty(t, run.Failures)
	require.Len(t, run.Tasks, 1)
	assert.Equal(t, *input.TaskDefinition, *run.Tasks[0].TaskDefinitionArn)
	_, err = client.StopTask(t.Context(), &ecs.StopTaskInput{Cluster: input.Cluster, Task: run.Tasks[0].TaskArn})
	require.NoError(t, err)
}

func assertSchedule(t testing.TB, client *scheduler.Client, up sandboxtest.Result) {
	t.Helper()
	const name = "acme-audio-test-report"
	found, err := client.GetSchedule(t.Context(), &scheduler.GetScheduleInput{
		Name: aws.String(name), GroupName: aws.String(name),
	})
	require.NoError(t, err)
	assert.Equal(t, "cron(0 3 * * ? *)", *found.ScheduleExpression)
	assert.Equal(t, "Europe/Berlin", *found.ScheduleExpressionTimezone)
	assert.Equal(t, int32(15), *found.FlexibleTimeWindow.MaximumWindowInMinutes)
	assert.Equal(t, up.Output(t, "cluster"), *found.Target.Arn)
	assert.Equal(t, up.Output(t, "deadLetters"), *found.Target.DeadLetterConfig.Arn)
	assert.Equal(t, int32(3), *found.Target.RetryPolicy.MaximumRetryAttempts)
	assert.Equal(t, up.Output(t, "report"), *found.Target.EcsParameters.TaskDefinitionArn)
}
