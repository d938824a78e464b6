package platform

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/tagging"
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
			assert.Empty(t, componenttest.Untagged(recorder,
				tagging.KeyName, tagging.KeyProject, tagging.KeyEnvironment, tagging.KeyOwner, tagging.KeyCostCenter,
				tagging.KeyDataClass, tagging.KeyRepository, tagging.KeyManagedBy))
			componenttest.Golden(t, stack, recorder)
		})
	}
}

// Another program, or a role made by hand, takes these outputs: their names are an interface.
func TestOutputs(t *testing.T) {
	outputs := map[string]string{}
	_, err := run("dev", stackSettings(t, "dev"), func(ctx *pulumi.Context) error {
		if err := Program(ctx); err != nil {
			return err
		}
		for name, output := range ctx.GetCurrentExportMap() {
			output.(pulumi.StringOutput).ApplyT(func(value string) string {
				outputs[name] = value
				return value
			})
		}
		return nil
	})
	require.NoError(t, err)
	assert.Equal(t, "acme-audio-dev-audio-123456789012-eu-west-1", outputs["audioBucket"])
	assert.Equal(t, "arn:aws:s3:::acme-audio-dev-audio-123456789012-eu-west-1", outputs["audioBucketArn"])
	assert.Equal(t, "acme-audio-dev-audio-123456789012-eu-west-1.s3.eu-west-1.amazonaws.com", outputs["audioBucketAddress"])
	assert.Contains(t, outputs["audioKeyArn"], "arn:aws:kms:eu-west-1:123456789012:key/")
	assert.Equal(t, "aws-waf-logs-acme-audio-dev-logs-123456789012-eu-west-1", outputs["logBucket"])
	assert.Equal(t, "arn:aws:s3:::aws-waf-logs-acme-audio-dev-logs-123456789012-eu-west-1", outputs["logBucketArn"])
	assert.True(t, json.Valid([]byte(outputs["audioServicePolicy"])), outputs["audioServicePolicy"])
	assert.Len(t, outputs, 7)
}
