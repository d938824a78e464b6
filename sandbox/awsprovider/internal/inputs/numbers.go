package inputs

import (
	"context"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Numbers marks, by Pulumi name, the properties that are numbers or truth values in Pulumi and text in Terraform, and
// the objects in which there are some.
type Numbers struct {
	Here   map[resource.PropertyKey]bool
	Nested map[resource.PropertyKey]*Numbers
}

// DropEmpty takes out the empty text that stands for "not set" in Terraform: a program would refuse it as a number.
func (n *Numbers) DropEmpty(_ context.Context, outputs resource.PropertyMap) (resource.PropertyMap, error) {
	return n.object(outputs), nil
}

func (n *Numbers) object(properties resource.PropertyMap) resource.PropertyMap {
	result := resource.PropertyMap{}
	for key, value := range properties {
		if n.Here[key] && value.IsString() && value.StringValue() == "" {
			continue
		}
		if inner := n.Nested[key]; inner != nil {
			value = inner.value(value)
		}
		result[key] = value
	}
	return result
}

func (n *Numbers) value(value resource.PropertyValue) resource.PropertyValue {
	switch {
	case value.IsSecret():
		return resource.MakeSecret(n.value(value.SecretValue().Element))
	case value.IsArray():
		list := make([]resource.PropertyValue, 0, len(value.ArrayValue()))
		for _, element := range value.ArrayValue() {
			list = append(list, n.value(element))
		}
		return resource.NewArrayProperty(list)
	case value.IsObject():
		return resource.NewObjectProperty(n.object(value.ObjectValue()))
	}
	return value
}
