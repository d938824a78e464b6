package provider

import (
	"maps"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

const (
	someCluster     = "arn:aws:ecs:eu-west-1:123456789012:cluster/acme"
	someTargetGroup = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/73e2d6bc24d8a067"
	someSecretKey   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/db-AbCdEf:password::"
	someImage       = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api" +
		"@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

var (
	placementObject = object{
		"clusterArn": someCluster, "subnetIds": []any{subnet0, subnet1}, "securityGroupIds": []any{someGroup},
		"capacityProviders": []any{object{"capacityProvider": "FARGATE_SPOT", "weight": 1.0}},
	}
	placement = service.Placement{
		ClusterArn: pulumi.String(someCluster), SubnetIds: pulumi.ToStringArray([]string{subnet0, subnet1}),
		SecurityGroupIds:  pulumi.StringArray{pulumi.String(someGroup)},
		CapacityProviders: []service.CapacityShare{{CapacityProvider: service.FargateSpot, Weight: 1}},
	}
	taskObject = object{
		"cpu": "512", "memoryMiB": 2048.0, "cpuArchitecture": "X86_64", "logs": object{"retentionDays": 90.0},
		"container": object{
			"image": someImage, "user": "65532", "environment": object{"LOG_LEVEL": "info"},
			"secrets":        []any{object{"name": "DB_PASSWORD", "valueFrom": someSecretKey}},
			"scratchVolumes": []any{object{"name": "tmp", "path": "/tmp"}},
			"healthCheck":    object{"command": []any{"CMD", "/app"}, "startPeriodSeconds": 0.0},
			"ulimits":        []any{object{"name": "nofile", "softLimit": 1024.0, "hardLimit": 2048.0}},
			"capabilities":   []any{"SYS_PTRACE"}, "initProcess": "disabled",
		},
		"sidecars": []any{object{
			"container": object{"name": "otel", "image": someImage, "user": "65532"}, "start": "after", "ports": []any{4318.0},
		}},
	}
	task = service.TaskDefinition{
		Cpu: service.Cpu512, MemoryMiB: 2048, CpuArchitecture: service.X8664, Logs: &service.Logs{RetentionDays: 90},
		Container: service.Container{
			Image: pulumi.String(someImage), User: "65532", Environment: pulumi.StringMap{"LOG_LEVEL": pulumi.String("info")},
			Secrets:        []service.Secret{{Name: "DB_PASSWORD", ValueFrom: pulumi.String(someSecretKey)}},
			ScratchVolumes: []service.ScratchVolume{{Name: "tmp", Path: "/tmp"}},
			HealthCheck:    &service.HealthCheck{Command: []string{"CMD", "/app"}, StartPeriodSeconds: new(int)},
			Ulimits:        []service.Ulimit{{Name: service.UlimitNofile, SoftLimit: 1024, HardLimit: 2048}},
			Capabilities:   []service.Capability{service.SysPtrace}, InitProcess: toggle.Disabled,
		},
		Sidecars: []service.Sidecar{{
			Container: service.Container{Name: "otel", Image: pulumi.String(someImage), User: "65532"},
			Start:     service.SidecarAfter, Ports: []int{4318},
		}},
	}
)

var _ = addTwins(map[string]twin{
	service.ClusterType: {
		inputs: object{
			"labels": labelsObject, "containerInsights": "enabled", "capacityProviders": []any{"FARGATE"},
			"storageKeyArn": someKey, "exec": object{"keyArn": someKey, "retentionDays": 30.0},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := service.NewCluster(ctx, "it", &service.ClusterArgs{
				Labels: labels, ContainerInsights: service.ContainerInsightsEnabled,
				CapacityProviders: []service.CapacityProvider{service.Fargate}, StorageKeyArn: pulumi.String(someKey),
				Exec: &service.ClusterExec{KeyArn: pulumi.String(someKey), RetentionDays: 30},
			})
			return err
		},
	},
	service.WebServiceType: {
		inputs: object{
			"labels": labelsObject, "placement": placementObject, "task": taskObject, "targetGroupArn": someTargetGroup,
			"port": 8080.0, "imageOwner": "ci",
			"scaling": object{
				"minTasks": 1.0, "maxTasks": 4.0, "cpuPercent": 60.0, "officeHours": object{"timeZone": "Europe/Berlin"},
				"schedules": []any{object{"name": "sale", "expression": "rate(1 day)", "minTasks": 2.0, "maxTasks": 8.0}},
			},
			"deployment": object{"minimumHealthyPercent": 50.0, "alarmNames": []any{"errors"}, "rolloutCheck": "disabled"},
		},
		program: func(ctx *pulumi.Context) error {
			half := 50
			_, err := service.NewWebService(ctx, "it", &service.WebServiceArgs{
				Labels: labels, Placement: placement, Task: task, TargetGroupArn: pulumi.String(someTargetGroup), Port: 8080,
				ImageOwner: service.ImageOwnerCI,
				Scaling: &service.Scaling{
					MinTasks: 1, MaxTasks: 4, CpuPercent: 60, OfficeHours: &service.OfficeHours{TimeZone: "Europe/Berlin"},
					Schedules: []service.ScalingSchedule{{Name: "sale", Expression: "rate(1 day)", MinTasks: 2, MaxTasks: 8}},
				},
				Deployment: &service.Deployment{
					MinimumHealthyPercent: &half, AlarmNames: pulumi.StringArray{pulumi.String("errors")}, RolloutCheck: toggle.Disabled,
				},
			})
			return err
		},
	},
	service.TaskType: {
		inputs: object{"labels": labelsObject, "placement": placementObject, "task": taskObject},
		program: func(ctx *pulumi.Context) error {
			_, err := service.NewTask(ctx, "it", &service.TaskArgs{Labels: labels, Placement: placement, Task: task})
			return err
		},
	},
	service.ScheduledTaskType: {
		inputs: object{
			"labels": labelsObject, "placement": placementObject, "task": taskObject, "expression": "cron(0 3 * * ? *)",
			"retryAttempts": 0.0, "flexibleWindowMinutes": 15.0,
		},
		program: func(ctx *pulumi.Context) error {
			_, err := service.NewScheduledTask(ctx, "it", &service.ScheduledTaskArgs{
				Labels: labels, Placement: placement, Task: task, Expression: "cron(0 3 * * ? *)", RetryAttempts: new(int),
				FlexibleWindowMinutes: 15,
			})
			return err
		},
	},
})

// TestNoServiceGoesMissing is about engines that know no resource hooks, as that of this test: the service is either
// registered, or an error says why not.
func TestNoServiceGoesMissing(t *testing.T) {
	inputs := maps.Clone(twins[service.WebServiceType].inputs)
	delete(inputs, "deployment")
	_, _, err := construct(t, service.WebServiceType, inputs)
	require.ErrorContains(t, err, "deployment.rolloutCheck: enabled: expected a Pulumi that knows resource hooks")
}
