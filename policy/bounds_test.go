package main

import (
	"fmt"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/policy/internal/example"
)

// resourceOf is a resource in both of the engine's forms.
func resourceOf(t *testing.T, typ, name string, properties map[string]any) (*pulumirpc.AnalyzeRequest, *pulumirpc.AnalyzerResource) {
	t.Helper()
	pb, err := structpb.NewStruct(properties)
	require.NoError(t, err)
	urn := "urn:pulumi:prod::acme::" + typ + "::" + name
	return &pulumirpc.AnalyzeRequest{Type: typ, Name: name, Urn: urn, Properties: pb},
		&pulumirpc.AnalyzerResource{Type: typ, Name: name, Urn: urn, Properties: pb}
}

// A stack in which every bucket has a name that is not known yet, and every satellite the name of some bucket: each may
// turn out to be of each. What was quadratic took 7.6 GB here.
func TestThousandsOfUnknownNames(t *testing.T) {
	const n = 16_000
	e := start(t)
	e.configure(t, nil)
	stack := &pulumirpc.AnalyzeStackRequest{}
	for i := range n {
		for typ, properties := range map[string]map[string]any{
			"aws:s3/bucketV2:BucketV2":                     {"bucket": example.Unknown, "id": example.Unknown, "arn": example.Unknown},
			"aws:s3/bucketVersioningV2:BucketVersioningV2": {"bucket": fmt.Sprintf("audio-%d", i), "versioningConfiguration": map[string]any{"status": "Enabled"}},
		} {
			_, output := resourceOf(t, typ, fmt.Sprintf("r%d", i), properties)
			stack.Resources = append(stack.Resources, output)
		}
	}
	_, err := e.AnalyzeStack(t.Context(), stack)
	require.NoError(t, err)
	used := memory(t, e.process.Process.Pid)
	t.Logf("%d buckets with unknown names: %d MB", n, used)
	assert.Less(t, used, 1500)
}

// A name may be as long as a program likes; the message about it is not.
func TestMessagesAreBounded(t *testing.T) {
	e := start(t)
	e.configure(t, nil)
	name := strings.Repeat("long-", 200_000)
	var longest int
	for _, typ := range []string{"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "aws:rds/instance:Instance", "aws:ec2/securityGroup:SecurityGroup"} {
		tags := map[string]any{}
		for i := range 200 {
			tags[fmt.Sprintf("%s%d", name[:4000], i)] = name[:4000]
		}
		input, output := resourceOf(t, typ, name, map[string]any{"bucket": name, "blockPublicAcls": name, "engine": name, "tags": tags, "description": name})
		one, err := e.Analyze(t.Context(), input)
		require.NoError(t, err)
		all, err := e.AnalyzeStack(t.Context(), &pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{output}})
		require.NoError(t, err)
		for _, r := range []*pulumirpc.AnalyzeResponse{one, all} {
			for _, d := range r.GetDiagnostics() {
				longest = max(longest, len(d.GetMessage()))
			}
			for _, n := range r.GetNotApplicable() {
				longest = max(longest, len(n.GetReason()))
			}
		}
	}
	assert.Positive(t, longest)
	assert.LessOrEqual(t, longest, 8<<10)
}
