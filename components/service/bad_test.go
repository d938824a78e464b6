package service_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func refused(name string, change func(*webArgs), problems ...string) componenttest.Bad {
	return componenttest.Bad{Name: name, Program: web(change), Problems: problems}
}

func refusedBehind(name string, change func(*webArgs), problems ...string) componenttest.Bad {
	return componenttest.Bad{Name: name, Program: behind(change), Problems: problems}
}

// bad are arguments that have to be refused.
func bad() []componenttest.Bad {
	all := append(badPlaces(), badTasks()...)
	return append(append(all, badVariables()...), badServices()...)
}

func badPlaces() []componenttest.Bad {
	return []componenttest.Bad{
		refused("nowhere", func(a *webArgs) { a.Placement = service.Placement{} },
			"placement.clusterArn: required", "placement.subnetIds: required", "placement.securityGroupIds: required"),
		refused("ids and ARNs", func(a *webArgs) {
			a.Placement.ClusterArn, a.TargetGroupArn = pulumi.String("acme"), pulumi.String("app")
			a.Placement.SubnetIds = pulumi.ToStringArray([]string{"subnet-xyz", "subnet-12345678", "subnet-12345678"})
			a.Placement.SecurityGroupIds = pulumi.StringArray{}
		}, "placement.clusterArn: cluster-arn", "placement.subnetIds[0]: id-form", "placement.subnetIds[2]: duplicate",
			"placement.securityGroupIds: out-of-range", "targetGroupArn: target-group-arn"),
		refused("shares", func(a *webArgs) {
			a.Placement.CapacityProviders = []service.CapacityShare{
				{CapacityProvider: "EC2", Base: -1},
				{CapacityProvider: service.Fargate, Base: 1},
				{CapacityProvider: service.Fargate, Base: 1, Weight: 1001},
			}
		}, "placement.capacityProviders[0].capacityProvider: not-supported",
			"placement.capacityProviders[0].base: out-of-range",
			"placement.capacityProviders[2].capacityProvider: duplicate",
			"placement.capacityProviders[2].weight: out-of-range", "placement.capacityProviders[2].base: capacity-base"),
		refused("shares without weight", func(a *webArgs) {
			a.Placement.CapacityProviders = []service.CapacityShare{{CapacityProvider: service.Fargate, Base: 1}}
		}, "placement.capacityProviders: capacity-weight"),
		refusedBehind("two places", func(a *webArgs) {
			a.Placement.ClusterArn, a.Placement.SubnetIds = pulumi.String(someCluster), subnets("2")
			a.Placement.AssignPublicIps = true
		}, "placement.clusterArn: alternatives", "placement.subnetIds: alternatives", "placement.assignPublicIps: conflict"),
	}
}

func badTasks() []componenttest.Bad {
	return []componenttest.Bad{
		refused("sizes that Fargate does not offer together", func(a *webArgs) { a.Task.MemoryMiB = 4096 },
			"task.memoryMiB: fargate-size"),
		refused("too little memory", func(a *webArgs) { a.Task.Cpu, a.Task.MemoryMiB = service.Cpu1024, 1024 },
			"task.memoryMiB: fargate-size"),
		refused("numbers and choices", func(a *webArgs) {
			a.Task.Family, a.Task.Cpu, a.Task.CpuArchitecture = "the family", "300", "RISCV"
			a.Task.EphemeralStorageGiB, a.Task.KeptRevisions = 20, 101
			a.Task.Logs = &service.Logs{RetentionDays: 31, Mode: service.LogBlocking, BufferMiB: 5}
			c := &a.Task.Container
			c.Name, c.ReadonlyRootFilesystem, c.InitProcess = "the app", "no", "no"
			c.Capabilities = []service.Capability{"NET_ADMIN"}
			c.StartTimeoutSeconds, c.StopTimeoutSeconds = 1, 121
		}, "task.family: ecs-name", "task.cpu: not-supported", "task.cpuArchitecture: not-supported",
			"task.ephemeralStorageGiB: out-of-range", "task.container.name: ecs-name",
			"task.container.readonlyRootFilesystem: not-supported", "task.container.initProcess: not-supported",
			"task.container.capabilities[0]: not-supported", "task.container.startTimeoutSeconds: out-of-range",
			"task.container.stopTimeoutSeconds: out-of-range", "task.logs.retentionDays: log-retention",
			"task.logs.bufferMiB: log-buffer", "task.keptRevisions: out-of-range"),
		refused("a mutable tag", func(a *webArgs) { a.Task.Container.Image = pulumi.String("acme/api:1.4.2") },
			"task.container.image: image-mutable"),
		refused("no tag at all", func(a *webArgs) { a.Task.Container.Image = pulumi.String("nginx") },
			"task.container.image: image-mutable"),
		refused("an image with a scheme", func(a *webArgs) { a.Task.Container.Image = pulumi.String("https://acme/api" + digest) },
			"task.container.image: image-form"),
		refused("root", func(a *webArgs) { a.Task.Container.User = "0:0" }, "task.container.user: container-root"),
		refused("nobody", func(a *webArgs) { a.Task.Container.User = "" }, "task.container.user: container-user"),
		refused("scratch volumes", func(a *webArgs) {
			a.Task.Container.ScratchVolumes = []service.ScratchVolume{
				{Name: "tmp", Path: "tmp"}, {Name: "tmp", Path: "/tmp"}, {Path: "/"}, {Name: "other", Path: "/tmp"},
			}
		}, "task.container.scratchVolumes[0].path: container-path", "task.container.scratchVolumes[1].name: duplicate",
			"task.container.scratchVolumes[2].name: ecs-name", "task.container.scratchVolumes[2].path: container-path",
			"task.container.scratchVolumes[3].path: duplicate"),
		refused("health checks", func(a *webArgs) {
			a.Task.Container.HealthCheck = &service.HealthCheck{
				Command: []string{"curl", "-f", "http://localhost/"}, IntervalSeconds: 4, TimeoutSeconds: 61, Retries: 11,
				StartPeriodSeconds: number(301),
			}
		}, "task.container.healthCheck.command[0]: health-command",
			"task.container.healthCheck.intervalSeconds: out-of-range",
			"task.container.healthCheck.timeoutSeconds: out-of-range", "task.container.healthCheck.retries: out-of-range",
			"task.container.healthCheck.startPeriodSeconds: out-of-range"),
		refused("a health check that takes longer than its interval", func(a *webArgs) {
			a.Task.Container.HealthCheck = &service.HealthCheck{
				Command: []string{"CMD", "/app"}, IntervalSeconds: 5, TimeoutSeconds: 6,
			}
		}, "task.container.healthCheck.timeoutSeconds: health-timeout"),
		refused("ulimits", func(a *webArgs) {
			a.Task.Container.Ulimits = []service.Ulimit{
				{Name: "files", HardLimit: 1},
				{Name: service.UlimitNofile, SoftLimit: 2, HardLimit: 1},
				{Name: service.UlimitNofile, SoftLimit: 1, HardLimit: 1048577},
			}
		}, "task.container.ulimits[0].name: not-supported", "task.container.ulimits[1].softLimit: ulimit-order",
			"task.container.ulimits[2].name: duplicate", "task.container.ulimits[2].hardLimit: out-of-range"),
		refused("sidecars that collide", func(a *webArgs) {
			a.Task.Sidecars = []service.Sidecar{
				{Container: container{Name: "app", Image: pulumi.String(someImage), User: "app"}, Ports: []int{8080, 9090, 0}},
				{Container: container{Name: "otel", Image: pulumi.String(someImage), User: "app"}, Ports: []int{9090}},
				{
					Container: container{Image: pulumi.String(someImage), User: "app"}, MemoryMiB: 512,
					Start: service.SidecarHealthyBefore,
				},
			}
		}, "task.sidecars[2].container.name: required", "task.sidecars[2].container.healthCheck: sidecar-health",
			"task.sidecars[2].memoryMiB: out-of-range", "task.sidecars[0].container.name: duplicate",
			"task.sidecars[0].ports[0]: port-taken", "task.sidecars[0].ports[2]: out-of-range",
			"task.sidecars[1].ports[0]: port-taken"),
		refused("too many containers", func(a *webArgs) {
			for i := range 10 {
				a.Task.Sidecars = append(a.Task.Sidecars, service.Sidecar{
					Container: container{Name: fmt.Sprint("s", i), Image: pulumi.String(someImage), User: "app"},
				})
			}
		}, "task.sidecars: out-of-range"),
		refused("roles and keys", func(a *webArgs) {
			a.Task.TaskRoleArn, a.Task.ExecutionRoleArn = pulumi.String("app"), pulumi.String(someRole)
			a.Task.PermissionsBoundaryArn = pulumi.String("arn:aws:iam::123456789012:policy/boundary")
			a.Task.SecretKeyArns = pulumi.StringArray{pulumi.String(someAlias)}
			a.Task.RegistryAccountIds, a.Grants = []string{"acme"}, []identity.Grant{{}}
		}, "task.taskRoleArn: role-arn", "task.permissionsBoundaryArn: boundary-roles", "task.secretKeyArns: key-roles",
			"task.secretKeyArns: key-secrets", "task.registryAccountIds[0]: account-id", "task.secretKeyArns[0]: key-arn",
			"grants[0]: grant", "grants: grant-role"),
	}
}

func badVariables() []componenttest.Bad {
	env := func(values variables) func(*webArgs) {
		return func(a *webArgs) { a.Task.Container.Environment = values }
	}
	secret := func(valueFrom string) func(*webArgs) {
		return func(a *webArgs) {
			a.Task.Container.Secrets = []service.Secret{{Name: "DB", ValueFrom: pulumi.String(valueFrom)}}
		}
	}
	const at, from = "task.container.environment", "task.container.secrets[0].valueFrom: "
	return []componenttest.Bad{
		refused("credentials of AWS", env(variables{
			"AWS_ACCESS_KEY_ID": pulumi.String("x"), "AWS_PROFILE": pulumi.String("prod"), "aws_session_token": pulumi.String(""),
			"AWS_REGION": pulumi.String("eu-west-1"),
		}), at+`["AWS_ACCESS_KEY_ID"]: environment-credentials`, at+`["AWS_ACCESS_KEY_ID"]: environment-secret`,
			at+`["AWS_PROFILE"]: environment-credentials`, at+`["aws_session_token"]: environment-credentials`),
		refused("credentials of AWS as a secret", func(a *webArgs) {
			a.Task.Container.Secrets = []service.Secret{{Name: "AWS_SECRET_ACCESS_KEY", ValueFrom: pulumi.String(someSecret)}}
		}, "task.container.secrets[0].name: environment-credentials"),
		refused("secrets in clear", env(variables{
			"DB_PASSWORD": pulumi.String("horse"), "DATABASE_URL": pulumi.String("postgres://app:horse@db.internal/acme"),
			"DSN": pulumi.String("host=db user=app password=horse"), "SIGNER": pulumi.String("-----BEGIN PRIVATE KEY-----"),
			"KEY": pulumi.String("AKIA" + "IOSFODNN7EXAMPLE"), "HOST": pulumi.String("db.internal"),
		}), at+`["DATABASE_URL"]: environment-secret`, at+`["DB_PASSWORD"]: environment-secret`,
			at+`["DSN"]: environment-secret`, at+`["KEY"]: environment-secret`, at+`["SIGNER"]: environment-secret`),
		refused("names", env(variables{"": pulumi.String("x"), "A B": pulumi.String("x"), "1": pulumi.String("x")}),
			at+`[""]: required`, at+`["1"]: environment-name`, at+`["A B"]: environment-name`),
		refused("plain variables that there are not", func(a *webArgs) {
			a.Task.Container.PlainVariables = []string{"TOKEN", "TOKEN"}
		}, "task.container.plainVariables[1]: duplicate", "task.container.plainVariables[0]: plain-variable",
			"task.container.plainVariables[1]: plain-variable"),
		refused("secrets on the command line", func(a *webArgs) {
			a.Task.Container.Command = []string{"serve", "--db-password=horse", "--url=https://a:b@acme.example"}
		}, "task.container.command[1]: environment-secret", "task.container.command[2]: environment-secret"),
		refused("a variable that hides a secret", func(a *webArgs) {
			a.Task.Container.Environment = variables{"DB": pulumi.String("x")}
			a.Task.Container.Secrets = []service.Secret{
				{Name: "DB", ValueFrom: pulumi.String(someSecret)}, {Name: "DB"},
			}
		}, "task.container.secrets[0].name: environment-shadow", "task.container.secrets[1].name: environment-shadow",
			"task.container.secrets[1].name: duplicate", "task.container.secrets[1].valueFrom: required"),
		refused("a suffix without all its colons", secret(someSecret+":password"), from+"secret-suffix"),
		refused("a suffix with two colons", secret(someSecret+":password:"), from+"secret-suffix"),
		refused("a stage and a version", secret(someSecret+":password:AWSPREVIOUS:1"), from+"secret-suffix"),
		refused("a secret's value instead of its ARN", secret("horse"), from+"secret-reference"),
		refused("a secret by its name", secret("acme/db"), from+"secret-reference"),
	}
}

func badServices() []componenttest.Bad {
	scaling := func(s service.Scaling) func(*webArgs) { return func(a *webArgs) { a.Scaling = &s } }
	return []componenttest.Bad{
		{Name: "a name that ECS has no room for", Program: func(ctx *pulumi.Context) error {
			_, err := service.NewWebService(ctx, "my.api", &webArgs{
				Labels: labels, Placement: somewhere(), Task: service.TaskDefinition{Container: application()},
				TargetGroupArn: pulumi.String(someTargetGroup), Port: 8080,
			})
			return err
		}, Problems: []string{"name: ecs-name"}},
		refused("labels and choices", func(a *webArgs) {
			a.Labels.Owner, a.Lifecycle, a.ServiceName, a.ImageOwner = "", "forever", "the api", "jenkins"
			a.AvailabilityZoneRebalancing = "no"
		}, "labels.owner: label-required", "lifecycle: not-supported", "serviceName: ecs-name",
			"imageOwner: not-supported", "availabilityZoneRebalancing: not-supported"),
		refused("nothing in front", func(a *webArgs) { a.TargetGroupArn, a.Port = nil, 0 }, "targetGroupArn: required"),
		refused("no port", func(a *webArgs) { a.Port, a.TargetGroup = 0, "api" },
			"targetGroup: target-unknown", "port: out-of-range"),
		refusedBehind("another target group", func(a *webArgs) { a.TargetGroup = "app" }, "targetGroup: target-unknown"),
		refusedBehind("another port", func(a *webArgs) { a.Port = 9090 }, "port: port-target-group"),
		refused("two owners of the number of tasks", func(a *webArgs) {
			a.Tasks, a.Scaling = number(3), &service.Scaling{MinTasks: 1, MaxTasks: 3, CpuPercent: 60}
		}, "tasks: tasks-owner"),
		refused("too many tasks", func(a *webArgs) { a.Tasks = number(5001) }, "tasks: out-of-range"),
		refused("more at least than at most", scaling(service.Scaling{MinTasks: 3, MaxTasks: 2, CpuPercent: 60}),
			"scaling.minTasks: scaling-limits"),
		refused("nothing to scale by", scaling(service.Scaling{MinTasks: 1, MaxTasks: 2}), "scaling: scaling-empty"),
		refused("targets", scaling(service.Scaling{
			MaxTasks: 5001, CpuPercent: 95, MemoryPercent: 5, RequestsPerTarget: 100,
			ScaleOutCooldownSeconds: number(-1), ScaleInCooldownSeconds: number(3601),
		}), "scaling.maxTasks: out-of-range", "scaling.cpuPercent: out-of-range", "scaling.memoryPercent: out-of-range",
			"scaling.requestsPerTarget: scaling-requests", "scaling.scaleOutCooldownSeconds: out-of-range",
			"scaling.scaleInCooldownSeconds: out-of-range"),
		refused("schedules", scaling(service.Scaling{
			MinTasks: 1, MaxTasks: 2,
			Schedules: []service.ScalingSchedule{
				{Name: "a", Expression: "daily", TimeZone: "Local", MinTasks: 2, MaxTasks: 1},
				{Name: "a", Expression: "cron(0 8 * * ? *)"},
			},
			OfficeHours: &service.OfficeHours{FromHour: number(20), ToHour: number(7)},
		}), "scaling.schedules[0].expression: schedule", "scaling.schedules[0].timeZone: time-zone",
			"scaling.schedules[0].minTasks: scaling-limits", "scaling.schedules[1].name: duplicate",
			"scaling.officeHours.fromHour: office-hours"),
		refused("rebalancing without room", func(a *webArgs) {
			a.Deployment = &service.Deployment{MaximumPercent: 100, MinimumHealthyPercent: number(50)}
		}, "deployment.maximumPercent: rebalancing-maximum"),
		refused("no room for a deployment", func(a *webArgs) {
			a.Deployment, a.AvailabilityZoneRebalancing = &service.Deployment{MaximumPercent: 100}, toggle.Disabled
		}, "deployment.maximumPercent: deployment-room"),
		refused("numbers of a deployment", func(a *webArgs) {
			a.Deployment = &service.Deployment{
				MinimumHealthyPercent: number(101), MaximumPercent: 201, HealthCheckGracePeriodSeconds: number(7201),
				RolloutCheck: "no", RolloutTimeoutMinutes: 241,
				AlarmNames: pulumi.ToStringArray([]string{"arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a", "", "b", "b"}),
			}
		}, "deployment.minimumHealthyPercent: out-of-range", "deployment.maximumPercent: out-of-range",
			"deployment.healthCheckGracePeriodSeconds: out-of-range", "deployment.rolloutCheck: not-supported",
			"deployment.rolloutTimeoutMinutes: out-of-range", "deployment.alarmNames[0]: alarm-name",
			"deployment.alarmNames[1]: alarm-name", "deployment.alarmNames[3]: duplicate"),
		refusedBehind("times that do not fit", func(a *webArgs) {
			a.Task.Container.HealthCheck = &service.HealthCheck{Command: []string{"CMD", "/app"}}
			a.Task.Container.StopTimeoutSeconds = 120
			a.Deployment = &service.Deployment{HealthCheckGracePeriodSeconds: number(10), RolloutTimeoutMinutes: 3}
		}, "deployment.healthCheckGracePeriodSeconds: grace-period",
			"deployment.healthCheckGracePeriodSeconds: grace-period", "deployment.rolloutTimeoutMinutes: rollout-timeout"),
		refusedBehind("a shell in a read-only container", func(a *webArgs) { a.Exec = true }, "exec: exec-readonly"),
	}
}
