package schemagen

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/provider/internal/gosource"
)

// Component is a component by its Go types.
type Component struct {
	// Args is the struct of its arguments, Outputs that of the component itself.
	Args, Outputs reflect.Type
}

// Complete adds to an inferred schema what inference cannot know; see the package comment. It reports everything that
// is missing in the Go source at once: a field, type or enum without a comment.
func Complete(spec *schema.PackageSpec, source *gosource.Module, components []Component) error {
	if spec.Types == nil {
		spec.Types = map[string]schema.ComplexTypeSpec{}
	}
	g := &generator{spec: spec, source: source, seen: map[reflect.Type]bool{}}
	for _, c := range components {
		token := g.token(c.Outputs)
		r, ok := spec.Resources[token]
		if !ok {
			g.problem("%s is not in the inferred schema", token)
			continue
		}
		r.Description = g.describe(c.Outputs, nil)
		g.properties(c.Outputs, r.Properties, false)
		g.properties(c.Args, r.InputProperties, true)
		spec.Resources[token] = r
	}
	return errors.Join(g.problems...)
}

type generator struct {
	spec     *schema.PackageSpec
	source   *gosource.Module
	seen     map[reflect.Type]bool
	problems []error
}

func (g *generator) problem(format string, args ...any) {
	g.problems = append(g.problems, fmt.Errorf(format, args...))
}

// token is the type token of a Go type: the last folder of its package is the module.
func (g *generator) token(t reflect.Type) string {
	return g.spec.Name + ":" + t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:] + ":" + t.Name()
}

// words are what the Go source says about a type.
func (g *generator) words(t reflect.Type) (*gosource.Package, *gosource.Type) {
	p, err := g.source.Package(t.PkgPath())
	if err != nil {
		g.problem("%s: %w", t, err)
		return nil, &gosource.Type{}
	}
	if p.Types[t.Name()] == nil {
		g.problem("%s has no declaration in %s", t, t.PkgPath())
		return p, &gosource.Type{}
	}
	return p, p.Types[t.Name()]
}

func (g *generator) describe(t reflect.Type, owner *gosource.Type) string {
	p, said := g.words(t)
	if said.Doc == "" {
		g.problem("%s has no comment: it is the description in other languages", t)
	}
	return wording{source: g.source, pkg: p, owner: owner}.translate(said.Doc)
}

// properties describes the properties that a struct declares.
func (g *generator) properties(t reflect.Type, properties map[string]schema.PropertySpec, input bool) {
	p, said := g.words(t)
	for _, f := range said.Fields {
		property, ok := properties[f.Property]
		if f.Property == "" || !ok {
			continue
		}
		field, _ := t.FieldByName(f.Name)
		if f.Doc == "" {
			g.problem("%s.%s has no comment: it is the description in other languages", t, f.Name)
		}
		property.Description = wording{source: g.source, pkg: p, owner: said, values: g.constants(field.Type)}.translate(f.Doc)
		property.TypeSpec = g.typeSpec(field.Type, property.TypeSpec, input)
		properties[f.Property] = property
	}
}

// constants are the values that a field can have, if its type is an enum.
func (g *generator) constants(t reflect.Type) []gosource.Constant {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if !isEnum(t) {
		return nil
	}
	_, said := g.words(t)
	return said.Constants
}

// typeSpec completes the inferred spec of a Go type, and describes the types that it consists of.
func (g *generator) typeSpec(t reflect.Type, spec schema.TypeSpec, input bool) schema.TypeSpec {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case !input:
		return spec
	case t.Implements(inputType):
		return late(spec)
	case isEnum(t):
		spec = schema.TypeSpec{Ref: "#/types/" + g.enum(t)}
	case t.Kind() == reflect.Slice:
		items := g.typeSpec(t.Elem(), *spec.Items, input)
		spec.Items = &items
	case t.Kind() == reflect.Map:
		values := g.typeSpec(t.Elem(), *spec.AdditionalProperties, input)
		spec.AdditionalProperties = &values
	case t.Kind() == reflect.Struct:
		g.object(t)
	}
	spec.Plain = !hasInput(t)
	return spec
}

// late is the spec of an input, all of which may be known late: inference takes the elements of lists and maps for plain.
func late(spec schema.TypeSpec) schema.TypeSpec {
	spec.Plain = false
	for _, inner := range []**schema.TypeSpec{&spec.Items, &spec.AdditionalProperties} {
		if *inner != nil {
			element := late(**inner)
			*inner = &element
		}
	}
	return spec
}

func (g *generator) object(t reflect.Type) {
	token := g.token(t)
	if g.seen[t] {
		return
	}
	g.seen[t] = true
	object, ok := g.spec.Types[token]
	if !ok {
		g.problem("%s is not in the inferred schema", token)
		return
	}
	_, said := g.words(t)
	object.Description = g.describe(t, said)
	g.properties(t, object.Properties, true)
	g.spec.Types[token] = object
}

// enum adds the enum of a string type with a method Values, and returns its token.
func (g *generator) enum(t reflect.Type) string {
	token := g.token(t)
	if g.seen[t] {
		return token
	}
	g.seen[t] = true
	p, said := g.words(t)
	constants := map[string]gosource.Constant{}
	for _, c := range said.Constants {
		constants[c.Value] = c
	}
	spec := schema.ComplexTypeSpec{ObjectTypeSpec: schema.ObjectTypeSpec{Type: "string", Description: g.describe(t, nil)}}
	for _, value := range valuesOf(t) {
		c, ok := constants[value]
		if !ok {
			g.problem("%s: no constant has the value %q, which Values returns", t, value)
			continue
		}
		delete(constants, value)
		spec.Enum = append(spec.Enum, schema.EnumValueSpec{
			Name:        enumName(t.Name(), c.Name),
			Value:       value,
			Description: wording{source: g.source, pkg: p, values: said.Constants}.translate(c.Doc),
		})
	}
	for _, c := range said.Constants {
		if _, left := constants[c.Value]; !left {
			continue
		}
		g.problem("%s: Values does not return %s", t, c.Name)
	}
	g.spec.Types[token] = spec
	return token
}

// enumName is the name of a constant without the words with which its type begins too: Off for AccessLogsOff, Get for the
// CorsGet of a CorsMethod.
func enumName(typ, constant string) string {
	startsWord := func(s string, at int) bool { return at == len(s) || unicode.IsUpper(rune(s[at])) }
	end := 0
	for i := 1; i < len(constant) && i <= len(typ) && typ[:i] == constant[:i]; i++ {
		if startsWord(typ, i) && startsWord(constant, i) {
			end = i
		}
	}
	return constant[end:]
}

var inputType = reflect.TypeFor[pulumi.Input]()

// isEnum is true for string types with a method Values that returns a slice of them.
func isEnum(t reflect.Type) bool {
	if t.Kind() != reflect.String {
		return false
	}
	m, ok := t.MethodByName("Values")
	return ok && m.Type.NumIn() == 1 && m.Type.NumOut() == 1 && m.Type.Out(0) == reflect.SliceOf(t)
}

func valuesOf(t reflect.Type) []string {
	values := reflect.Zero(t).MethodByName("Values").Call(nil)[0]
	out := make([]string, values.Len())
	for i := range out {
		out[i] = values.Index(i).String()
	}
	return out
}

// hasInput says whether something in a type may be known late.
func hasInput(t reflect.Type) bool {
	switch {
	case t.Implements(inputType):
		return true
	case t.Kind() == reflect.Pointer, t.Kind() == reflect.Slice, t.Kind() == reflect.Map:
		return hasInput(t.Elem())
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.Tag.Get("pulumi") != "" && hasInput(f.Type) {
				return true
			}
		}
	}
	return false
}
