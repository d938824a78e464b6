package platform

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// setting is one line of a stack's configuration: its name, its default, where its value goes, and what is checked of it.
// Everything that there is to say about a setting in Go stands in its declaration, in Config.settings; Pulumi.yaml says
// the same to the engine and to people, and a test holds the two against each other.
type setting struct {
	// name stands behind the namespace.
	name string
	// typ is the type of Pulumi.yaml: string, integer or array.
	typ string
	// byDefault is the default as Pulumi.yaml has it.
	byDefault any
	// read puts the text of the configuration, or the default for an empty one, where it belongs, and reports what is
	// wrong with it.
	read func(path validate.Path, text string) validate.Problems
}

// check is what a value has to pass; the components use the same checks.
type check[T any] func(validate.Path, T) validate.Problems

// required is a string that the stack has to set.
func required(name string, to *string, expected string, checks ...check[string]) setting {
	return setting{name: name, typ: "string", byDefault: "", read: func(path validate.Path, value string) validate.Problems {
		if *to = value; value == "" {
			return validate.Problems{validate.Required(path, expected, "pulumi config set "+namespace+":"+name+" <value>").By("config-required")}
		}
		return all(path, value, checks)
	}}
}

// text is a string with a default. An empty one is not checked.
func text(name string, to *string, byDefault string, checks ...check[string]) setting {
	return setting{name: name, typ: "string", byDefault: byDefault, read: func(path validate.Path, value string) validate.Problems {
		if *to = cmp.Or(value, byDefault); *to == "" {
			return nil
		}
		return all(path, *to, checks)
	}}
}

// enum is one of the values of a type.
func enum[T validate.Enumeration[T]](name string, to *T, byDefault T) setting {
	return setting{name: name, typ: "string", byDefault: string(byDefault), read: func(path validate.Path, value string) validate.Problems {
		*to = cmp.Or(T(value), byDefault)
		return validate.Enum(path, *to)
	}}
}

// number is a whole number; the unit, such as days, completes the errors.
func number(name string, to *int, byDefault int, unit string, checks ...check[int]) setting {
	return setting{name: name, typ: "integer", byDefault: byDefault, read: func(path validate.Path, value string) validate.Problems {
		*to = byDefault
		if value == "" {
			return nil
		}
		n, err := strconv.Atoi(value)
		if err != nil {
			return validate.Problems{validate.Invalid(path, value, strings.TrimSpace("a whole number "+unit), "write it as in "+strconv.Itoa(byDefault)).By("config-number")}
		}
		*to = n
		return all(path, n, checks)
	}}
}

// list is a list of strings; an empty one is the default.
func list(name string, to *[]string, byDefault []string, checks ...check[[]string]) setting {
	return setting{name: name, typ: "array", byDefault: byDefault, read: func(path validate.Path, value string) validate.Problems {
		*to = slices.Clone(byDefault)
		if value == "" {
			return nil
		}
		var values []string
		if err := json.Unmarshal([]byte(value), &values); err != nil {
			return validate.Problems{validate.Invalid(path, value, "a list of strings", "write one - <string> per line").By("config-list")}
		}
		if len(values) > 0 {
			*to = values
		}
		return all(path, *to, checks)
	}}
}

// all runs checks one after the other.
func all[T any](path validate.Path, value T, checks []check[T]) validate.Problems {
	var ps validate.Problems
	for _, c := range checks {
		ps.Add(c(path, value)...)
	}
	return ps
}

// each makes a check of lists out of one of their elements.
func each(c check[string]) check[[]string] {
	return func(path validate.Path, values []string) validate.Problems {
		var ps validate.Problems
		for i, value := range values {
			ps.Add(c(path.Index(i), value)...)
		}
		return append(ps, validate.Distinct(path, values)...)
	}
}

// between makes a check of a range.
func between(low, high int, unit string) check[int] {
	return func(path validate.Path, value int) validate.Problems {
		return validate.Range(path, value, low, high, unit)
	}
}
