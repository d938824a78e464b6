package platform

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// The stacks that the repository ships deploy as their files stand.
func TestStacks(t *testing.T) {
	for stack, want := range map[string]struct {
		lost func(*componenttest.Recorder) []string
	}{
		"dev":  {componenttest.Undeletable},
		"prod": {componenttest.Unprotected},
	} {
		t.Run(stack, func(t *testing.T) {
			recorder, err := run(stack, stackSettings(t, stack), Program)
			require.NoError(t, err)
			assert.Empty(t, want.lost(recorder))
			assert.Empty(t, componenttest.Orphans(recorder))
			assert.Empty(t, componenttest.Untagged(recorder, componenttest.TagKeys...))
			componenttest.Golden(t, stack, recorder)
		})
	}
}

// Another program, or a role made by hand, takes these outputs: their names are an interface.
func TestOutputs(t *testing.T) {
	both := []string{
		"audioBucket", "audioBucketAddress", "audioBucketArn", "audioKeyArn", "audioServicePolicy", "clusterName",
		"databaseSecurityGroupId", "databaseSubnetIds", "loadBalancerAddress", "loadBalancerArn", "logBucket", "logBucketArn",
		"networkMonthlyEstimate", "repositoryUrl", "serviceLogGroup", "serviceName", "serviceSecurityGroupId",
		"serviceTargetGroupArn", "serviceTaskRoleArn", "trailArn", "trailLogGroup", "url", "vpcId", "webAclArn",
		"workloadSubnetIds",
	}
	dev := outputs(t, "dev")
	assert.ElementsMatch(t, both, slices.Collect(maps.Keys(dev)))
	assert.Equal(t, "acme-audio-dev-audio-123456789012-eu-west-1", dev["audioBucket"])
	assert.Equal(t, "acme-audio-dev-audio-123456789012-eu-west-1.s3.eu-west-1.amazonaws.com", dev["audioBucketAddress"])
	assert.Contains(t, dev["audioKeyArn"], "arn:aws:kms:eu-west-1:123456789012:key/")
	assert.Equal(t, "aws-waf-logs-acme-audio-dev-logs-123456789012-eu-west-1", dev["logBucket"])
	assert.True(t, json.Valid([]byte(dev["audioServicePolicy"].(string))), dev["audioServicePolicy"])
	assert.Contains(t, dev["url"], "http://load-balancer-")

	prod := outputs(t, "prod")
	assert.ElementsMatch(t, append(both, "nameServers"), slices.Collect(maps.Keys(prod)))
	assert.Equal(t, "https://app.acme.example", prod["url"])
	assert.Equal(t, "arn:aws:cloudtrail:eu-west-1:123456789012:trail/acme-audio-prod", prod["trailArn"])
}

// outputs deploys a stack as its file stands, and returns what it exports.
func outputs(t *testing.T, stack string) map[string]any {
	t.Helper()
	var mu sync.Mutex
	var told sync.WaitGroup
	found := map[string]any{}
	_, err := run(stack, stackSettings(t, stack), func(ctx *pulumi.Context) error {
		if err := Program(ctx); err != nil {
			return err
		}
		for name, output := range ctx.GetCurrentExportMap() {
			told.Add(1)
			pulumi.ToOutput(output).ApplyT(func(value any) any {
				mu.Lock()
				defer mu.Unlock()
				defer told.Done()
				found[name] = value
				return value
			})
		}
		return nil
	})
	require.NoError(t, err)
	told.Wait() // the run does not wait for outputs that no resource has
	return found
}

// A domain whose zone exists gets no zone of the stack's own.
func TestAnExistingZone(t *testing.T) {
	settings := valid(map[string]string{"bulwark:hostedZone": "acme.example", "bulwark:hostedZoneId": "Z0123456789ABCDEFGHIJ"})
	recorder, err := run("prod", settings, Program)
	require.NoError(t, err)
	assert.Empty(t, recorder.Find("aws:route53/zone:Zone"))
	for _, record := range recorder.Find("aws:route53/record:Record") {
		assert.Equal(t, "Z0123456789ABCDEFGHIJ", record.Input("zoneId"))
	}
}

// A stack begins without an image: it has the repository to which the first one is pushed, and no service yet. With a
// directory, up builds the image itself.
func TestWhereTheImageComesFrom(t *testing.T) {
	const taskDefinition, build = "aws:ecs/taskDefinition:TaskDefinition", "awsx:ecr:Image"
	recorder, err := run("dev", valid(nil), Program)
	require.NoError(t, err)
	assert.Len(t, recorder.Find("aws:ecr/repository:Repository"), 1)
	assert.Empty(t, recorder.Find("aws:ecs/cluster:Cluster"))

	digest := "sha256:" + strings.Repeat("0123456789abcdef", 4)
	recorder, err = run("dev", valid(map[string]string{"bulwark:imageDigest": digest}), Program)
	require.NoError(t, err)
	require.Len(t, recorder.Find(taskDefinition), 1)
	assert.Contains(t, recorder.Find(taskDefinition)[0].Input("containerDefinitions"), "acme-audio-dev-service@"+digest)
	assert.Empty(t, recorder.Find(build))

	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("app", 0o700))
	require.NoError(t, os.WriteFile(filepath.Join("app", "Dockerfile"), []byte("FROM scratch\n"), 0o600))
	recorder, err = run("dev", valid(map[string]string{"bulwark:appContext": "app"}), Program)
	require.NoError(t, err)
	assert.Len(t, recorder.Find(build), 1)
	assert.Len(t, recorder.Find(taskDefinition), 1)
}

// Credentials of another account preview and change nothing.
func TestAnotherAccountIsRefused(t *testing.T) {
	recorder, err := run("prod", valid(map[string]string{"bulwark:accountId": "210987654321"}), Program)
	require.ErrorContains(t, err, `bulwark:accountId: "210987654321": expected the account of the credentials, which is 123456789012; fix: use credentials of the stack's account`)
	assert.Empty(t, recorder.Registrations())
	_, err = run("prod", valid(map[string]string{"bulwark:accountId": "123456789012"}), Program)
	require.NoError(t, err)
}
