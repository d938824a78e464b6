//go:build sandbox

package fidelity

import (
	"encoding/json"
	"testing"

	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/appautoscaling"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/scheduler"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sqs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/internal/sandbox"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

// TestDeployments holds what the provider makes of deployments when it waits for the steady state.
func TestDeployments(t *testing.T) {
	env := sandboxtest.New(t)
	env.Reset(t)
	image := "acme/web:1"
	stack := env.Deploy(t, func(ctx *pulumi.Context) error { return smallService(ctx, image) }, sandboxtest.Options{})
	stack.Up(t)

	image = "acme/web:2"
	env.Outcome(t, sandbox.DeploymentOutcome{Cluster: "small", Service: "web", Result: sandbox.DeploymentCrashLoops})
	_, err := stack.TryUp(t.Context())
	require.ErrorContains(t, err, "Service deployment rolled back because the circuit breaker threshold was exceeded.")

	image = "acme/web:3"
	result := stack.Up(t)
	assert.Equal(t, 1, result.Replaced, "the task definition")
	assert.Equal(t, 1, result.Updated, "the service")
	stack.UpUnchanged(t)
	stack.Destroy(t)
}

// smallService makes a service of one container, without a load balancer.
func smallService(ctx *pulumi.Context, image string) error {
	b := &containerBuilder{ctx: ctx}
	if err := b.network(); err != nil {
		return err
	}
	cluster, err := ecs.NewCluster(ctx, "small", &ecs.ClusterArgs{Name: pulumi.String("small")})
	if err != nil {
		return err
	}
	definition, err := ecs.NewTaskDefinition(ctx, "web", &ecs.TaskDefinitionArgs{
		Family: pulumi.String("small-web"), RequiresCompatibilities: pulumi.ToStringArray([]string{"FARGATE"}),
		NetworkMode: pulumi.String("awsvpc"), Cpu: pulumi.String("256"), Memory: pulumi.String("512"),
		ContainerDefinitions: pulumi.String(`[{"name":"app","image":"` + image + `"}]`), SkipDestroy: pulumi.Bool(true),
	})
	if err != nil {
		return err
	}
	_, err = ecs.NewService(ctx, "web", &ecs.ServiceArgs{
		Name: pulumi.String("web"), Cluster: cluster.Arn, TaskDefinition: definition.Arn, DesiredCount: pulumi.Int(1), LaunchType: pulumi.String("FARGATE"),
		NetworkConfiguration:     &ecs.ServiceNetworkConfigurationArgs{Subnets: b.subnets},
		DeploymentCircuitBreaker: &ecs.ServiceDeploymentCircuitBreakerArgs{Enable: pulumi.Bool(true), Rollback: pulumi.Bool(true)},
		WaitForSteadyState:       pulumi.Bool(true),
	})
	return err
}

// containers makes a service behind a load balancer with all that services can have, and what scales it, runs it by
// schedule and holds its image.
func containers(ctx *pulumi.Context, _ *pulumiaws.Provider) error {
	key, err := encryption.NewKey(ctx, "containers", &encryption.KeyArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Uses: []encryption.Use{encryption.UseLogs},
	})
	if err != nil {
		return err
	}
	b := &containerBuilder{ctx: ctx, key: key.KeyArn}
	for _, step := range []func() error{b.roles, b.cluster, b.repository, b.definition, b.balancer, b.service, b.scaling, b.schedule} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// containerBuilder keeps what later steps need of earlier ones.
type containerBuilder struct {
	ctx             *pulumi.Context
	key             pulumi.StringOutput
	task, execution *iam.Role
	pull            *iam.RolePolicy
	logGroup        *cloudwatch.LogGroup
	clusters        *ecs.Cluster
	providers       *ecs.ClusterCapacityProviders
	definitions     *ecs.TaskDefinition
	subnets         pulumi.StringArray
	vpc             string
	loadBalancer    *lb.LoadBalancer
	targets         *lb.TargetGroup
	listener        *lb.Listener
	services        *ecs.Service
	groups          pulumi.StringArray
}

func (b *containerBuilder) roles() error {
	trust := func(service string) pulumi.String {
		return pulumi.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"` + service +
			`"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}}]}`)
	}
	var err error
	if b.task, err = iam.NewRole(b.ctx, "fidelity-task", &iam.RoleArgs{
		AssumeRolePolicy: trust("ecs-tasks.amazonaws.com"), Tags: labels.Tags("task"),
	}); err != nil {
		return err
	}
	if b.execution, err = iam.NewRole(b.ctx, "fidelity-execution", &iam.RoleArgs{
		AssumeRolePolicy: trust("ecs-tasks.amazonaws.com"), Tags: labels.Tags("execution"),
	}); err != nil {
		return err
	}
	b.pull, err = iam.NewRolePolicy(b.ctx, "fidelity-execution", &iam.RolePolicyArgs{
		Role: b.execution.Name,
		Policy: pulumi.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecr:GetAuthorizationToken",` +
			`"ecr:BatchGetImage","ecr:GetDownloadUrlForLayer","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}`),
	})
	return err
}

func (b *containerBuilder) cluster() error {
	var err error
	if b.logGroup, err = cloudwatch.NewLogGroup(b.ctx, "/fidelity/web", &cloudwatch.LogGroupArgs{
		Name: pulumi.String("/fidelity/web"), RetentionInDays: pulumi.Int(30), KmsKeyId: b.key, Tags: labels.Tags("web"),
	}); err != nil {
		return err
	}
	if b.clusters, err = ecs.NewCluster(b.ctx, "fidelity", &ecs.ClusterArgs{
		Name:     pulumi.String("fidelity"),
		Settings: ecs.ClusterSettingArray{&ecs.ClusterSettingArgs{Name: pulumi.String("containerInsights"), Value: pulumi.String("enhanced")}},
		Configuration: &ecs.ClusterConfigurationArgs{
			ExecuteCommandConfiguration: &ecs.ClusterConfigurationExecuteCommandConfigurationArgs{
				KmsKeyId: b.key, Logging: pulumi.String("OVERRIDE"),
				LogConfiguration: &ecs.ClusterConfigurationExecuteCommandConfigurationLogConfigurationArgs{
					CloudWatchEncryptionEnabled: pulumi.Bool(true), CloudWatchLogGroupName: b.logGroup.Name,
				},
			},
			ManagedStorageConfiguration: &ecs.ClusterConfigurationManagedStorageConfigurationArgs{FargateEphemeralStorageKmsKeyId: b.key, KmsKeyId: b.key},
		},
		Tags: labels.Tags("fidelity"),
	}); err != nil {
		return err
	}
	b.providers, err = ecs.NewClusterCapacityProviders(b.ctx, "fidelity", &ecs.ClusterCapacityProvidersArgs{
		ClusterName: b.clusters.Name, CapacityProviders: pulumi.ToStringArray([]string{"FARGATE", "FARGATE_SPOT"}),
		DefaultCapacityProviderStrategies: ecs.ClusterCapacityProvidersDefaultCapacityProviderStrategyArray{
			&ecs.ClusterCapacityProvidersDefaultCapacityProviderStrategyArgs{
				CapacityProvider: pulumi.String("FARGATE"), Base: pulumi.Int(1), Weight: pulumi.Int(100),
			},
		},
	})
	return err
}

func (b *containerBuilder) repository() error {
	repository, err := ecr.NewRepository(b.ctx, "fidelity/web", &ecr.RepositoryArgs{
		Name: pulumi.String("fidelity/web"), ImageTagMutability: pulumi.String("IMMUTABLE"), ForceDelete: pulumi.Bool(true),
		ImageScanningConfiguration: &ecr.RepositoryImageScanningConfigurationArgs{ScanOnPush: pulumi.Bool(true)},
		EncryptionConfigurations: ecr.RepositoryEncryptionConfigurationArray{
			&ecr.RepositoryEncryptionConfigurationArgs{EncryptionType: pulumi.String("KMS"), KmsKey: b.key},
		},
		Tags: labels.Tags("web"),
	})
	if err != nil {
		return err
	}
	if _, err := ecr.NewLifecyclePolicy(b.ctx, "fidelity-web", &ecr.LifecyclePolicyArgs{
		Repository: repository.Name,
		Policy: pulumi.String(`{"rules":[{"rulePriority":1,"description":"untagged","selection":` +
			`{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":14},"action":{"type":"expire"}}]}`),
	}); err != nil {
		return err
	}
	if _, err := ecr.NewRepositoryPolicy(b.ctx, "fidelity-web", &ecr.RepositoryPolicyArgs{
		Repository: repository.Name,
		Policy: pulumi.String(`{"Version":"2012-10-17","Statement":[{"Sid":"Pull","Effect":"Allow","Principal":` +
			`{"AWS":"arn:aws:iam::210987654321:root"},"Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}`),
	}); err != nil {
		return err
	}
	_, err = ecr.NewRegistryScanningConfiguration(b.ctx, "fidelity", &ecr.RegistryScanningConfigurationArgs{
		ScanType: pulumi.String("BASIC"),
		Rules: ecr.RegistryScanningConfigurationRuleArray{&ecr.RegistryScanningConfigurationRuleArgs{
			ScanFrequency: pulumi.String("SCAN_ON_PUSH"),
			RepositoryFilters: ecr.RegistryScanningConfigurationRuleRepositoryFilterArray{
				&ecr.RegistryScanningConfigurationRuleRepositoryFilterArgs{Filter: pulumi.String("*"), FilterType: pulumi.String("WILDCARD")},
			},
		}},
	})
	return err
}

func (b *containerBuilder) definition() error {
	mount := map[string]any{"sourceVolume": "tmp", "containerPath": "/tmp", "readOnly": false}
	logs := map[string]any{"logDriver": "awslogs", "options": map[string]string{
		"awslogs-group": "/fidelity/web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web",
		"mode": "non-blocking", "max-buffer-size": "25m",
	}}
	definitions, err := json.Marshal([]any{
		map[string]any{
			"name": "app", "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/fidelity/web:1", "essential": true,
			"cpu": 256, "memory": 512, "memoryReservation": 256, "user": "65532:65532", "readonlyRootFilesystem": true,
			"privileged": false, "workingDirectory": "/", "entryPoint": []string{"/app"}, "command": []string{"serve"},
			"environment":     []any{map[string]string{"name": "PORT", "value": "8080"}, map[string]string{"name": "LOG_LEVEL", "value": "info"}},
			"portMappings":    []any{map[string]any{"name": "http", "containerPort": 8080, "hostPort": 8080, "protocol": "tcp", "appProtocol": "http"}},
			"mountPoints":     []any{mount},
			"linuxParameters": map[string]any{"capabilities": map[string]any{"drop": []string{"ALL"}}, "initProcessEnabled": true},
			"healthCheck":     map[string]any{"command": []string{"CMD", "/app", "healthcheck"}, "interval": 10, "timeout": 5, "retries": 3, "startPeriod": 30},
			"stopTimeout":     60, "startTimeout": 120, "versionConsistency": "enabled", "logConfiguration": logs,
			"ulimits":      []any{map[string]any{"name": "nofile", "softLimit": 65536, "hardLimit": 65536}},
			"dependsOn":    []any{map[string]string{"containerName": "collector", "condition": "START"}},
			"dockerLabels": map[string]string{"team": "platform"},
		},
		map[string]any{
			"name": "collector", "image": "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1", "essential": false,
			"readonlyRootFilesystem": true, "logConfiguration": logs,
			"restartPolicy": map[string]any{"enabled": true, "ignoredExitCodes": []int{0}, "restartAttemptPeriod": 60},
		},
	})
	if err != nil {
		return err
	}
	b.definitions, err = ecs.NewTaskDefinition(b.ctx, "web", &ecs.TaskDefinitionArgs{
		Family: pulumi.String("fidelity-web"), RequiresCompatibilities: pulumi.ToStringArray([]string{"FARGATE"}),
		NetworkMode: pulumi.String("awsvpc"), Cpu: pulumi.String("512"), Memory: pulumi.String("1024"),
		TaskRoleArn: b.task.Arn, ExecutionRoleArn: b.execution.Arn, ContainerDefinitions: pulumi.String(definitions),
		RuntimePlatform:  &ecs.TaskDefinitionRuntimePlatformArgs{CpuArchitecture: pulumi.String("ARM64"), OperatingSystemFamily: pulumi.String("LINUX")},
		EphemeralStorage: &ecs.TaskDefinitionEphemeralStorageArgs{SizeInGib: pulumi.Int(30)},
		Volumes:          ecs.TaskDefinitionVolumeArray{&ecs.TaskDefinitionVolumeArgs{Name: pulumi.String("tmp")}},
		PidMode:          pulumi.String("task"), SkipDestroy: pulumi.Bool(true), TrackLatest: pulumi.Bool(false), EnableFaultInjection: pulumi.Bool(false),
		Tags: labels.Tags("web"),
	}, pulumi.DependsOn([]pulumi.Resource{b.logGroup}))
	return err
}

// network finds the default VPC and two of its subnets.
func (b *containerBuilder) network() error {
	var found struct {
		IDs []string `pulumi:"ids"`
	}
	type filter struct {
		Name   string   `pulumi:"name"`
		Values []string `pulumi:"values"`
	}
	ask := struct {
		Filters []filter `pulumi:"filters"`
	}{[]filter{{"default-for-az", []string{"true"}}}}
	if err := b.ctx.Invoke("aws:ec2/getSubnets:getSubnets", &ask, &found, untyped); err != nil {
		return err
	}
	var vpc struct {
		ID string `pulumi:"id"`
	}
	isDefault := struct {
		Default bool `pulumi:"default"`
	}{true}
	if err := b.ctx.Invoke("aws:ec2/getVpc:getVpc", &isDefault, &vpc, untyped); err != nil {
		return err
	}
	var group struct {
		ID string `pulumi:"id"`
	}
	ofVPC := struct {
		VpcID string `pulumi:"vpcId"`
		Name  string `pulumi:"name"`
	}{vpc.ID, "default"}
	if err := b.ctx.Invoke("aws:ec2/getSecurityGroup:getSecurityGroup", &ofVPC, &group, untyped); err != nil {
		return err
	}
	b.subnets, b.vpc, b.groups = pulumi.ToStringArray(found.IDs[:2]), vpc.ID, pulumi.StringArray{pulumi.String(group.ID)}
	return nil
}

func (b *containerBuilder) balancer() error {
	if err := b.network(); err != nil {
		return err
	}
	var err error
	if b.loadBalancer, err = lb.NewLoadBalancer(b.ctx, "web", &lb.LoadBalancerArgs{
		LoadBalancerType: pulumi.String("application"), Subnets: b.subnets, Tags: labels.Tags("web"),
	}); err != nil {
		return err
	}
	if b.targets, err = lb.NewTargetGroup(b.ctx, "web", &lb.TargetGroupArgs{
		Port: pulumi.Int(8080), Protocol: pulumi.String("HTTP"), TargetType: pulumi.String("ip"), VpcId: pulumi.String(b.vpc), Tags: labels.Tags("web"),
	}); err != nil {
		return err
	}
	b.listener, err = lb.NewListener(b.ctx, "web", &lb.ListenerArgs{
		LoadBalancerArn: b.loadBalancer.Arn, Port: pulumi.Int(80), Protocol: pulumi.String("HTTP"),
		DefaultActions: lb.ListenerDefaultActionArray{&lb.ListenerDefaultActionArgs{Type: pulumi.String("forward"), TargetGroupArn: b.targets.Arn}},
	})
	return err
}

func (b *containerBuilder) service() error {
	alarm, err := cloudwatch.NewMetricAlarm(b.ctx, "web-errors", &cloudwatch.MetricAlarmArgs{
		Name: pulumi.String("fidelity-web-errors"), Namespace: pulumi.String("AWS/ApplicationELB"), MetricName: pulumi.String("HTTPCode_Target_5XX_Count"),
		Statistic: pulumi.String("Sum"), Period: pulumi.Int(60), EvaluationPeriods: pulumi.Int(1), Threshold: pulumi.Float64(10),
		ComparisonOperator: pulumi.String("GreaterThanThreshold"), TreatMissingData: pulumi.String("notBreaching"), Tags: labels.Tags("web"),
	})
	if err != nil {
		return err
	}
	b.services, err = ecs.NewService(b.ctx, "web", &ecs.ServiceArgs{
		Name: pulumi.String("web"), Cluster: b.clusters.Arn, TaskDefinition: b.definitions.Arn, DesiredCount: pulumi.Int(2),
		CapacityProviderStrategies: ecs.ServiceCapacityProviderStrategyArray{
			&ecs.ServiceCapacityProviderStrategyArgs{CapacityProvider: pulumi.String("FARGATE"), Base: pulumi.Int(1), Weight: pulumi.Int(100)},
		},
		PlatformVersion: pulumi.String("LATEST"), SchedulingStrategy: pulumi.String("REPLICA"),
		NetworkConfiguration: &ecs.ServiceNetworkConfigurationArgs{AssignPublicIp: pulumi.Bool(false), Subnets: b.subnets, SecurityGroups: b.groups},
		ForceDelete:          pulumi.Bool(true),
		LoadBalancers: ecs.ServiceLoadBalancerArray{
			&ecs.ServiceLoadBalancerArgs{TargetGroupArn: b.targets.Arn, ContainerName: pulumi.String("app"), ContainerPort: pulumi.Int(8080)},
		},
		HealthCheckGracePeriodSeconds: pulumi.Int(60), DeploymentMinimumHealthyPercent: pulumi.Int(100), DeploymentMaximumPercent: pulumi.Int(200),
		DeploymentController:     &ecs.ServiceDeploymentControllerArgs{Type: pulumi.String("ECS")},
		DeploymentCircuitBreaker: &ecs.ServiceDeploymentCircuitBreakerArgs{Enable: pulumi.Bool(true), Rollback: pulumi.Bool(true)},
		Alarms: &ecs.ServiceAlarmsArgs{
			AlarmNames: pulumi.StringArray{alarm.Name}, Enable: pulumi.Bool(true), Rollback: pulumi.Bool(true),
		},
		AvailabilityZoneRebalancing: pulumi.String("ENABLED"), EnableEcsManagedTags: pulumi.Bool(true), EnableExecuteCommand: pulumi.Bool(true),
		PropagateTags: pulumi.String("SERVICE"), WaitForSteadyState: pulumi.Bool(true), ForceNewDeployment: pulumi.Bool(false), Tags: labels.Tags("web"),
	}, pulumi.DependsOn([]pulumi.Resource{b.listener, b.providers, b.pull}))
	return err
}

func (b *containerBuilder) scaling() error {
	id := pulumi.Sprintf("service/%s/%s", b.clusters.Name, b.services.Name)
	target, err := appautoscaling.NewTarget(b.ctx, "web", &appautoscaling.TargetArgs{
		ServiceNamespace: pulumi.String("ecs"), ScalableDimension: pulumi.String("ecs:service:DesiredCount"), ResourceId: id,
		MinCapacity: pulumi.Int(2), MaxCapacity: pulumi.Int(6), Tags: labels.Tags("web"),
		SuspendedState: &appautoscaling.TargetSuspendedStateArgs{
			DynamicScalingInSuspended: pulumi.Bool(true), DynamicScalingOutSuspended: pulumi.Bool(false), ScheduledScalingSuspended: pulumi.Bool(false),
		},
	})
	if err != nil {
		return err
	}
	label := pulumi.Sprintf("%s/%s", b.loadBalancer.ArnSuffix, b.targets.ArnSuffix)
	for _, tracked := range []struct {
		name, metric string
		value        float64
		label        pulumi.StringPtrInput
	}{
		{"cpu", "ECSServiceAverageCPUUtilization", 60, nil},
		{"memory", "ECSServiceAverageMemoryUtilization", 70, nil},
		{"requests", "ALBRequestCountPerTarget", 1000, label.ToStringPtrOutput()},
	} {
		if _, err := appautoscaling.NewPolicy(b.ctx, "web-"+tracked.name, &appautoscaling.PolicyArgs{
			Name: pulumi.String("web-" + tracked.name), PolicyType: pulumi.String("TargetTrackingScaling"),
			ServiceNamespace: target.ServiceNamespace, ScalableDimension: target.ScalableDimension, ResourceId: target.ResourceId,
			TargetTrackingScalingPolicyConfiguration: &appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs{
				TargetValue: pulumi.Float64(tracked.value), ScaleInCooldown: pulumi.Int(300), ScaleOutCooldown: pulumi.Int(60), DisableScaleIn: pulumi.Bool(false),
				PredefinedMetricSpecification: &appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs{
					PredefinedMetricType: pulumi.String(tracked.metric), ResourceLabel: tracked.label,
				},
			},
		}); err != nil {
			return err
		}
	}
	_, err = appautoscaling.NewScheduledAction(b.ctx, "web-evening", &appautoscaling.ScheduledActionArgs{
		Name: pulumi.String("web-evening"), ServiceNamespace: target.ServiceNamespace, ScalableDimension: target.ScalableDimension, ResourceId: target.ResourceId,
		Schedule: pulumi.String("cron(0 20 ? * MON-FRI *)"), Timezone: pulumi.String("Europe/Berlin"),
		ScalableTargetAction: &appautoscaling.ScheduledActionScalableTargetActionArgs{MinCapacity: pulumi.Int(0), MaxCapacity: pulumi.Int(0)},
	})
	return err
}

func (b *containerBuilder) schedule() error {
	role, err := iam.NewRole(b.ctx, "fidelity-scheduler", &iam.RoleArgs{
		AssumeRolePolicy: pulumi.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"scheduler.amazonaws.com"},"Action":"sts:AssumeRole"}]}`),
		Tags:             labels.Tags("scheduler"),
	})
	if err != nil {
		return err
	}
	dead, err := sqs.NewQueue(b.ctx, "fidelity-dead", &sqs.QueueArgs{Name: pulumi.String("fidelity-dead"), SqsManagedSseEnabled: pulumi.Bool(true), Tags: labels.Tags("dead")})
	if err != nil {
		return err
	}
	group, err := scheduler.NewScheduleGroup(b.ctx, "fidelity", &scheduler.ScheduleGroupArgs{Name: pulumi.String("fidelity"), Tags: labels.Tags("fidelity")})
	if err != nil {
		return err
	}
	_, err = scheduler.NewSchedule(b.ctx, "clean", &scheduler.ScheduleArgs{
		Name: pulumi.String("clean"), GroupName: group.Name, Description: pulumi.String("Cleans up"), State: pulumi.String("ENABLED"),
		ScheduleExpression: pulumi.String("cron(0 3 * * ? *)"), ScheduleExpressionTimezone: pulumi.String("Europe/Berlin"), KmsKeyArn: b.key,
		FlexibleTimeWindow: &scheduler.ScheduleFlexibleTimeWindowArgs{Mode: pulumi.String("FLEXIBLE"), MaximumWindowInMinutes: pulumi.Int(15)},
		Target: &scheduler.ScheduleTargetArgs{
			Arn: b.clusters.Arn, RoleArn: role.Arn, Input: pulumi.String(`{"containerOverrides":[{"name":"app","command":["clean"]}]}`),
			DeadLetterConfig: &scheduler.ScheduleTargetDeadLetterConfigArgs{Arn: dead.Arn},
			RetryPolicy:      &scheduler.ScheduleTargetRetryPolicyArgs{MaximumEventAgeInSeconds: pulumi.Int(3600), MaximumRetryAttempts: pulumi.Int(3)},
			EcsParameters: &scheduler.ScheduleTargetEcsParametersArgs{
				TaskDefinitionArn: b.definitions.Arn, TaskCount: pulumi.Int(1), PlatformVersion: pulumi.String("LATEST"),
				EnableEcsManagedTags: pulumi.Bool(true), EnableExecuteCommand: pulumi.Bool(false), PropagateTags: pulumi.String("TASK_DEFINITION"),
				NetworkConfiguration: &scheduler.ScheduleTargetEcsParametersNetworkConfigurationArgs{AssignPublicIp: pulumi.Bool(false), Subnets: b.subnets, SecurityGroups: b.groups},
				CapacityProviderStrategies: scheduler.ScheduleTargetEcsParametersCapacityProviderStrategyArray{
					&scheduler.ScheduleTargetEcsParametersCapacityProviderStrategyArgs{CapacityProvider: pulumi.String("FARGATE"), Base: pulumi.Int(1), Weight: pulumi.Int(1)},
				},
				Tags: labels.Tags("clean"),
			},
		},
	})
	return err
}
