package platform

import (
	"encoding/json"
	"maps"
	"slices"
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
		"audioBucket", "audioBucketAddress", "audioBucketArn", "audioKeyArn", "audioServicePolicy", "databaseSecurityGroupId",
		"databaseSubnetIds", "loadBalancerAddress", "loadBalancerArn", "logBucket", "logBucketArn", "networkMonthlyEstimate",
		"serviceSecurityGroupId", "serviceTargetGroupArn", "trailArn", "trailLogGroup", "url", "vpcId", "webAclArn", "workloadSubnetIds",
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
	found := map[string]any{}
	_, err := run(stack, stackSettings(t, stack), func(ctx *pulumi.Context) error {
		if err := Program(ctx); err != nil {
			return err
		}
		for name, output := range ctx.GetCurrentExportMap() {
			pulumi.ToOutput(output).ApplyT(func(value any) any {
				mu.Lock()
				defer mu.Unlock()
				found[name] = value
				return value
			})
		}
		return nil
	})
	require.NoError(t, err)
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
