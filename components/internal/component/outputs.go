package component

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// None is the output of what there is not: the empty text.
func None() pulumi.StringOutput { return pulumi.String("").ToStringOutput() }

// Outputs are the fields of a component with a pulumi tag, by its name. A field that no step has set is an error of the
// component's own.
func Outputs(component pulumi.ComponentResource) (pulumi.Map, error) {
	outputs := pulumi.Map{}
	v := reflect.ValueOf(component).Elem()
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("pulumi"), ",")
		if name == "" {
			continue
		}
		input, ok := v.Field(i).Interface().(pulumi.Input)
		if !ok {
			return nil, fmt.Errorf("%s.%s is no output", v.Type(), v.Type().Field(i).Name)
		}
		if unset(v.Field(i)) {
			return nil, fmt.Errorf("%s.%s has no value: a step of the builder has to set it", v.Type(), v.Type().Field(i).Name)
		}
		outputs[name] = input
	}
	return outputs, nil
}

// unset says whether an output or a child is still the zero value.
func unset(field reflect.Value) bool {
	if field.Kind() == reflect.Pointer {
		return field.IsNil()
	}
	return field.IsZero()
}
