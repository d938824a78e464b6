package rule

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// notYetKnown ends a rule: the value decides, and is not known.
type notYetKnown struct{ at Value }

// wrongType ends a rule: the value is not what is expected.
type wrongType struct {
	at       Value
	expected string
}

// readable ends the rule unless the value is known, and on the way to it nothing was of the wrong type.
func (v Value) readable() {
	if v.unknown {
		panic(notYetKnown{v})
	}
	if v.wrong != "" {
		panic(wrongType{v, v.wrong})
	}
}

// expected ends the rule: the value should have been something else.
func (v Value) expected(what string) { panic(wrongType{v, what}) }

// Exists tells whether there is a value, and not null. It may be empty.
func (v Value) Exists() bool {
	if yes, ok := v.maybe(); ok {
		return yes
	}
	return v.present()
}

// present is Exists for a value that has to be known.
func (v Value) present() bool {
	v.readable()
	return v.pb != nil
}

// Empty tells whether there is no value, or it is the empty text, list or object.
func (v Value) Empty() bool {
	if yes, ok := v.maybe(); ok {
		return yes
	}
	if !v.present() {
		return true
	}
	switch kind := v.pb.GetKind().(type) {
	case *structpb.Value_StringValue:
		return kind.StringValue == ""
	case *structpb.Value_ListValue:
		return len(kind.ListValue.GetValues()) == 0
	case *structpb.Value_StructValue:
		return len(kind.StructValue.GetFields()) == 0
	}
	return false
}

// Bool is the value as a bool; false when it is absent.
func (v Value) Bool() bool { return v.BoolOr(false) }

// BoolOr is the value as a bool, or what AWS takes when it is absent.
func (v Value) BoolOr(absent bool) bool {
	if yes, ok := v.maybe(); ok {
		return yes
	}
	if !v.present() {
		return absent
	}
	switch kind := v.pb.GetKind().(type) {
	case *structpb.Value_BoolValue:
		return kind.BoolValue
	case *structpb.Value_StringValue:
		switch kind.StringValue {
		case "true":
			return true
		case "false":
			return false
		}
	}
	v.expected("true or false")
	return false
}

// Text is the value as text; empty when it is absent. Numbers and bools are written out.
func (v Value) Text() string { return v.TextOr("") }

// TextOr is the value as text, or what AWS takes when it is absent.
func (v Value) TextOr(absent string) string {
	if !v.present() {
		return absent
	}
	if text, ok := v.scalar(); ok {
		return text
	}
	v.expected("a text")
	return ""
}

// scalar writes the value out when it is not composed.
func (v Value) scalar() (string, bool) {
	switch kind := v.pb.GetKind().(type) {
	case *structpb.Value_StringValue:
		return kind.StringValue, true
	case *structpb.Value_NumberValue:
		return strconv.FormatFloat(kind.NumberValue, 'f', -1, 64), true
	case *structpb.Value_BoolValue:
		return strconv.FormatBool(kind.BoolValue), true
	case *structpb.Value_StructValue:
		// A reference to a resource reads as its id.
		if fields := kind.StructValue.GetFields(); v.opaque && fields[sigKey].GetStringValue() == sigReference {
			if id := fields["id"].GetStringValue(); id != "" {
				return id, true
			}
			return fields["urn"].GetStringValue(), true
		}
	}
	return "", false
}

// Is tells whether the value is one of the texts. An absent value is the empty text.
func (v Value) Is(texts ...string) bool {
	if yes, ok := v.maybe(); ok {
		return yes
	}
	return slices.Contains(texts, v.Text())
}

// Upper is the value with its text in upper case, for properties of which the provider does not mind the case.
func (v Value) Upper() Value { return v.mapped(strings.ToUpper) }

// Lower is the value with its text in lower case.
func (v Value) Lower() Value { return v.mapped(strings.ToLower) }

func (v Value) mapped(change func(string) string) Value {
	if text, ok := v.pb.GetKind().(*structpb.Value_StringValue); ok && !v.unknown {
		v.pb = structpb.NewStringValue(change(text.StringValue))
	}
	return v
}

// Or is the value, or the text that the provider sends when it is absent.
func (v Value) Or(text string) Value {
	if !v.unknown && v.wrong == "" && v.pb == nil {
		v.pb = structpb.NewStringValue(text)
	}
	return v
}

// Int is the value as a whole number; 0 when it is absent.
func (v Value) Int() int { return v.IntOr(0) }

// IntOr is the value as a whole number, or what AWS takes when it is absent.
func (v Value) IntOr(absent int) int {
	if !v.present() {
		return absent
	}
	if n, ok := v.number(); ok && n == math.Trunc(n) && math.Abs(n) <= 1<<53 {
		return int(n)
	}
	v.expected("a whole number")
	return 0
}

// Float is the value as a number; 0 when it is absent.
func (v Value) Float() float64 {
	if !v.present() {
		return 0
	}
	n, ok := v.number()
	if !ok {
		v.expected("a number")
	}
	return n
}

func (v Value) number() (float64, bool) {
	switch kind := v.pb.GetKind().(type) {
	case *structpb.Value_NumberValue:
		n := kind.NumberValue
		return n, !math.IsNaN(n) && !math.IsInf(n, 0)
	case *structpb.Value_StringValue:
		n, err := strconv.ParseFloat(kind.StringValue, 64)
		return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
	}
	return 0, false
}

// List are the elements; none when the value is absent, and the value itself when it is not a list.
// Elements may be unknown, and absent where the list holds null.
func (v Value) List() []Value {
	if !v.present() {
		return nil
	}
	list, ok := v.pb.GetKind().(*structpb.Value_ListValue)
	if !ok {
		return []Value{v}
	}
	elements := make([]Value, len(list.ListValue.GetValues()))
	for i := range elements {
		elements[i] = v.element(i)
	}
	return elements
}

// Len is the number of elements of the list; they may be unknown.
func (v Value) Len() int { return len(v.List()) }

// Texts are the elements of the list as texts.
func (v Value) Texts() []string {
	var out []string
	for _, element := range v.List() {
		out = append(out, element.Text())
	}
	return out
}

// Entries are keys and values of an object in the order of the keys; none when the value is absent.
func (v Value) Entries() iter.Seq2[string, Value] {
	fields := v.fields()
	return func(yield func(string, Value) bool) {
		for _, key := range slices.Sorted(maps.Keys(fields)) {
			if !yield(key, v.field(key)) {
				return
			}
		}
	}
}

// Keys are the keys of an object in order; none when the value is absent.
func (v Value) Keys() []string { return slices.Sorted(maps.Keys(v.fields())) }

func (v Value) fields() map[string]*structpb.Value {
	if !v.present() {
		return nil
	}
	object, ok := v.pb.GetKind().(*structpb.Value_StructValue)
	if !ok || v.opaque {
		if list, isList := v.pb.GetKind().(*structpb.Value_ListValue); isList && len(list.ListValue.GetValues()) == 0 {
			return nil
		}
		v.expected("an object")
	}
	return object.StructValue.GetFields()
}

// JSON is what the text says when it is read as JSON, for properties that hold a document: containerDefinitions,
// dashboardBody. An object or list is returned as it is. Absent and empty values are absent.
func (v Value) JSON() Value {
	if v.Empty() {
		return Value{doc: v.doc, at: v.at, secret: v.secret}
	}
	text, ok := v.pb.GetKind().(*structpb.Value_StringValue)
	if !ok {
		return v
	}
	decoded := memo(v, "JSON", func() *structpb.Value { return decodeJSON(text.StringValue) })
	if decoded == nil {
		v.expected("JSON")
	}
	return newValue(v.doc, v.at, decoded, v.secret)
}

// decodeJSON returns nil for what is not JSON.
func decodeJSON(text string) *structpb.Value {
	var raw any
	if json.Unmarshal([]byte(text), &raw) != nil {
		return nil
	}
	pb, err := structpb.NewValue(raw)
	if err != nil {
		return nil
	}
	return pb
}

// Parsed reads the value's text with a parser, once per resource however many rules ask. A document given as an object
// or list is read as its JSON. The parser's name completes "expected ..." when it fails: "a policy document". Absent and
// empty values give false.
func Parsed[T any](v Value, name string, parse func(text string) (T, error)) (T, bool) {
	type result struct {
		value T
		err   error
	}
	if v.Empty() {
		var none T
		return none, false
	}
	text, secret := v.document()
	r := memo(v, name+reflect.TypeFor[T]().String(), func() result {
		value, err := parse(text)
		return result{value, err}
	})
	if r.err != nil {
		if !secret { // errors quote what they are about
			name += ": " + r.err.Error()
		}
		v.expected(name)
	}
	return r.value, true
}

// document is the text of a document, or the JSON of one that is given as an object or list; and whether something in it
// is secret.
func (v Value) document() (text string, secret bool) {
	_, isList := v.pb.GetKind().(*structpb.Value_ListValue)
	_, isObject := v.pb.GetKind().(*structpb.Value_StructValue)
	if !isList && !isObject || v.opaque {
		return v.Text(), v.secret
	}
	type result struct {
		text    string
		secret  bool
		unknown *Value
	}
	r := memo(v, "document", func() (r result) {
		r.secret = v.secret
		plain, unknown := v.plain(&r.secret, 0)
		if r.unknown = unknown; unknown == nil {
			// The JSON of plain values cannot fail, but for numbers that JSON does not have.
			raw, err := json.Marshal(plain)
			if err != nil {
				v.expected("JSON")
			}
			r.text = string(raw)
		}
		return r
	})
	if r.unknown != nil {
		panic(notYetKnown{*r.unknown})
	}
	return r.text, r.secret
}

// plain is the value without wrappers, as encoding/json takes it, or the first part that is not known.
func (v Value) plain(secret *bool, depth int) (any, *Value) {
	*secret = *secret || v.secret
	if depth > maxDepth {
		v.expected(fmt.Sprintf("JSON of at most %d levels", maxDepth))
	}
	switch kind := v.pb.GetKind().(type) {
	case *structpb.Value_ListValue:
		list := make([]any, 0, len(kind.ListValue.GetValues()))
		for i := range kind.ListValue.GetValues() {
			element, unknown := v.element(i).plain(secret, depth+1)
			if unknown != nil {
				return nil, unknown
			}
			list = append(list, element)
		}
		return list, nil
	case *structpb.Value_StructValue:
		if v.opaque {
			break
		}
		object := make(map[string]any, len(kind.StructValue.GetFields()))
		for key, field := range v.Entries() {
			value, unknown := field.plain(secret, depth+1)
			if unknown != nil {
				return nil, unknown
			}
			object[key] = value
		}
		return object, nil
	}
	if v.unknown {
		return nil, &v
	}
	return v.pb.AsInterface(), nil
}

// memo computes something about a value once per resource.
func memo[T any](v Value, what string, compute func() T) T {
	if v.doc == nil {
		return compute()
	}
	key := memoKey{v.pb, what}
	if known, ok := v.doc.memo[key]; ok {
		return known.(T)
	}
	value := compute()
	if v.doc.memo == nil {
		v.doc.memo = map[memoKey]any{}
	}
	v.doc.memo[key] = value
	return value
}

type memoKey struct {
	pb   *structpb.Value
	what string
}
