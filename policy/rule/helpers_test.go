package rule_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/policy/internal/example"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

const unknown = example.Unknown

// resource is one with these properties, in JSON with the marks below.
func resource(t *testing.T, text string) *rule.Resource {
	t.Helper()
	return rule.NewResource(rule.Raw{
		Type: "aws:test/thing:Thing", Name: "thing", URN: "urn:pulumi:dev::acme::aws:test/thing:Thing::thing",
		Properties: properties(t, text),
	})
}

func properties(t *testing.T, text string) *structpb.Struct {
	t.Helper()
	var raw map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &raw))
	pb, err := structpb.NewStruct(mark(raw).(map[string]any))
	require.NoError(t, err)
	return pb
}

// mark turns {"$secret": x} and "$unknown" into what the engine writes.
func mark(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if s, ok := v["$secret"]; ok {
			return map[string]any{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": mark(s)}
		}
		out := map[string]any{}
		for key, value := range v {
			out[key] = mark(value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, value := range v {
			out[i] = mark(value)
		}
		return out
	case string:
		if v == "$unknown" {
			return unknown
		}
	}
	return v
}

// check runs a resource rule that is only this function.
func check(t *testing.T, properties string, f func(*rule.Resource, *rule.Findings)) rule.Outcome {
	t.Helper()
	r := &rule.Rule{ID: "test", Resource: f}
	return r.EvaluateResource(&rule.Context{Profile: rule.Prod}, nil, resource(t, properties))
}

// said are the findings as text.
func said(o rule.Outcome) []string {
	var out []string
	for _, f := range o.Findings {
		out = append(out, f.String())
	}
	return out
}
