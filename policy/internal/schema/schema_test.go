package schema

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"
)

func TestSchemaIsThatOfTheSDK(t *testing.T) {
	mod, err := os.ReadFile("../../../go.mod")
	require.NoError(t, err)
	version := regexp.MustCompile(`pulumi-aws/sdk/v6 (v\S+)`).FindStringSubmatch(string(mod))
	require.NotNil(t, version)
	header, _, _ := strings.Cut(text, "\n")
	assert.Contains(t, header, "pulumi-aws "+version[1]+";", "schema.txt is older than go.mod: make policy-lists")
}

func TestCheck(t *testing.T) {
	const bucket, listener = "aws:s3/bucketV2:BucketV2", "aws:lb/listener:Listener"
	for name, test := range map[string]struct {
		token  string
		inputs map[string]any
		want   []string
	}{
		"right": {bucket, map[string]any{
			"bucket": "b", "forceDestroy": true, "tags": map[string]any{"a": "b"}, "versionings": []any{map[string]any{"enabled": true}},
		}, nil},
		"unknown property": {bucket, map[string]any{"buckett": "b"}, []string{`buckett: pulumi-aws has no such property; did you mean "bucket"?`}},
		"output":           {bucket, map[string]any{"arn": "a"}, []string{`arn: pulumi-aws has no such property; did you mean "acl"?`}},
		"text for a bool":  {bucket, map[string]any{"forceDestroy": "true"}, []string{"forceDestroy: expected bool, found a text"}},
		"map of texts":     {bucket, map[string]any{"tags": map[string]any{"a": 1}}, []string{"tags.a: expected string, found a number"}},
		"list":             {bucket, map[string]any{"versionings": map[string]any{"enabled": true}}, []string{"versionings: expected []s3.BucketV2Versioning, found an object"}},
		"nested": {bucket, map[string]any{"versionings": []any{map[string]any{"enabledd": true}}}, []string{
			`versionings[0].enabledd: pulumi-aws has no such property; did you mean "enabled"?`,
		}},
		"number":           {listener, map[string]any{"port": "443"}, []string{"port: expected int, found a text"}},
		"unknown and null": {listener, map[string]any{"port": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "sslPolicy": nil}, nil},
		"of another cloud": {"gcp:storage/bucket:Bucket", map[string]any{"anything": 1}, nil},
		"type that is not": {"aws:s3/bucketV9:BucketV9", nil, []string{"aws:s3/bucketV9:BucketV9 is not in policy/internal/schema/schema.txt: pulumi-aws has no such type, or the schema is older than the rule: go run ./policy/internal/schema/generate"}},
	} {
		t.Run(name, func(t *testing.T) {
			inputs, err := structpb.NewStruct(test.inputs)
			require.NoError(t, err)
			assert.Equal(t, test.want, Check(test.token, inputs))
		})
	}
	assert.Contains(t, Computed(bucket), "versionings")
	assert.NotContains(t, Computed(bucket), "forceDestroy", "it has a default")
	assert.Empty(t, Computed("gcp:storage/bucket:Bucket"))
}
