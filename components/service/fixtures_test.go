package service_test

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/fixture"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var labels = fixture.Labels

const (
	someKey         = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	multiRegionKey  = "arn:aws:kms:eu-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"
	someAlias       = "arn:aws:kms:eu-west-1:123456789012:alias/acme"
	someCluster     = "arn:aws:ecs:eu-west-1:123456789012:cluster/acme"
	someTargetGroup = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/73e2d6bc24d8a067"
	someRole        = "arn:aws:iam::123456789012:role/acme-app"
	someSecret      = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/db-AbCdEf"
	someParameter   = "arn:aws:ssm:eu-west-1:123456789012:parameter/acme/flags"
	someVPC         = "vpc-0123456789abcdef0"
	someGroup       = "sg-0123456789abcdef0"

	digest    = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	someImage = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api" + digest
	collector = "public.ecr.aws/aws-observability/aws-otel-collector"
)

type (
	webArgs     = service.WebServiceArgs
	clusterArgs = service.ClusterArgs
	container   = service.Container
	variables   = pulumi.StringMap
)

func subnets(digits ...string) pulumi.StringArray {
	var ids pulumi.StringArray
	for _, digit := range digits {
		ids = append(ids, pulumi.String(componenttest.ExistingSubnet+digit))
	}
	return ids
}

func number(n int) *int { return &n }

// cluster makes a cluster as the change says.
func cluster(change func(*clusterArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &clusterArgs{Labels: labels}
		change(args)
		_, err := service.NewCluster(ctx, "main", args)
		return err
	}
}

// application is the smallest container.
func application() container { return container{Image: pulumi.String(someImage), User: "65532:65532"} }

// somewhere is an existing place.
func somewhere() service.Placement {
	return service.Placement{
		ClusterArn: pulumi.String(someCluster), SubnetIds: subnets("2", "3"),
		SecurityGroupIds: pulumi.StringArray{pulumi.String(someGroup)},
	}
}

// web makes a service with what is required, in an existing place, as the change says.
func web(change func(*webArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &webArgs{
			Labels: labels, Placement: somewhere(), Task: service.TaskDefinition{Container: application()},
			TargetGroupArn: pulumi.String(someTargetGroup), Port: 8080,
		}
		change(args)
		_, err := service.NewWebService(ctx, "api", args)
		return err
	}
}

// behind makes a service in a network and a cluster of its own, behind a load balancer, as the change says.
func behind(change func(*webArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		var asked webArgs
		change(&asked)
		in, err := existing(ctx)
		if err != nil {
			return err
		}
		balancer, err := newBalancer(ctx, in, asked.Lifecycle)
		if err != nil {
			return err
		}
		own, err := service.NewCluster(ctx, "main", &clusterArgs{
			Labels: labels, Lifecycle: asked.Lifecycle, Exec: &service.ClusterExec{},
		})
		if err != nil {
			return err
		}
		return web(func(a *webArgs) {
			a.Placement, a.TargetGroupArn, a.Port = service.Placement{Cluster: own, Network: in}, nil, 0
			a.LoadBalancer = balancer
			change(a)
		})(ctx)
	}
}

// existing is a network that somebody else made.
func existing(ctx *pulumi.Context) (*network.Network, error) {
	v, err := network.NewExistingVpc(ctx, "main", &network.ExistingVpcArgs{
		VpcId: pulumi.String(someVPC), PublicSubnetIds: subnets("0", "1"), PrivateSubnetIds: subnets("2", "3"),
		Egress: network.EgressNATPerZone,
	})
	if err != nil {
		return nil, err
	}
	return v.Network(), nil
}

func newBalancer(
	ctx *pulumi.Context, in *network.Network, lc lifecycle.Lifecycle,
) (*loadbalancing.LoadBalancer, error) {
	return loadbalancing.NewLoadBalancer(ctx, "edge", &loadbalancing.LoadBalancerArgs{
		Labels: labels, Lifecycle: lc, Network: in, ListenerProtocol: loadbalancing.ListenerHTTP, Logging: toggle.Disabled,
		TargetGroups: []loadbalancing.TargetGroup{
			{Name: "api", Port: 8080, HealthCheck: &loadbalancing.HealthCheck{Path: "/health"}, DeregistrationDelaySeconds: 60},
		},
		DefaultTargetGroup: "api",
	})
}

// everything fills in all arguments that can stand beside one another.
func everything(a *webArgs) {
	a.ServiceName, a.ImageOwner = "acme-api", service.ImageOwnerCI
	a.Placement.CapacityProviders = []service.CapacityShare{
		{CapacityProvider: service.Fargate, Base: 2, Weight: 1}, {CapacityProvider: service.FargateSpot, Weight: 3},
	}
	a.Scaling = &service.Scaling{
		MinTasks: 2, MaxTasks: 10, CpuPercent: 60, MemoryPercent: 70, RequestsPerTarget: 1000,
		ScaleOutCooldownSeconds: number(30), ScaleInCooldownSeconds: number(600),
		Schedules: []service.ScalingSchedule{
			{Name: "sale", Expression: "cron(0 8 1 12 ? *)", TimeZone: "Europe/Berlin", MinTasks: 8, MaxTasks: 20},
		},
	}
	a.Deployment = &service.Deployment{
		MinimumHealthyPercent: number(50), MaximumPercent: 150, HealthCheckGracePeriodSeconds: number(120),
		AlarmNames: pulumi.StringArray{pulumi.String("api-errors")}, RolloutTimeoutMinutes: 30,
	}
	a.Exec, a.Task.Container.ReadonlyRootFilesystem = true, toggle.Disabled
	allOfTask(&a.Task)
}

// allOfTask fills in all arguments of a task definition that can stand beside one another.
func allOfTask(t *service.TaskDefinition) {
	t.Family, t.Cpu, t.MemoryMiB, t.CpuArchitecture, t.EphemeralStorageGiB = "acme-api", service.Cpu1024, 3072,
		service.X8664, 40
	t.KeptRevisions, t.SecretKeyArns = 3, pulumi.StringArray{pulumi.String(someKey)}
	t.Logs = &service.Logs{KeyArn: pulumi.String(someKey), RetentionDays: 90, BufferMiB: 10}
	c := &t.Container
	c.Name, c.Command, c.EntryPoint = "server", []string{"serve", "--addr=:8080"}, []string{"/api"}
	c.ScratchVolumes = []service.ScratchVolume{{Name: "tmp", Path: "/tmp"}, {Name: "shared", Path: "/var/run/otel"}}
	c.Capabilities = []service.Capability{service.SysPtrace}
	c.Environment = variables{"LOG_LEVEL": pulumi.String("info"), "FEATURE_TOKEN": pulumi.String("blue")}
	c.PlainVariables = []string{"FEATURE_TOKEN"}
	c.Secrets = []service.Secret{
		{Name: "DB_PASSWORD", ValueFrom: pulumi.String(someSecret + ":password::")},
		{Name: "DB_USER", ValueFrom: pulumi.String(someSecret + ":username::")},
		{Name: "FLAGS", ValueFrom: pulumi.String(someParameter)},
	}
	c.HealthCheck = &service.HealthCheck{
		Command: []string{"CMD", "/api", "health"}, IntervalSeconds: 10, TimeoutSeconds: 3, Retries: 2,
		StartPeriodSeconds: number(60),
	}
	c.StartTimeoutSeconds, c.StopTimeoutSeconds = 60, 120
	c.Ulimits = []service.Ulimit{{Name: service.UlimitNofile, SoftLimit: 65536, HardLimit: 1048576}}
	t.Sidecars = []service.Sidecar{
		{
			Container: container{
				Name: "otel", Image: pulumi.String(collector + digest), User: "65532",
				ScratchVolumes: []service.ScratchVolume{{Name: "shared", Path: "/run"}},
				HealthCheck:    &service.HealthCheck{Command: []string{"CMD", "/healthcheck"}},
				Environment:    variables{"MODE": pulumi.String("gateway")},
			},
			Start: service.SidecarHealthyBefore, Ports: []int{4317, 4318}, MemoryMiB: 256,
		},
		{Container: container{Name: "cleaner", Image: pulumi.String(someImage), User: "app"}, Start: service.SidecarAfter},
	}
}
