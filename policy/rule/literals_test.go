package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"
)

func TestLiterals(t *testing.T) {
	properties, err := structpb.NewStruct(map[string]any{
		"a": "one", "b": []any{"two", map[string]any{"c": "three", "n": 4.0}}, "list": []any{[]any{"four"}},
	})
	require.NoError(t, err)
	var found []string
	NewResource(Raw{Type: "aws:x:X", Properties: properties}).Properties.Literals(func(text Value) {
		found = append(found, text.Path()+"="+text.Text())
	})
	assert.Equal(t, []string{"a=one", "b[0]=two", "b[1].c=three", "list[0][0]=four"}, found)
}

func TestLiteralsChecksAllBeforeItMeetsTheUnknown(t *testing.T) {
	unknown := ""
	for mark := range unknownMarks {
		unknown = mark
	}
	properties, err := structpb.NewStruct(map[string]any{"a": unknown, "b": "open"})
	require.NoError(t, err)
	r := Rule{ID: "x", Resource: func(r *Resource, f *Findings) {
		r.Properties.Literals(func(text Value) {
			if text.Text() == "open" {
				f.Fail(text, "open")
			}
		})
	}}
	resource := NewResource(Raw{Type: "aws:x:X", Properties: properties})
	assert.Equal(t, Fail, r.EvaluateResource(&Context{Profile: Prod}, nil, resource).Verdict)
	properties.Fields["b"] = structpb.NewStringValue("closed")
	assert.Equal(t, NotYetKnown, r.EvaluateResource(&Context{Profile: Prod}, nil, resource).Verdict)
}

func TestLiteralsStopsInTheDeep(t *testing.T) {
	value := structpb.NewStringValue("bottom")
	for range 10_000 {
		value = structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{value}})
	}
	r := NewResource(Raw{Type: "aws:x:X", Properties: &structpb.Struct{Fields: map[string]*structpb.Value{"a": value}}})
	r.Properties.Literals(func(text Value) { t.Error("reached", text) })
}
