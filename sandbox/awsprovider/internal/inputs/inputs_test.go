package inputs

import (
	"reflect"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func properties(values map[string]any) resource.PropertyMap {
	return resource.NewPropertyMapFromMap(values)
}

func TestMergeTags(t *testing.T) {
	defaults := map[string]any{"tags": map[string]any{"project": "bulwark", "tier": "silver"}}
	for _, test := range []struct {
		name           string
		inputs, config map[string]any
		want           map[string]any
	}{
		{"no tags at all", map[string]any{}, map[string]any{}, map[string]any{}},
		{"own tags", map[string]any{"tags": map[string]any{"a": "b"}}, map[string]any{}, map[string]any{"a": "b"}},
		{"default tags", map[string]any{}, map[string]any{"defaultTags": defaults}, map[string]any{"project": "bulwark", "tier": "silver"}},
		{
			"own tags win",
			map[string]any{"tags": map[string]any{"tier": "gold"}},
			map[string]any{"defaultTags": defaults},
			map[string]any{"project": "bulwark", "tier": "gold"},
		},
		{
			"ignored tags",
			map[string]any{"tags": map[string]any{"tier": "gold", "sys:a": "1"}},
			map[string]any{"defaultTags": defaults, "ignoreTags": map[string]any{"keys": []any{"tier"}, "keyPrefixes": []any{"sys:"}}},
			map[string]any{"project": "bulwark"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := properties(test.inputs)
			merged, err := MergeTags(t.Context(), before, properties(test.config))
			if err != nil {
				t.Fatal(err)
			}
			if got := merged["tagsAll"].ObjectValue().Mappable(); !reflect.DeepEqual(got, test.want) {
				t.Errorf("tagsAll: %v, want %v", got, test.want)
			}
			if _, changed := before["tagsAll"]; changed {
				t.Error("the program's own inputs were changed")
			}
		})
	}
}

func TestMergeTagsUnknown(t *testing.T) {
	inputs := resource.PropertyMap{"tags": resource.NewObjectProperty(resource.PropertyMap{
		"a": resource.MakeComputed(resource.NewStringProperty("")),
	})}
	merged, err := MergeTags(t.Context(), inputs, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !merged["tagsAll"].ContainsUnknowns() {
		t.Errorf("tagsAll: %v, want an unknown", merged["tagsAll"])
	}
}

func TestMergeTagsSecret(t *testing.T) {
	inputs := resource.PropertyMap{"tags": resource.MakeSecret(resource.NewObjectProperty(resource.PropertyMap{
		"a": resource.NewStringProperty("b"),
	}))}
	merged, err := MergeTags(t.Context(), inputs, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := merged["tagsAll"].ObjectValue()["a"]; !got.IsString() || got.StringValue() != "b" {
		t.Errorf("tagsAll: %v", merged["tagsAll"])
	}
}

func TestDropEmpty(t *testing.T) {
	numbers := &Numbers{Nested: map[resource.PropertyKey]*Numbers{
		"rules": {Nested: map[resource.PropertyKey]*Numbers{
			"filter": {Here: map[resource.PropertyKey]bool{"size": true, "most": true}},
		}},
	}}
	outputs := properties(map[string]any{
		"size":  "",
		"rules": []any{map[string]any{"id": "", "filter": map[string]any{"size": "", "most": 5.0, "prefix": ""}}},
	})
	got, err := numbers.DropEmpty(t.Context(), outputs)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"size":  "",
		"rules": []any{map[string]any{"id": "", "filter": map[string]any{"most": 5.0, "prefix": ""}}},
	}
	if !reflect.DeepEqual(got.Mappable(), want) {
		t.Errorf("got %v, want %v", got.Mappable(), want)
	}
}
