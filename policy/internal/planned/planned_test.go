package planned_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/policy/internal/example"
	"github.com/bulwark-iac/bulwark/policy/internal/planned"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

const bucket = "aws:s3/bucket:Bucket"

func properties(t *testing.T, fields map[string]any) *structpb.Struct {
	t.Helper()
	s, err := structpb.NewStruct(fields)
	require.NoError(t, err)
	return s
}

func TestFill(t *testing.T) {
	const unknown = example.Unknown
	for name, tt := range map[string]struct{ inputs, outputs, want map[string]any }{
		"left out":              {map[string]any{}, map[string]any{"policy": unknown}, map[string]any{}},
		"null":                  {map[string]any{"policy": nil}, map[string]any{"policy": unknown}, map[string]any{}},
		"set":                   {map[string]any{"policy": "{}"}, map[string]any{"policy": unknown}, map[string]any{"policy": "{}"}},
		"set to the unknown":    {map[string]any{"policy": unknown}, map[string]any{"policy": unknown}, map[string]any{"policy": unknown}},
		"only AWS can say":      {map[string]any{}, map[string]any{"arn": unknown, "id": unknown}, map[string]any{"arn": unknown, "id": unknown}},
		"a name nobody chose":   {map[string]any{}, map[string]any{"bucket": unknown}, map[string]any{"bucket": unknown}},
		"a name of the program": {map[string]any{"bucket": "audio"}, map[string]any{"bucket": unknown}, map[string]any{"bucket": "audio"}},
		"AWS has answered":      {map[string]any{}, map[string]any{"policy": "{}"}, map[string]any{"policy": "{}"}},
		"inside": {
			map[string]any{"versioning": map[string]any{"enabled": true}},
			map[string]any{"versioning": map[string]any{"enabled": true, "mfaDelete": unknown}},
			map[string]any{"versioning": map[string]any{"enabled": true}},
		},
		"in a list": {
			map[string]any{"lifecycleRules": []any{map[string]any{"enabled": true}}},
			map[string]any{"lifecycleRules": []any{map[string]any{"enabled": true, "id": unknown}}},
			map[string]any{"lifecycleRules": []any{map[string]any{"enabled": true}}},
		},
		"in a set of another order": {
			map[string]any{"lifecycleRules": []any{map[string]any{"enabled": true, "prefix": "a"}, map[string]any{"enabled": true, "prefix": "b", "id": "b"}}},
			map[string]any{"lifecycleRules": []any{map[string]any{"enabled": true, "prefix": "b", "id": "b"}, map[string]any{"enabled": true, "prefix": "a", "id": unknown}}},
			map[string]any{"lifecycleRules": []any{map[string]any{"enabled": true, "prefix": "b", "id": "b"}, map[string]any{"enabled": true, "prefix": "a", "id": unknown}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			outputs := properties(t, tt.outputs)
			got := planned.Fill(bucket, properties(t, tt.inputs), outputs)
			assert.Equal(t, tt.want, got.AsMap())
			assert.Equal(t, tt.outputs, outputs.AsMap(), "the engine's own are not changed")
		})
	}
}

// What an output marks as secret stays one when the program's value takes its place.
func TestFillKeepsSecrets(t *testing.T) {
	outputs := &structpb.Struct{Fields: map[string]*structpb.Value{"policy": rule.AsSecret(structpb.NewStringValue(example.Unknown))}}
	got := planned.Fill(bucket, properties(t, map[string]any{"policy": "{}"}), outputs)
	r := rule.NewResource(rule.Raw{Properties: got})
	assert.True(t, r.Get("policy").Secret())
	assert.Equal(t, "{}", r.Get("policy").Text())
}

func TestTypesThatAreNotKnownStayAsTheyAre(t *testing.T) {
	outputs := properties(t, map[string]any{"x": example.Unknown})
	assert.Same(t, outputs, planned.Fill("gcp:storage/bucket:Bucket", properties(t, nil), outputs))
	assert.Same(t, outputs, planned.Fill(bucket, nil, outputs))
}
