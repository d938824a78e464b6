package schema

import (
	"bufio"
	_ "embed" // for the schema
	"fmt"
	"slices"
	"strings"
	"sync"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/internal/example"
)

//go:embed schema.txt
var text string

//go:embed carriers.txt
var carriers string

// Carriers are all resource types of pulumi-aws that can carry what rules judge, by what that is.
func Carriers() map[string][]string {
	found := map[string][]string{}
	for line := range strings.Lines(carriers) {
		if what, token, ok := strings.Cut(strings.TrimSpace(line), " "); ok && what != "#" {
			found[what] = append(found[what], token)
		}
	}
	return found
}

// object is a resource or a nested type: property to type expression.
type object struct {
	inputs   map[string]string
	defaults map[string]string
	computed []string
}

type table map[string]*object

var load = sync.OnceValue(func() table {
	t := table{}
	var current *object
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "#") || line == "":
		case !strings.HasPrefix(line, "\t"):
			current = &object{inputs: map[string]string{}, defaults: map[string]string{}}
			t[line] = current
		case strings.HasPrefix(line, "\t="):
			current.computed = strings.Fields(line[2:])
		default:
			name, rest, _ := strings.Cut(line[1:], " ")
			typ, fallback, _ := strings.Cut(rest, " ")
			current.inputs[name] = typ
			if fallback != "" {
				current.defaults[name] = fallback
			}
		}
	}
	return t
})

// Has tells whether the schema knows the resource type.
func Has(token string) bool { return load()[token] != nil }

// HasModule tells whether the schema knows a resource type of the module, such as s3.
func HasModule(module string) bool {
	for token := range load() {
		if strings.HasPrefix(token, "aws:"+module+"/") {
			return true
		}
	}
	return false
}

// Input is the type expression of an input of a resource or nested type, such as []string; empty when there is none.
func Input(of, property string) string {
	if o := load()[of]; o != nil {
		return o.inputs[property]
	}
	return ""
}

// Default is what the provider's documentation says that it takes when the program leaves out an input of a resource or
// nested type; empty when it does not say, or when that depends on something else.
func Default(of, property string) string {
	if o := load()[of]; o != nil {
		return o.defaults[property]
	}
	return ""
}

// Computed are the outputs that AWS decides when the program does not: unknown in the preview of a new resource.
func Computed(token string) []string {
	if o := load()[token]; o != nil {
		return o.computed
	}
	return nil
}

// Check lists what pulumi-aws would refuse in the inputs of a resource: unknown properties and values of another type.
// Resources of other packages are not judged.
func Check(token string, inputs *structpb.Struct) []string {
	if !strings.HasPrefix(token, "aws:") {
		return nil
	}
	o := load()[token]
	if o == nil {
		return []string{fmt.Sprintf("%s is not in policy/internal/schema/schema.txt: pulumi-aws has no such type, or the schema is older than the rule: go run ./policy/internal/schema/generate", token)}
	}
	c := &checker{table: load()}
	c.fields(o, inputs.GetFields(), "")
	slices.Sort(c.problems)
	return c.problems
}

type checker struct {
	table    table
	problems []string
}

func (c *checker) fields(o *object, fields map[string]*structpb.Value, at string) {
	for name, v := range fields {
		typ, ok := o.inputs[name]
		if !ok {
			problem := fmt.Sprintf("%s%s: pulumi-aws has no such property", at, name)
			names := make([]string, 0, len(o.inputs))
			for known := range o.inputs {
				names = append(names, known)
			}
			if nearest, ok := validate.Nearest(name, names); ok {
				problem += fmt.Sprintf("; did you mean %q?", nearest)
			}
			c.problems = append(c.problems, problem)
			continue
		}
		c.value(typ, v, at+name)
	}
}

func (c *checker) value(typ string, v *structpb.Value, at string) {
	v = example.Reveal(v)
	if v.GetStringValue() == example.Unknown {
		return
	}
	wrong := func() {
		c.problems = append(c.problems, fmt.Sprintf("%s: expected %s, found %s", at, typ, kindOf(v)))
	}
	if _, null := v.GetKind().(*structpb.Value_NullValue); null {
		return
	}
	switch {
	case strings.HasPrefix(typ, "[]"):
		list, ok := v.GetKind().(*structpb.Value_ListValue)
		if !ok {
			wrong()
			return
		}
		for i, element := range list.ListValue.GetValues() {
			c.value(typ[2:], element, fmt.Sprintf("%s[%d]", at, i))
		}
	case strings.HasPrefix(typ, "map[string]"):
		object, ok := v.GetKind().(*structpb.Value_StructValue)
		if !ok {
			wrong()
			return
		}
		for key, element := range object.StructValue.GetFields() {
			c.value(strings.TrimPrefix(typ, "map[string]"), element, at+"."+key)
		}
	case c.table[typ] != nil:
		object, ok := v.GetKind().(*structpb.Value_StructValue)
		if !ok {
			wrong()
			return
		}
		c.fields(c.table[typ], object.StructValue.GetFields(), at+".")
	default:
		if !scalar(typ, v) {
			wrong()
		}
	}
}

// kindOf says what a value is, and not which: it may be a secret.
func kindOf(v *structpb.Value) string {
	switch v.GetKind().(type) {
	case *structpb.Value_ListValue:
		return "a list"
	case *structpb.Value_StructValue:
		return "an object"
	case *structpb.Value_NumberValue:
		return "a number"
	case *structpb.Value_BoolValue:
		return "true or false"
	}
	return "a text"
}

func scalar(typ string, v *structpb.Value) bool {
	ok := true
	switch typ {
	case "string":
		_, ok = v.GetKind().(*structpb.Value_StringValue)
	case "bool":
		_, ok = v.GetKind().(*structpb.Value_BoolValue)
	case "int", "float64":
		_, ok = v.GetKind().(*structpb.Value_NumberValue)
	}
	return ok
}
