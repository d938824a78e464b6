package rule

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// How the engine marks what JSON cannot say. The values are part of Pulumi's wire format and never change;
// sdk/go/common/resource/plugin/rpc.go and resource/sig define them, and a test holds these against those.
const (
	sigKey       = "4dabf18193072939515e22adb298388d"
	sigSecret    = "1b47061264138c4ac30d75fd1eb44270"
	sigOutput    = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
	sigReference = "5cf8f73096256a8f31e491e813e4eb8e"
	sigBytes     = "803fd3297a5875dc03ca845dda5d2a98"
	sigAsset     = "c44067f5952c0a294b673a41bacd8c17"
	sigArchive   = "0def7320c3a5731c473e5ecbe6d01bc7"
)

var unknownMarks = map[string]bool{
	"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7": true, // bool
	"3eeb2bf0-c639-47a8-9e75-3b44932eb421": true, // number
	"04da6b54-80e4-46f7-96ec-b56ff0331ba9": true, // string
	"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2": true, // array
	"030794c1-ac77-496b-92df-f27374a8bd58": true, // asset
	"e48ece36-62e2-4504-bad9-02848725956a": true, // archive
	"dd056dcd-154b-4c76-9bd3-c8f88648b5ff": true, // object
}

// maxWrappers bounds how often a value may be wrapped (a secret output of a secret); deeper ones count as unknown.
const maxWrappers = 16

// Value is a property, or a part of one, wherever it may be: a scalar, a list, an object, or nothing at all. It stays
// in the form in which it arrived until somebody reads it.
//
// Reading (Bool, Text, Int, List ...) takes what the provider would take: "true" for true, "90" for 90, one value for a
// list of one. Reading what is absent gives the zero value; reading what is not yet known, or of another type, ends the
// rule with the verdict that says so.
type Value struct {
	doc *document
	pb  *structpb.Value // without wrappers; nil when absent
	at  *step
	// wrong, if not empty, is what stood on the way here should have been: "an object".
	wrong   string
	secret  bool
	unknown bool
	opaque  bool // an asset, archive or resource reference
}

// step is the last part of a path: a key, or an index when key is empty and index is not negative.
type step struct {
	up    *step
	key   string
	index int
}

// Unknown tells whether a raw value is one that is not known yet.
func Unknown(pb *structpb.Value) bool { return newValue(nil, nil, pb, false).unknown }

// Secret tells whether a raw value is marked as secret.
func Secret(pb *structpb.Value) bool { return newValue(nil, nil, pb, false).secret }

// Marked tells whether a raw value is one of those that JSON cannot say: a secret, an output, an asset.
func Marked(pb *structpb.Value) bool { return pb.GetStructValue().GetFields()[sigKey] != nil }

// AsSecret marks a raw value as secret.
func AsSecret(pb *structpb.Value) *structpb.Value {
	return structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{
		sigKey: structpb.NewStringValue(sigSecret), "value": pb,
	}})
}

// newValue removes the wrappers from a raw value.
func newValue(doc *document, at *step, pb *structpb.Value, secret bool) Value {
	v := Value{doc: doc, at: at, secret: secret}
	for range maxWrappers {
		switch kind := pb.GetKind().(type) {
		case nil, *structpb.Value_NullValue:
			return v
		case *structpb.Value_StringValue:
			if len(kind.StringValue) == 36 && unknownMarks[kind.StringValue] {
				v.unknown = true
				return v
			}
		case *structpb.Value_StructValue:
			fields := kind.StructValue.GetFields()
			switch sig := fields[sigKey].GetStringValue(); sig {
			case "":
			case sigSecret:
				v.secret = true
				pb = fields["value"]
				continue
			case sigOutput:
				v.secret = v.secret || fields["secret"].GetBoolValue()
				inner, ok := fields["value"]
				if !ok {
					v.unknown = true
					return v
				}
				pb = inner
				continue
			case sigBytes:
				if raw, err := base64.StdEncoding.DecodeString(fields["value"].GetStringValue()); err == nil {
					pb = structpb.NewStringValue(string(raw))
				}
			case sigReference:
				v.opaque = true
				// A component has no id; one that is there and empty is not known yet.
				if id, ok := fields["id"]; ok && (id.GetStringValue() == "" || unknownMarks[id.GetStringValue()]) {
					v.unknown = true
					return v
				}
			case sigAsset, sigArchive:
				v.opaque = true
			}
		}
		v.pb = pb
		return v
	}
	v.unknown = true
	return v
}

// Get follows a path: publicAccessBlock.blockPublicAcls, rules[0].id, tags["cost centre"].
// What is not there is an absent value; an index into a single value takes it for a list of one.
func (v Value) Get(path string) Value {
	for rest := path; rest != ""; {
		var key string
		var index int
		key, index, rest = nextStep(path, rest)
		if key != "" {
			v = v.field(key)
		} else {
			v = v.element(index)
		}
	}
	return v
}

// All follows a path in which [*] stands for every element: rules[*].destination.bucket.
func (v Value) All(path string) []Value {
	head, tail, star := strings.Cut(path, "[*]")
	v = v.Get(head)
	if !star {
		return []Value{v}
	}
	var all []Value
	for _, element := range v.List() {
		all = append(all, element.All(strings.TrimPrefix(tail, "."))...)
	}
	return all
}

// At follows keys (string) and indices (int).
func (v Value) At(path ...any) Value {
	for _, part := range path {
		switch part := part.(type) {
		case string:
			v = v.field(part)
		case int:
			v = v.element(part)
		default:
			panic(fmt.Sprintf("a path is made of strings and ints, not %T", part))
		}
	}
	return v
}

// nextStep takes the first step off the rest of a path.
func nextStep(path, rest string) (key string, index int, tail string) {
	if rest[0] != '[' {
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			return rest, 0, ""
		}
		if end == 0 {
			panic(fmt.Sprintf("malformed path %q", path))
		}
		return rest[:end], 0, strings.TrimPrefix(rest[end:], ".")
	}
	if strings.HasPrefix(rest, `["`) {
		if key, tail, ok := strings.Cut(rest[2:], `"]`); ok && key != "" {
			return key, 0, strings.TrimPrefix(tail, ".")
		}
		panic(fmt.Sprintf("malformed path %q", path))
	}
	number, tail, ok := strings.Cut(rest[1:], "]")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n < 0 {
		panic(fmt.Sprintf("malformed path %q", path))
	}
	return "", n, strings.TrimPrefix(tail, ".")
}

// through tells whether there is nothing to look into, and if so what looking into it gives.
func (v Value) through() (Value, bool) {
	return v, v.unknown || v.wrong != ""
}

func (v Value) field(key string) Value {
	if v, stop := v.through(); stop {
		return v
	}
	at := &step{up: v.at, key: key}
	if v.pb == nil {
		return Value{doc: v.doc, at: at, secret: v.secret}
	}
	if v.opaque {
		return v.mistaken("an object")
	}
	switch kind := v.pb.GetKind().(type) {
	case *structpb.Value_StructValue:
		return newValue(v.doc, at, kind.StructValue.GetFields()[key], v.secret)
	case *structpb.Value_ListValue:
		// The provider flattens lists of at most one; some programs write the list all the same.
		switch elements := kind.ListValue.GetValues(); len(elements) {
		case 0:
			return Value{doc: v.doc, at: at, secret: v.secret}
		case 1:
			return v.element(0).field(key)
		}
	}
	return v.mistaken("an object")
}

func (v Value) element(i int) Value {
	if v, stop := v.through(); stop {
		return v
	}
	if list, ok := v.pb.GetKind().(*structpb.Value_ListValue); ok {
		at := &step{up: v.at, index: i}
		if i >= len(list.ListValue.GetValues()) {
			return Value{doc: v.doc, at: at, secret: v.secret}
		}
		return newValue(v.doc, at, list.ListValue.GetValues()[i], v.secret)
	}
	if i == 0 {
		return v
	}
	return Value{doc: v.doc, at: &step{up: v.at, index: i}, secret: v.secret}
}

// mistaken is the value as something that is not what it should be.
func (v Value) mistaken(expected string) Value {
	v.wrong = expected
	return v
}

// Path is where the value stands in its resource: rules[0].id.
func (v Value) Path() string {
	var b strings.Builder
	v.at.write(&b)
	return b.String()
}

func (s *step) write(b *strings.Builder) {
	if s == nil {
		return
	}
	s.up.write(b)
	switch {
	case s.key == "":
		b.WriteString("[" + strconv.Itoa(s.index) + "]")
	case strings.ContainsAny(s.key, `.[]" `):
		b.WriteString("[" + strconv.Quote(s.key) + "]")
	default:
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.key)
	}
}

// Resource is the resource that the value belongs to.
func (v Value) Resource() *Resource {
	if v.doc == nil {
		return nil
	}
	return v.doc.resource
}

// Known tells whether the value itself is known; parts of it may still be unknown. Absent values are known.
func (v Value) Known() bool { return !v.unknown }

// Given tells whether there is a value, known or not. Of one that is not known yet it is certain where the program has
// set it: what depends on a resource of the stack is there once that is. Elsewhere the rule ends as not yet known.
func (v Value) Given() bool {
	if !v.unknown {
		return !v.Empty()
	}
	if !v.set() {
		if yes, ok := v.maybe(); ok {
			return yes
		}
		panic(notYetKnown{v})
	}
	return true
}

// set tells whether the program has set a value of which the preview does not know what it is.
func (v Value) set() bool {
	if v.doc == nil || v.doc.resource == nil || v.at == nil {
		return false
	}
	top := v.at
	for top.up != nil {
		top = top.up
	}
	input := v.doc.resource.inputs.GetFields()[top.key]
	_, null := input.GetKind().(*structpb.Value_NullValue)
	return input != nil && !null
}

// Secret tells whether the program marked the value, or something around it, as secret.
func (v Value) Secret() bool { return v.secret }
