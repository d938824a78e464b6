//go:build sandbox

package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// plugin builds the plugin, and returns the folder that holds it.
func plugin(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(dir, "pulumi-resource-bulwark"), "./cmd/pulumi-resource-bulwark")
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	return dir
}

// component is what a program in another language knows of a component: a token, properties and outputs.
type component struct {
	pulumi.ResourceState

	BucketArn       pulumi.StringOutput      `pulumi:"bucketArn"`
	BucketName      pulumi.StringOutput      `pulumi:"bucketName"`
	ClusterArn      pulumi.StringOutput      `pulumi:"clusterArn"`
	KeyArn          pulumi.StringOutput      `pulumi:"keyArn"`
	LoadBalancerArn pulumi.StringOutput      `pulumi:"loadBalancerArn"`
	PublicSubnetIds pulumi.StringArrayOutput `pulumi:"publicSubnetIds"`
	Region          pulumi.StringOutput      `pulumi:"region"`
	SecurityGroupId pulumi.StringOutput      `pulumi:"securityGroupId"`
	TargetGroupArns pulumi.StringMapOutput   `pulumi:"targetGroupArns"`
	VpcId           pulumi.StringOutput      `pulumi:"vpcId"`
}

// create makes a component as the library of another language does: by its token, in the plugin.
func create(ctx *pulumi.Context, token, name string, properties pulumi.Map, opts ...pulumi.ResourceOption) (*component, error) {
	properties["lifecycle"] = pulumi.String("disposable")
	properties["labels"] = pulumi.StringMap{
		"project": pulumi.String("acme-audio"), "environment": pulumi.String("languages"), "owner": pulumi.String("platform@acme.example"),
		"costCenter": pulumi.String("1000"), "dataClass": pulumi.String("confidential"), "repository": pulumi.String("github.com/acme/infra"),
	}
	c := &component{}
	return c, ctx.RegisterRemoteComponentResource(token, name, properties, c, opts...)
}

// deployed makes components of each kind, joined by their outputs, and a replica under the provider of a second region.
func deployed(ctx *pulumi.Context) error {
	logs, err := create(ctx, "bulwark:storage:LogBucket", "logs", pulumi.Map{
		"sources": pulumi.Map{
			"accessLogs": pulumi.Map{"buckets": pulumi.ToStringArray([]string{"audio"})}, "flowLogs": pulumi.Map{},
			"loadBalancers": pulumi.Map{"prefixes": pulumi.ToStringArray([]string{"alb-access", "alb-connections"})},
		},
	})
	if err != nil {
		return err
	}
	key, err := create(ctx, "bulwark:encryption:Key", "data", pulumi.Map{"uses": pulumi.ToStringArray([]string{"s3"})})
	if err != nil {
		return err
	}
	audio, err := create(ctx, "bulwark:storage:Bucket", "audio", pulumi.Map{
		"keyArn": key.KeyArn, "logBucketName": logs.BucketName,
		"retention": pulumi.Map{"noncurrentExpiryDays": pulumi.Int(60)},
	})
	if err != nil {
		return err
	}
	second, err := pulumiaws.NewProvider(ctx, "second", &pulumiaws.ProviderArgs{Region: pulumi.String("eu-central-1"), S3UsePathStyle: pulumi.Bool(true)})
	if err != nil {
		return err
	}
	replica, err := create(ctx, "bulwark:storage:ReplicaBucket", "audio-replica", pulumi.Map{"accessLogs": pulumi.String("disabled")}, pulumi.Providers(second))
	if err != nil {
		return err
	}
	main, err := create(ctx, "bulwark:network:Vpc", "main", pulumi.Map{
		"egress": pulumi.String("publicAddresses"), "tiers": pulumi.ToStringArray([]string{"public"}),
		"flowLogs": pulumi.Map{"logBucketName": logs.BucketName},
	})
	if err != nil {
		return err
	}
	balancer, err := create(ctx, "bulwark:loadbalancing:LoadBalancer", "public", pulumi.Map{
		"vpcId": main.VpcId, "logBucketName": logs.BucketName, "listenerProtocol": pulumi.String("HTTP"),
		"subnetIds":    pulumi.StringArray{main.PublicSubnetIds.Index(pulumi.Int(0)), main.PublicSubnetIds.Index(pulumi.Int(1))},
		"targetGroups": pulumi.Array{pulumi.Map{"name": pulumi.String("app"), "port": pulumi.Int(8080)}}, "defaultTargetGroup": pulumi.String("app"),
	})
	if err != nil {
		return err
	}
	ctx.Export("vpc", main.VpcId)
	ctx.Export("subnets", main.PublicSubnetIds)
	ctx.Export("balancer", balancer.LoadBalancerArn)
	ctx.Export("targets", balancer.TargetGroupArns)
	ctx.Export("bucket", audio.BucketName)
	ctx.Export("key", key.KeyArn)
	ctx.Export("logs", logs.BucketName)
	ctx.Export("replica", replica.BucketName)
	ctx.Export("replicaRegion", replica.Region)
	return nil
}

func TestPackageDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, deployed, sandboxtest.Options{Plugins: []string{plugin(t)}})
	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		assert.Equal(t, "acme-audio-languages-audio-123456789012-eu-west-1", up.Output(t, "bucket"))
		client, bucket := env.S3("eu-west-1"), aws.String(up.Output(t, "bucket"))

		encrypted, err := client.GetBucketEncryption(t.Context(), &s3.GetBucketEncryptionInput{Bucket: bucket})
		require.NoError(t, err)
		byDefault := encrypted.ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault
		assert.Equal(t, types.ServerSideEncryptionAwsKms, byDefault.SSEAlgorithm)
		assert.Equal(t, up.Output(t, "key"), aws.ToString(byDefault.KMSMasterKeyID))

		logging, err := client.GetBucketLogging(t.Context(), &s3.GetBucketLoggingInput{Bucket: bucket})
		require.NoError(t, err)
		require.NotNil(t, logging.LoggingEnabled)
		assert.Equal(t, up.Output(t, "logs"), aws.ToString(logging.LoggingEnabled.TargetBucket))

		rules, err := client.GetBucketLifecycleConfiguration(t.Context(), &s3.GetBucketLifecycleConfigurationInput{Bucket: bucket})
		require.NoError(t, err)
		require.Len(t, rules.Rules, 1)
		assert.Equal(t, int32(60), aws.ToInt32(rules.Rules[0].NoncurrentVersionExpiration.NoncurrentDays))

		assert.Equal(t, "eu-central-1", up.Output(t, "replicaRegion"), "the provider crosses the border")
		location, err := client.GetBucketLocation(t.Context(), &s3.GetBucketLocationInput{Bucket: aws.String(up.Output(t, "replica"))})
		require.NoError(t, err)
		assert.Equal(t, types.BucketLocationConstraintEuCentral1, location.LocationConstraint)

		balancers := elb.NewFromConfig(env.AWSConfig("eu-west-1"))
		found, err := balancers.DescribeLoadBalancers(t.Context(), &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{up.Output(t, "balancer")}})
		require.NoError(t, err)
		balancer := found.LoadBalancers[0]
		assert.Equal(t, elbtypes.LoadBalancerSchemeEnumInternal, balancer.Scheme)
		assert.Equal(t, up.Output(t, "vpc"), aws.ToString(balancer.VpcId))
		var subnets []any
		for _, zone := range balancer.AvailabilityZones {
			subnets = append(subnets, aws.ToString(zone.SubnetId))
		}
		assert.Len(t, subnets, 2)
		assert.ElementsMatch(t, up.Outputs["subnets"], subnets)
		groups, err := balancers.DescribeTargetGroups(t.Context(), &elb.DescribeTargetGroupsInput{LoadBalancerArn: balancer.LoadBalancerArn})
		require.NoError(t, err)
		require.Len(t, groups.TargetGroups, 1)
		assert.Equal(t, map[string]any{"app": aws.ToString(groups.TargetGroups[0].TargetGroupArn)}, up.Outputs["targets"])
	})
}

// What a component refuses, a user of another language reads in the engine's output, property by property.
func TestProblemsReachTheUser(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		return ctx.RegisterRemoteComponentResource("bulwark:storage:Bucket", "audio", pulumi.Map{
			"labels": pulumi.StringMap{"project": pulumi.String("acme-audio")}, "abortMultipartDays": pulumi.Int(400),
		}, &component{})
	}, sandboxtest.Options{Plugins: []string{plugin(t)}})
	_, err := stack.TryUp(t.Context())
	require.Error(t, err)
	log, readErr := os.ReadFile(filepath.Join(stack.Dir(), "engine.log"))
	require.NoError(t, readErr)
	for _, expected := range []string{"labels.owner", "labels.dataClass", "logBucketName", "abortMultipartDays", "use at most 365"} {
		assert.Contains(t, string(log), expected)
	}
}
