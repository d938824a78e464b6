package service_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func TestWebServiceConforms(t *testing.T) {
	componenttest.Conform(t, componenttest.Case{
		Token: service.WebServiceType, Args: webArgs{}, Component: service.WebService{}, Golden: "webservice",
		Minimal: web(func(*webArgs) {}),
		Variants: map[string]pulumi.RunFunc{
			"everything": behind(everything),
			"in-network": behind(func(*webArgs) {}),
			"given": web(func(a *webArgs) {
				a.Tasks, a.Task.TaskRoleArn, a.Task.ExecutionRoleArn = number(0), pulumi.String(someRole), pulumi.String(someRole)
				a.Placement.AssignPublicIps, a.AvailabilityZoneRebalancing = true, toggle.Disabled
				a.Task.Logs = &service.Logs{Mode: service.LogBlocking}
				a.Task.Container = container{Image: pulumi.String("nginx:1.29"), AllowImageTag: true, RunAsRoot: true}
				a.Deployment = &service.Deployment{MaximumPercent: 100, MinimumHealthyPercent: number(0), RolloutCheck: toggle.Disabled}
			}),
		},
		Disposable: behind(func(a *webArgs) {
			a.Lifecycle, a.Scaling = lifecycle.Disposable, &service.Scaling{
				MinTasks: 1, MaxTasks: 1, OfficeHours: &service.OfficeHours{TimeZone: "Europe/Berlin"},
			}
			a.Task.Container.Image = pulumi.String("acme/api:main")
		}),
		Unknown: web(func(a *webArgs) {
			everything(a)
			unknown := componenttest.UnknownString()
			a.Placement.ClusterArn, a.Placement.SubnetIds = unknown, pulumi.StringArray{unknown, unknown}
			a.Placement.SecurityGroupIds, a.TargetGroupArn = pulumi.StringArray{unknown}, unknown
			a.Scaling.RequestsPerTarget = 0
			a.Task.Container.Image, a.Task.Container.Environment = unknown, variables{"HOST": unknown}
			a.Task.Container.PlainVariables, a.Task.Container.Secrets[0].ValueFrom = nil, unknown
			a.Task.Logs.KeyArn, a.Deployment.AlarmNames = unknown, pulumi.StringArray{unknown}
			a.Task.SecretKeyArns, a.Task.PermissionsBoundaryArn = pulumi.StringArray{unknown}, unknown
		}),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := service.NewWebService(ctx, "api", nil)
			return err
		},
		Bad: bad(),
	})
}
