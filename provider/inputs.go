package provider

import (
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// checkInputs reports every input that cannot become a field of a struct of arguments: properties that it does not
// have, values of another type, and values that are known too late or are secret where the field is plain.
func checkInputs(args reflect.Type, inputs property.Map) validate.Problems {
	var c checker
	c.object("", args, inputs)
	return c.problems
}

type checker struct{ problems validate.Problems }

// object checks the properties of a struct, in alphabetical order.
func (c *checker) object(path validate.Path, t reflect.Type, object property.Map) {
	p := propertiesOf(t)
	for name, value := range object.AllStable {
		at := path.Field(name)
		if field, ok := p.fields[name]; ok {
			c.value(at, field, value, false)
			continue
		}
		c.problems.Add(validate.Problem{
			Path: at, Value: "unknown property",
			Expected: "a property of " + strings.TrimSuffix(t.Name(), "Args"), Fix: p.instead(name), Rule: "unknown-property",
		})
	}
}

// value checks one value against the Go type that it shall become. late says that it may be known late.
func (c *checker) value(path validate.Path, t reflect.Type, v property.Value, late bool) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Implements(inputType) {
		t, late = elementOf(t), true
	}
	if what := lateness(v); what != "" && !late {
		c.problems.Add(validate.Problem{
			Path: path, Value: what, Rule: "plain-value",
			Expected: "a plain value, because it decides what is built",
			Fix:      "write it out, or take it from config that is not secret",
		})
		return
	}
	if v.IsNull() || v.IsComputed() {
		return
	}
	wrong := func(expected string) {
		c.problems.Add(validate.Problem{Path: path, Value: typeOf(v), Expected: expected, Rule: "type"})
	}
	switch t.Kind() {
	case reflect.String:
		if !v.IsString() {
			wrong("a string")
		}
	case reflect.Bool:
		if !v.IsBool() {
			wrong("true or false")
		}
	case reflect.Int:
		if !v.IsNumber() || v.AsNumber() != math.Trunc(v.AsNumber()) {
			wrong("a whole number")
		}
	case reflect.Slice:
		if !v.IsArray() {
			wrong("a list")
			return
		}
		for i, e := range v.AsArray().All {
			c.value(path.Index(i), t.Elem(), e, late)
		}
	case reflect.Map:
		if !v.IsMap() {
			wrong("a map")
			return
		}
		for key, e := range v.AsMap().AllStable {
			c.value(path.Key(key), t.Elem(), e, late)
		}
	case reflect.Struct:
		if !v.IsMap() {
			wrong("an object with properties of " + t.Name())
			return
		}
		c.object(path, t, v.AsMap())
	}
}

var inputType = reflect.TypeFor[pulumi.Input]()

// elementOf is the plain type behind an input type: []string for pulumi.StringArrayInput.
func elementOf(t reflect.Type) reflect.Type {
	method, ok := t.MethodByName("To" + strings.TrimSuffix(t.Name(), "Input") + "Output")
	if !ok {
		return reflect.TypeFor[any]()
	}
	return reflect.Zero(method.Type.Out(0)).Interface().(pulumi.Output).ElementType()
}

// lateness says why a value is not plain; empty if it is.
func lateness(v property.Value) string {
	switch {
	case v.Secret():
		return "a secret"
	case v.IsComputed(), len(v.Dependencies()) > 0:
		return "an output of a resource"
	}
	return ""
}

func typeOf(v property.Value) string {
	switch {
	case v.IsString():
		return "a string"
	case v.IsBool():
		return "a boolean"
	case v.IsNumber():
		return "a number"
	case v.IsArray():
		return "a list"
	case v.IsMap():
		return "an object"
	case v.IsResourceReference():
		return "a resource"
	default:
		return "an asset"
	}
}

// properties are the fields of a struct that other languages see.
type properties struct {
	fields map[string]reflect.Type
	names  []string
	// siblings say what there is instead of a field of Go alone, by the name that it would have.
	siblings map[string]string
}

func propertiesOf(t reflect.Type) properties {
	p := properties{fields: map[string]reflect.Type{}, siblings: map[string]string{}}
	for i := range t.NumField() {
		f := t.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("pulumi"), ","); name != "" {
			p.fields[name] = f.Type
			p.names = append(p.names, name)
		}
		if sibling := f.Tag.Get("sibling"); sibling != "" {
			p.siblings[strings.ToLower(f.Name[:1])+f.Name[1:]] = sibling
		}
	}
	slices.Sort(p.names)
	return p
}

// instead says what was probably meant by a name.
func (p properties) instead(name string) string {
	if sibling, ok := p.siblings[name]; ok {
		return "use " + sibling
	}
	if nearest, ok := validate.Nearest(name, p.names); ok {
		return "did you mean " + nearest + "?"
	}
	return "remove it; there are: " + strings.Join(p.names, ", ")
}
