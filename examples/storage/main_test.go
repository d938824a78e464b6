package main

import (
	"encoding/json"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// account answers for the engine and AWS, as Pulumi's guide to unit tests shows: no helper of Bulwark is needed.
type account struct {
	mu    sync.Mutex
	found map[string][]resource.PropertyMap
}

func (a *account) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.found[args.TypeToken] = append(a.found[args.TypeToken], args.Inputs)
	outputs := args.Inputs.Copy()
	outputs["arn"] = resource.NewProperty("arn:aws:test:::" + args.Name)
	return args.Name, outputs, nil
}

func (a *account) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	return resource.NewPropertyMapFromMap(map[string]any{
		"accountId": "123456789012", "name": "eu-west-1", "partition": "aws", "dnsSuffix": "amazonaws.com",
	}), nil
}

func TestRecordings(t *testing.T) {
	aws := &account{found: map[string][]resource.PropertyMap{}}
	err := pulumi.RunErr(recordings, pulumi.WithMocks("recordings", "prod", aws), func(info *pulumi.RunInfo) {
		info.Config = map[string]string{"recordings:owner": "platform@acme.example", "recordings:uploaderRole": "uploader"}
	})
	require.NoError(t, err)
	assert.Len(t, aws.found["aws:s3/bucketV2:BucketV2"], 2)

	policies := aws.found["aws:iam/rolePolicy:RolePolicy"]
	require.Len(t, policies, 1)
	assert.Equal(t, "uploader", policies[0]["role"].StringValue())
	var policy struct {
		Statement []struct{ Sid, Resource string }
	}
	require.NoError(t, json.Unmarshal([]byte(policies[0]["policy"].StringValue()), &policy))
	assert.Equal(t, "WriteObjects", policy.Statement[0].Sid)
	assert.Equal(t, "arn:aws:test:::audio/uploads/*", policy.Statement[0].Resource)
}
