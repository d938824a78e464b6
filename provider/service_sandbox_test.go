//go:build sandbox

package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

// TestARemoteServiceIsFollowed deploys a service as a program in another language does. The hook that follows its
// deployments lives in the plugin, after the call that constructed the component has ended.
func TestARemoteServiceIsFollowed(t *testing.T) {
	env := sandboxtest.New(t)
	release := "1"
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		main, err := create(ctx, "bulwark:network:Vpc", "main", pulumi.Map{
			"egress": pulumi.String("publicAddresses"), "tiers": pulumi.ToStringArray([]string{"public"}),
		})
		if err != nil {
			return err
		}
		subnets := pulumi.StringArray{
			main.PublicSubnetIds.Index(pulumi.Int(0)), main.PublicSubnetIds.Index(pulumi.Int(1)),
		}
		balancer, err := create(ctx, "bulwark:loadbalancing:LoadBalancer", "edge", pulumi.Map{
			"vpcId": main.VpcId, "subnetIds": subnets, "listenerProtocol": pulumi.String("HTTP"),
			"logging":            pulumi.String("disabled"),
			"targetGroups":       pulumi.Array{pulumi.Map{"name": pulumi.String("app"), "port": pulumi.Int(8080)}},
			"defaultTargetGroup": pulumi.String("app"),
		})
		if err != nil {
			return err
		}
		cluster, err := create(ctx, "bulwark:service:Cluster", "remote", pulumi.Map{})
		if err != nil {
			return err
		}
		_, err = create(ctx, "bulwark:service:WebService", "api", pulumi.Map{
			"placement": pulumi.Map{
				"clusterArn": cluster.ClusterArn, "subnetIds": subnets, "assignPublicIps": pulumi.Bool(true),
				"securityGroupIds": pulumi.StringArray{balancer.SecurityGroupId},
			},
			"targetGroupArn": balancer.TargetGroupArns.MapIndex(pulumi.String("app")), "port": pulumi.Int(8080),
			"task": pulumi.Map{"container": pulumi.Map{
				"image": pulumi.String("public.ecr.aws/docker/library/busybox:1"), "user": pulumi.String("65532"),
				"environment": pulumi.StringMap{"RELEASE": pulumi.String(release)},
			}},
		}, pulumi.DependsOn([]pulumi.Resource{balancer, cluster}))
		return err
	}, sandboxtest.Options{Plugins: []string{plugin(t)}})
	stack.Up(t)
	assert.NotEmpty(t, env.Calls(t, "ecs", "ListServiceDeployments"), "the first deployment was followed")

	env.Outcome(t, sandbox.DeploymentOutcome{
		Cluster: "acme-audio-languages-remote", Service: "api", Result: sandbox.DeploymentCrashLoops,
	})
	release = "2"
	_, err := stack.TryUp(t.Context())
	require.ErrorContains(t, err, "rolled back")
	release = "1"
	stack.Up(t)
	stack.Destroy(t)
}
