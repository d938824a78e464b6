package componenttest

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

var (
	inputType    = reflect.TypeFor[pulumi.Input]()
	resourceType = reflect.TypeFor[pulumi.Resource]()
)

// BadArgsFields are the fields of an Args struct that other languages could not set, all levels deep: each needs a
// pulumi tag, or, for what cannot cross a language border, a sibling tag that says what is there instead.
func BadArgsFields(args any) []string {
	var found []string
	visit := map[reflect.Type]bool{}
	var walk func(t reflect.Type, path string)
	walk = func(t reflect.Type, path string) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || t.Implements(inputType) || visit[t] {
			return
		}
		visit[t] = true
		for i := range t.NumField() {
			f := t.Field(i)
			at := path + "." + f.Name
			name, _, _ := strings.Cut(f.Tag.Get("pulumi"), ",")
			switch {
			case !f.IsExported():
				found = append(found, at+" is not exported")
			case name == "" && f.Tag.Get("sibling") == "":
				found = append(found, at+" has neither a pulumi nor a sibling tag")
			case name == "":
				if f.Type.Kind() != reflect.Pointer && f.Type.Kind() != reflect.Interface && !opaque(f.Type) {
					found = append(found, at+" could have a pulumi tag")
				}
			case name != lowerFirst(f.Name):
				found = append(found, fmt.Sprintf("%s has the pulumi tag %q instead of %q", at, name, lowerFirst(f.Name)))
			case f.Type.Kind() == reflect.Struct && strings.HasSuffix(f.Tag.Get("pulumi"), ",optional"):
				found = append(found, at+" is an optional struct and needs a pointer")
			default:
				walk(f.Type, at)
			}
		}
	}
	walk(reflect.TypeOf(args), reflect.TypeOf(args).Name())
	return found
}

// BadOutputFields are the fields of a component that other languages could not read: outputs without a tag, and tagged
// children without their type. Untagged pointers are children that exist in some cases only.
func BadOutputFields(component any) []string {
	var found []string
	t := reflect.TypeOf(component)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() || f.Anonymous {
			continue
		}
		at := t.Name() + "." + f.Name
		tag := f.Tag.Get("pulumi")
		switch {
		case tag == "" && !f.Type.Implements(resourceType):
			found = append(found, at+" has no pulumi tag")
		case tag == "":
		case tag != lowerFirst(f.Name):
			found = append(found, fmt.Sprintf("%s has the pulumi tag %q instead of %q", at, tag, lowerFirst(f.Name)))
		case f.Type.Implements(resourceType) && !strings.HasPrefix(f.Tag.Get("provider"), "type="):
			found = append(found, at+" has no provider:\"type=...\" tag")
		}
	}
	return found
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// opaque says whether a type is a list of structs that show nothing of what they hold, such as grants.
func opaque(t reflect.Type) bool {
	if t.Kind() != reflect.Slice || t.Elem().Kind() != reflect.Struct {
		return false
	}
	for i := range t.Elem().NumField() {
		if t.Elem().Field(i).IsExported() {
			return false
		}
	}
	return true
}
