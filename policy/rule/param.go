package rule

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Param is a setting of a rule. Its type is that of Default: int, bool, string or []string.
type Param struct {
	// Name in camel case, as in the configuration.
	Name string
	// Default is used unless a stack sets something else.
	Default any
	// Description says what it decides, with its unit.
	Description string
	// Min and Max bound an int; both 0 for unbounded.
	Min, Max int
	// OneOf, if not empty, lists what a string, or each element of a list, may be.
	OneOf []string
}

func (p Param) check() []string {
	var problems []string
	if p.Name == "" || strings.ContainsAny(p.Name, " .-_") || p.Name == "enforcementLevel" {
		problems = append(problems, "the name is not a camel-case word, or reserved")
	}
	if p.Description == "" {
		problems = append(problems, "Description is missing")
	}
	switch p.Default.(type) {
	case int, bool, string, []string:
		if _, bad := p.Parse("", p.Default); len(bad) > 0 {
			problems = append(problems, "the default does not keep its own bounds")
		}
	default:
		problems = append(problems, fmt.Sprintf("Default is of type %T: it is an int, bool, string or []string", p.Default))
	}
	return problems
}

// Kind names the type for people and JSON schemas: integer, boolean, string, array.
func (p Param) Kind() string {
	switch p.Default.(type) {
	case int:
		return "integer"
	case bool:
		return "boolean"
	case string:
		return "string"
	}
	return "array"
}

// Parse turns what a configuration says into the parameter's type and checks its bounds. The path is where it stands.
func (p Param) Parse(path validate.Path, raw any) (any, []validate.Problem) {
	wrong := func(expected string) (any, []validate.Problem) {
		return nil, []validate.Problem{validate.Invalid(path, raw, expected, fmt.Sprintf("the default is %v", p.Default))}
	}
	switch p.Default.(type) {
	case int:
		n, ok := wholeNumber(raw)
		if !ok {
			return wrong("a whole number")
		}
		if p.Min != 0 || p.Max != 0 {
			return n, validate.Range(path, n, p.Min, p.Max, "")
		}
		return n, nil
	case bool:
		b, ok := raw.(bool)
		if !ok {
			return wrong("true or false")
		}
		return b, nil
	case string:
		text, ok := raw.(string)
		if !ok {
			return wrong("a text")
		}
		return text, p.allowed(path, text)
	}
	list, ok := texts(raw)
	if !ok {
		return wrong("a list of texts")
	}
	var problems []validate.Problem
	for i, text := range list {
		problems = append(problems, p.allowed(path.Index(i), text)...)
	}
	return list, problems
}

func (p Param) allowed(path validate.Path, text string) []validate.Problem {
	if len(p.OneOf) == 0 || slices.Contains(p.OneOf, text) {
		return nil
	}
	return []validate.Problem{validate.NotSupported(path, text, p.OneOf)}
}

// wholeNumber accepts what JSON and YAML decoders produce.
func wholeNumber(raw any) (int, bool) {
	switch n := raw.(type) {
	case int:
		return n, true
	case float64:
		if n == math.Trunc(n) && math.Abs(n) <= 1<<53 {
			return int(n), true
		}
	}
	return 0, false
}

func texts(raw any) ([]string, bool) {
	switch list := raw.(type) {
	case []string:
		return list, true
	case []any:
		out := make([]string, 0, len(list))
		for _, element := range list {
			text, ok := element.(string)
			if !ok {
				return nil, false
			}
			out = append(out, text)
		}
		return out, true
	}
	return nil, false
}
