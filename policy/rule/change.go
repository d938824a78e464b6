package rule

import (
	"fmt"
	"runtime/debug"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// Change is one property that a remediation has changed.
type Change struct {
	Path string
	// Before and After are shown as in messages: never a secret.
	Before, After string
}

// String is the change in words.
func (c Change) String() string { return fmt.Sprintf("%s: %s -> %s", c.Path, c.Before, c.After) }

// Changes is where a remediation writes. What it does not set stays as it is, secret and unknown values too.
type Changes struct {
	scope
	resource   *Resource
	properties *structpb.Struct // a copy
	made       []Change
}

// Set gives the property another value: a bool, number, string, or lists and maps of these. The path is one of
// [Value.Get]; objects on the way are made where there are none. A value that is not yet known is left alone, and what
// was secret stays secret.
func (c *Changes) Set(path string, value any) {
	before := root(c.resource.Properties.doc, c.properties).Get(path)
	if before.unknown || before.wrong != "" {
		return
	}
	after, err := structpb.NewValue(value)
	if err != nil {
		panic(fmt.Sprintf("%s cannot be set to a %T", path, value))
	}
	if before.pb != nil && proto.Equal(before.pb, after) {
		return
	}
	if !assign(structpb.NewStructValue(c.properties), path, path, after) {
		return
	}
	shown := newValue(nil, before.at, after, before.secret)
	c.made = append(c.made, Change{Path: before.Path(), Before: before.String(), After: shown.String()})
}

// assign writes a value at the path below the container. It reports false where something is not a container.
func assign(container *structpb.Value, path, rest string, value *structpb.Value) bool {
	container = inner(container)
	key, index, tail := nextStep(path, rest)
	switch kind := container.GetKind().(type) {
	case *structpb.Value_StructValue:
		if key == "" {
			// A single value stands for a list of one.
			return index == 0 && tail != "" && assign(container, path, tail, value)
		}
		fields := kind.StructValue.Fields
		if fields == nil {
			kind.StructValue.Fields = map[string]*structpb.Value{}
			fields = kind.StructValue.Fields
		}
		next := fields[key]
		if tail == "" {
			fields[key] = wrapped(next, value)
			return true
		}
		if isNull(next) {
			next = structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{}})
			fields[key] = next
		}
		return assign(next, path, tail, value)
	case *structpb.Value_ListValue:
		elements := kind.ListValue.GetValues()
		if key != "" {
			return len(elements) == 1 && assign(elements[0], path, rest, value)
		}
		if index >= len(elements) {
			return false
		}
		if tail == "" {
			elements[index] = wrapped(elements[index], value)
			return true
		}
		return assign(elements[index], path, tail, value)
	}
	return false
}

// inner is the value inside secret and output wrappers.
func inner(v *structpb.Value) *structpb.Value {
	for range maxWrappers {
		fields := v.GetStructValue().GetFields()
		sig := fields[sigKey].GetStringValue()
		if sig != sigSecret && sig != sigOutput || fields["value"] == nil {
			return v
		}
		v = fields["value"]
	}
	return v
}

// wrapped puts the new value into the wrappers of the old one.
func wrapped(old, value *structpb.Value) *structpb.Value {
	if fields := old.GetStructValue().GetFields(); fields != nil {
		if sig := fields[sigKey].GetStringValue(); sig == sigSecret || sig == sigOutput {
			fields["value"] = wrapped(fields["value"], value)
			return old
		}
	}
	return value
}

func isNull(v *structpb.Value) bool {
	switch v.GetKind().(type) {
	case nil, *structpb.Value_NullValue:
		return true
	}
	return false
}

// Remediation is what became of one resource.
type Remediation struct {
	// Properties are the new ones; nil when nothing changed.
	Properties *structpb.Struct
	Changes    []Change
	// Panic is the defect of a rule that broke down. Stack is where.
	Panic any
	Stack []byte
}

// ApplyFix runs the rule's remediation on a copy of the resource's properties.
func (r *Rule) ApplyFix(ctx *Context, params map[string]any, resource *Resource) (m Remediation) {
	c := &Changes{scope: scope{rule: r, ctx: ctx, params: params}, resource: resource, properties: &structpb.Struct{}}
	if given := resource.Properties.pb.GetStructValue(); given != nil {
		c.properties = proto.Clone(given).(*structpb.Struct)
	}
	defer func() {
		switch end := recover().(type) {
		case nil:
		case notYetKnown, wrongType:
			// What cannot be read cannot be fixed; the rule itself will say so.
		default:
			m = Remediation{Panic: end, Stack: debug.Stack()}
			return
		}
		if len(c.made) > 0 {
			m = Remediation{Properties: c.properties, Changes: c.made}
		}
	}()
	r.Remediate(resource, c)
	return m
}
