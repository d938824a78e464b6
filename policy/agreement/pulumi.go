package agreement

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/policy/internal/example"
	"github.com/bulwark-iac/bulwark/policy/internal/schema"
)

// table is what pulumi-aws calls the things of the Terraform provider, as the provider that is built from source has it.
type table struct {
	Resources map[string]struct {
		Token  string            `json:"token"`
		Fields map[string]*field `json:"fields"`
	} `json:"resources"`
}

// field is a property whose name is not the one by rule.
type field struct {
	Name   string            `json:"name"`
	Fields map[string]*field `json:"fields"`
}

func readTable(path string) (*table, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	t := &table{}
	return t, json.Unmarshal(text, t)
}

// token is the type of a resource; one that is not a type of pulumi-aws for what is not in the table, and which no rule
// looks at.
func (t *table) token(kind string) string {
	if r, ok := t.Resources[kind]; ok {
		return r.Token
	}
	name := camel(strings.TrimPrefix(kind, "aws_"))
	return "aws:other/" + name + ":" + strings.ToUpper(name[:1]) + name[1:]
}

func (t *table) fields(kind string) map[string]*field { return t.Resources[kind].Fields }

// property is the name of a property in a resource or nested type: the one that differs, or camel case, in the plural when
// pulumi-aws has only that.
func (t *table) property(of string, fields map[string]*field, name string) string {
	if f := fields[name]; f != nil && f.Name != "" {
		return f.Name
	}
	single := camel(name)
	plurals := []string{single, single + "s", single + "es"}
	if stem, ok := strings.CutSuffix(single, "y"); ok {
		plurals = append(plurals, stem+"ies")
	}
	for _, candidate := range plurals {
		if schema.Input(of, candidate) != "" {
			return candidate
		}
	}
	return single
}

func camel(snake string) string {
	var b strings.Builder
	upper := false
	for _, r := range snake {
		if r == '_' {
			upper = b.Len() > 0
			continue
		}
		if upper {
			r = unicode.ToUpper(r)
		}
		upper = false
		b.WriteRune(r)
	}
	return b.String()
}

// stack is the program as a stack of pulumi-aws resources, everything known.
func (p *program) stack() (*example.Built, error) {
	resources := map[string]any{}
	for _, r := range p.resources {
		raw, err := p.body(r.body)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", r.kind, r.name, err)
		}
		for _, meta := range []string{"lifecycle", "depends_on", "provider", "count", "for_each", "timeouts"} {
			delete(raw, meta)
		}
		token := p.names.token(r.kind)
		resources[logical(r.kind, r.name)] = map[string]any{
			"type": token, "properties": p.names.object(token, p.names.fields(r.kind), raw),
		}
	}
	text, err := yaml.Marshal(resources)
	if err != nil {
		return nil, err
	}
	stack, err := example.Parse(string(text))
	if err != nil {
		return nil, err
	}
	return stack.Build(example.Update, schema.Computed)
}

// object gives the values of a resource or nested type their names and forms.
func (t *table) object(of string, fields map[string]*field, raw map[string]any) map[string]any {
	out := map[string]any{}
	for name, value := range raw {
		property := t.property(of, fields, name)
		var inner map[string]*field
		if f := fields[name]; f != nil {
			inner = f.Fields
		}
		out[property] = t.shape(schema.Input(of, property), inner, value)
	}
	return out
}

// shape makes of a value what pulumi-aws takes: lists of one are single, texts are numbers, and so on.
func (t *table) shape(typ string, fields map[string]*field, value any) any {
	if object, ok := value.(map[string]any); ok && object[toJSON] != nil {
		return value
	}
	if element, ok := strings.CutPrefix(typ, "[]"); ok {
		list, isList := value.([]any)
		if !isList {
			list = []any{value}
		}
		out := make([]any, len(list))
		for i, v := range list {
			out[i] = t.shape(element, fields, v)
		}
		return out
	}
	if list, ok := value.([]any); ok && len(list) == 1 && typ != "" {
		return t.shape(typ, fields, list[0])
	}
	if object, ok := value.(map[string]any); ok && typ != "" && !strings.HasPrefix(typ, "map[") {
		return t.object(typ, fields, object)
	}
	return scalar(typ, value)
}

// scalar is a value as the type wants it.
func scalar(typ string, value any) any {
	text, isText := value.(string)
	switch {
	case typ == "bool" && isText:
		if b, err := strconv.ParseBool(text); err == nil {
			return b
		}
	case (typ == "int" || typ == "float64") && isText:
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return n
		}
	case typ == "string" && !isText:
		switch value.(type) {
		case float64, bool:
			return fmt.Sprint(value)
		}
	}
	return value
}
