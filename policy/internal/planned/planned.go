// Package planned fills in what a preview does not know with what the program has said.
//
// In the preview of a resource that does not exist yet the provider answers "not known" for everything that AWS may
// decide: also for what the program has left out, such as the versioning of a bucket. Until AWS decides, what the program
// says is what counts: a value that it has set is that value, and one that it has left out is absent. What only AWS can
// say (ids, ARNs, names that nobody chose) stays not known.
package planned

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/policy/internal/schema"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// Resource is a resource of a preview, of which the properties are the planned outputs, with its inputs filled in.
func Resource(raw rule.Raw, inputs *structpb.Struct) rule.Raw {
	raw.Properties = Fill(raw.Type, inputs, raw.Properties)
	raw.Inputs = inputs
	return raw
}

// Fill returns the outputs of a resource of the type with its inputs in the place of what is not known. Neither is
// changed. The outputs are returned as they are when nothing is to be filled in.
func Fill(token string, inputs, outputs *structpb.Struct) *structpb.Struct {
	if inputs == nil || !schema.Has(token) {
		return outputs
	}
	fields, changed := object(token, inputs.GetFields(), outputs.GetFields(), true)
	if !changed {
		return outputs
	}
	return &structpb.Struct{Fields: fields}
}

// object fills in the fields of a resource or nested type. Top tells whether it is the resource itself.
func object(typ string, inputs, outputs map[string]*structpb.Value, top bool) (map[string]*structpb.Value, bool) {
	var filled map[string]*structpb.Value
	for key, out := range outputs {
		input := schema.Input(typ, key)
		if input == "" || top && rule.Identifies(key) && !given(inputs[key]) {
			continue // AWS decides
		}
		value, changed := merge(input, inputs[key], out)
		if !changed {
			continue
		}
		if filled == nil {
			filled = make(map[string]*structpb.Value, len(outputs))
			for key, out := range outputs {
				filled[key] = out
			}
		}
		if value == nil {
			delete(filled, key)
		} else {
			filled[key] = value
		}
	}
	if filled == nil {
		return outputs, false
	}
	return filled, true
}

// merge is what is known of a value; nil when the program has left out what AWS has not decided yet.
func merge(typ string, in, out *structpb.Value) (*structpb.Value, bool) {
	if rule.Unknown(out) {
		if !given(in) {
			return nil, true
		}
		if rule.Secret(out) && !rule.Secret(in) {
			in = rule.AsSecret(in)
		}
		return in, in != out
	}
	switch kind := out.GetKind().(type) {
	case *structpb.Value_ListValue:
		return mergeList(typ, in, out)
	case *structpb.Value_StructValue:
		if in.GetStructValue() == nil || rule.Marked(out) || rule.Marked(in) || !schema.Has(typ) {
			return out, false
		}
		fields, changed := object(typ, in.GetStructValue().GetFields(), kind.StructValue.GetFields(), false)
		if !changed {
			return out, false
		}
		return structpb.NewStructValue(&structpb.Struct{Fields: fields}), true
	}
	return out, false
}

// mergeList fills in the elements of a list that stand where the program has put them.
func mergeList(typ string, in, out *structpb.Value) (*structpb.Value, bool) {
	element, isList := strings.CutPrefix(typ, "[]")
	ins, outs := in.GetListValue().GetValues(), out.GetListValue().GetValues()
	if !isList || len(ins) != len(outs) {
		return out, false
	}
	var list []*structpb.Value
	for i := range outs {
		if !compatible(ins[i], outs[i]) {
			return out, false // a set that the provider keeps in another order
		}
		if value, changed := merge(element, ins[i], outs[i]); changed && value != nil {
			if list == nil {
				list = append(list, outs...)
			}
			list[i] = value
		}
	}
	if list == nil {
		return out, false
	}
	return structpb.NewListValue(&structpb.ListValue{Values: list}), true
}

// given tells whether there is a value that is not null.
func given(v *structpb.Value) bool {
	_, null := v.GetKind().(*structpb.Value_NullValue)
	return v != nil && !null
}

// compatible tells whether two values may be the same one, as far as both are known.
func compatible(in, out *structpb.Value) bool {
	if rule.Unknown(in) || rule.Unknown(out) || rule.Marked(in) || rule.Marked(out) {
		return true
	}
	ins, outs := in.GetStructValue().GetFields(), out.GetStructValue().GetFields()
	if ins == nil || outs == nil {
		return true
	}
	for key, v := range ins {
		other, ok := outs[key]
		if !ok || rule.Unknown(v) || rule.Unknown(other) {
			continue
		}
		if scalar(v) && scalar(other) && v.AsInterface() != other.AsInterface() {
			return false
		}
	}
	return true
}

func scalar(v *structpb.Value) bool { return v.GetStructValue() == nil && v.GetListValue() == nil }
