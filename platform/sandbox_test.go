//go:build sandbox

package platform

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/wafv2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// policyPack builds the project's pack.
func policyPack(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pulumi-policy-bulwark")
	out, err := exec.Command("go", "build", "-o", path, "../policy").CombinedOutput()
	require.NoError(t, err, string(out))
	return path
}

// The stacks that the repository ships pass the policy pack as their own files say.
func TestStacksPassThePolicyPack(t *testing.T) {
	env := sandboxtest.New(t)
	packs := []string{policyPack(t)}
	for _, name := range []string{"dev", "prod"} {
		t.Run(name, func(t *testing.T) {
			if file, err := filepath.Abs(filepath.Join("..", "PulumiPolicy."+name+".yaml")); assert.NoError(t, err) {
				if _, err := os.Stat(file); err == nil {
					t.Setenv("BULWARK_POLICY_CONFIG", file)
				}
			}
			env.Deploy(t, Program, sandboxtest.Options{
				Stack: name, Project: namespace, Region: "eu-west-1", Config: stackSettings(t, name), PolicyPacks: packs,
			}).Preview(t)
		})
	}
}

// Both stacks are taken through everything that a deployment does, and read back; what they call is the evidence that the
// policy of the role that deploys is made of.
func TestStacksDeployed(t *testing.T) {
	env, seen := sandboxtest.New(t), evidence{}
	seen.live(t, env, "dev", func(_ *sandboxtest.Stack, up sandboxtest.Result) {
		assert.Equal(t, map[int32]elbtypes.ActionTypeEnum{80: elbtypes.ActionTypeEnumForward}, listeners(t, env, up))
		guarded(t, env, up)
		recorded(t, env, up)
		served(t, env, up, 1)
	})
	seen.live(t, env, "prod", func(stack *sandboxtest.Stack, up sandboxtest.Result) {
		assert.Equal(t, map[int32]elbtypes.ActionTypeEnum{80: elbtypes.ActionTypeEnumRedirect, 443: elbtypes.ActionTypeEnumForward},
			listeners(t, env, up))
		guarded(t, env, up)
		recorded(t, env, up)
		served(t, env, up, 3)
		assert.Equal(t, "https://app.acme.example", up.Output(t, "url"))
		for _, r := range stack.Resources(t) {
			if r.Type == "aws:s3/bucketV2:BucketV2" || r.Type == "aws:kms/key:Key" || r.Type == "aws:ec2/vpc:Vpc" {
				assert.True(t, r.Protect, r.URN)
			}
		}
	})
	seen.check(t)
}

// listeners are what the load balancer does on each port.
func listeners(t testing.TB, env *sandboxtest.Env, up sandboxtest.Result) map[int32]elbtypes.ActionTypeEnum {
	t.Helper()
	client := elb.NewFromConfig(env.AWSConfig("eu-west-1"))
	out, err := client.DescribeListeners(t.Context(), &elb.DescribeListenersInput{LoadBalancerArn: aws.String(up.Output(t, "loadBalancerArn"))})
	require.NoError(t, err)
	found := map[int32]elbtypes.ActionTypeEnum{}
	for _, listener := range out.Listeners {
		found[aws.ToInt32(listener.Port)] = listener.DefaultActions[0].Type
		if listener.Protocol == elbtypes.ProtocolEnumHttps {
			assert.Contains(t, aws.ToString(listener.SslPolicy), "TLS13-1-2")
		}
	}
	return found
}

// guarded asserts that the web ACL stands in front of the load balancer, and blocks.
func guarded(t testing.TB, env *sandboxtest.Env, up sandboxtest.Result) {
	t.Helper()
	client := wafv2.NewFromConfig(env.AWSConfig("eu-west-1"))
	out, err := client.GetWebACLForResource(t.Context(), &wafv2.GetWebACLForResourceInput{ResourceArn: aws.String(up.Output(t, "loadBalancerArn"))})
	require.NoError(t, err)
	require.NotNil(t, out.WebACL)
	assert.Equal(t, up.Output(t, "webAclArn"), aws.ToString(out.WebACL.ARN))
	blocking := 0
	for _, rule := range out.WebACL.Rules {
		if rule.OverrideAction != nil && rule.OverrideAction.None != nil {
			blocking++
		}
	}
	assert.GreaterOrEqual(t, blocking, 4, "the managed groups block")
}

// served asserts that the application runs, that the load balancer finds it healthy, and that it holds no key of AWS.
func served(t testing.TB, env *sandboxtest.Env, up sandboxtest.Result, tasks int) {
	t.Helper()
	client := ecs.NewFromConfig(env.AWSConfig("eu-west-1"))
	out, err := client.DescribeServices(t.Context(), &ecs.DescribeServicesInput{
		Cluster: aws.String(up.Output(t, "clusterName")), Services: []string{up.Output(t, "serviceName")},
	})
	require.NoError(t, err)
	require.Len(t, out.Services, 1)
	service := out.Services[0]
	assert.Equal(t, int32(tasks), service.RunningCount)
	assert.True(t, service.DeploymentConfiguration.DeploymentCircuitBreaker.Rollback)

	described, err := client.DescribeTaskDefinition(t.Context(), &ecs.DescribeTaskDefinitionInput{TaskDefinition: service.TaskDefinition})
	require.NoError(t, err)
	assert.Equal(t, up.Output(t, "serviceTaskRoleArn"), aws.ToString(described.TaskDefinition.TaskRoleArn))
	for _, container := range described.TaskDefinition.ContainerDefinitions {
		assert.Contains(t, aws.ToString(container.Image), up.Output(t, "repositoryUrl")+"@sha256:")
		for _, variable := range container.Environment {
			assert.NotContains(t, aws.ToString(variable.Name), "AWS_", "the task role is all that the application needs")
		}
	}

	health, err := elb.NewFromConfig(env.AWSConfig("eu-west-1")).DescribeTargetHealth(t.Context(),
		&elb.DescribeTargetHealthInput{TargetGroupArn: aws.String(up.Output(t, "serviceTargetGroupArn"))})
	require.NoError(t, err)
	assert.Len(t, health.TargetHealthDescriptions, tasks)
	for _, target := range health.TargetHealthDescriptions {
		assert.Equal(t, elbtypes.TargetHealthStateEnumHealthy, target.TargetHealth.State)
	}
}

// recorded asserts that the trail is on, and that it may deliver where it is told to.
func recorded(t testing.TB, env *sandboxtest.Env, up sandboxtest.Result) {
	t.Helper()
	client := cloudtrail.NewFromConfig(env.AWSConfig("eu-west-1"))
	trail := aws.String(up.Output(t, "trailArn"))
	status, err := client.GetTrailStatus(t.Context(), &cloudtrail.GetTrailStatusInput{Name: trail})
	require.NoError(t, err)
	assert.True(t, aws.ToBool(status.IsLogging))
	described, err := client.GetTrail(t.Context(), &cloudtrail.GetTrailInput{Name: trail})
	require.NoError(t, err)
	assert.Equal(t, up.Output(t, "logBucket"), aws.ToString(described.Trail.S3BucketName))
	assert.True(t, aws.ToBool(described.Trail.IsMultiRegionTrail) && aws.ToBool(described.Trail.LogFileValidationEnabled))

	policy, err := env.S3("eu-west-1").GetBucketPolicy(t.Context(), &s3.GetBucketPolicyInput{Bucket: described.Trail.S3BucketName})
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(aws.ToString(policy.Policy), *trail), "the archive lets in this trail, and no other")
}
