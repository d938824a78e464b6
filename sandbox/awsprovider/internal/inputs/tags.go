// Package inputs holds what the provider does to the values that pass through it, apart from the bridge.
package inputs

import (
	"context"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// MergeTags fills tagsAll in before the engine shows the inputs to policies and compares them: the resource's own tags
// over the provider's default tags, without those that the provider is to ignore. The official provider does the same.
func MergeTags(_ context.Context, inputs, config resource.PropertyMap) (resource.PropertyMap, error) {
	merged := inputs.Copy()
	tags, defaults, ignored := inputs["tags"], config["defaultTags"], config["ignoreTags"]
	if tags.ContainsUnknowns() || defaults.ContainsUnknowns() || ignored.ContainsUnknowns() {
		merged["tagsAll"] = resource.NewOutputProperty(resource.Output{})
		return merged, nil
	}
	all := resource.PropertyMap{}
	if defaults := plain(defaults); defaults.IsObject() {
		addTags(all, defaults.ObjectValue()["tags"])
	}
	addTags(all, tags)
	if ignored := plain(ignored); ignored.IsObject() {
		dropTags(all, ignored.ObjectValue())
	}
	merged["tagsAll"] = resource.NewObjectProperty(all)
	return merged, nil
}

func addTags(all resource.PropertyMap, tags resource.PropertyValue) {
	if tags := plain(tags); tags.IsObject() {
		for key, value := range tags.ObjectValue() {
			all[key] = value
		}
	}
}

func dropTags(all, ignored resource.PropertyMap) {
	for _, key := range texts(ignored["keys"]) {
		delete(all, resource.PropertyKey(key))
	}
	for _, prefix := range texts(ignored["keyPrefixes"]) {
		for key := range all {
			if strings.HasPrefix(string(key), prefix) {
				delete(all, key)
			}
		}
	}
}

func texts(list resource.PropertyValue) []string {
	var found []string
	if list := plain(list); list.IsArray() {
		for _, value := range list.ArrayValue() {
			if value := plain(value); value.IsString() {
				found = append(found, value.StringValue())
			}
		}
	}
	return found
}

// plain is a value without the mark that it is secret.
func plain(value resource.PropertyValue) resource.PropertyValue {
	for value.IsSecret() {
		value = value.SecretValue().Element
	}
	return value
}
