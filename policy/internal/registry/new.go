package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/catalogue"
)

// begin writes the file of a new rule from its row in controls.csv.
func begin(root, id string) error {
	controls, err := catalogue.Controls()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(controls, func(c catalogue.Control) bool { return c.ID == id })
	if i < 0 {
		ids := make([]string, len(controls))
		for i, c := range controls {
			ids[i] = c.ID
		}
		problem := fmt.Sprintf("controls.csv has no control %q: add its row to policy/catalogue/controls.csv first", id)
		if nearest, ok := validate.Nearest(id, ids); ok {
			problem += fmt.Sprintf("; did you mean %q?", nearest)
		}
		return errors.New(problem)
	}
	domain := catalogue.Domain(id)
	if domain == "" {
		return fmt.Errorf("%q begins with no known word: add it to the domains in policy/catalogue/catalogue.go", id)
	}
	path := filepath.Join(root, domain, id+".go")
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists already", path)
	}
	text, err := skeleton(domain, controls[i])
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o644)
}

// variableName is the id in camel case, with initialisms as Go writes them.
func variableName(id string) string {
	initialisms := map[string]bool{
		"acl": true, "api": true, "arn": true, "cpu": true, "dns": true, "db": true, "http": true, "https": true, "iam": true,
		"id": true, "ip": true, "json": true, "kms": true, "pab": true, "sql": true, "ssh": true, "ssl": true, "tcp": true,
		"tls": true, "ttl": true, "udp": true, "uri": true, "url": true, "vpc": true,
	}
	words := strings.Split(id, "-")
	for i, word := range words[1:] {
		if initialisms[word] {
			words[i+1] = strings.ToUpper(word)
		} else {
			words[i+1] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return strings.Join(words, "")
}

var skeletonTemplate = template.Must(template.New("").Funcs(template.FuncMap{
	"list": func(texts []string) string {
		return fmt.Sprintf("[]string{%s}", strings.Join(quoted(texts), ", "))
	},
	"quote": func(text string) string { return fmt.Sprintf("%q", text) },
	"title": func(text string) string { return strings.ToUpper(text[:1]) + text[1:] },
}).Parse(`package {{.Domain}}

import "github.com/bulwark-iac/bulwark/policy/rule"

// {{.Asks}}
var {{.Variable}} = rule.Rule{
	ID:       {{quote .ID}},
	Title:    {{quote .Title}},
	Why:      "",
	Severity: rule.{{title .Severity}},
	References: rule.References{
{{- range .References}}
		{{.Name}}: {{list .IDs}},
{{- end}}
	},
	Source: "https://docs.aws.amazon.com/",
	Fix: rule.Fix{
		Bulwark: "", // empty where no component does it
		Plain:   "",
	},
	Types: {{list .Types}},
{{- if eq .Scope "stack"}}
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of({{quote (index .Types 0)}}), func(r *rule.Resource) {
		})
	},
{{- else}}
	Resource: func(r *rule.Resource, f *rule.Findings) {
	},
{{- end}}
	Good: []rule.Example{{"{{"}}YAML: ` + "`" + `
it:
  type: {{index .Types 0}}
  properties: {}
` + "`" + `{{"}}"}},
	Bad: []rule.Example{{"{{"}}YAML: ` + "`" + `
it:
  type: {{index .Types 0}}
  properties: {}
` + "`" + `{{"}}"}},
}
`))

func skeleton(domain string, c catalogue.Control) ([]byte, error) {
	type reference struct {
		Name string
		IDs  []string
	}
	if len(c.Types) == 0 {
		return nil, fmt.Errorf("%s names no resource type", c.ID)
	}
	data := struct {
		catalogue.Control
		Domain, Variable string
		References       []reference
	}{Control: c, Domain: domain, Variable: variableName(c.ID)}
	for _, ref := range []reference{
		{"FSBP", c.FSBP}, {"CIS", c.CIS}, {"Checkov", c.Checkov}, {"Trivy", c.Trivy}, {"CDKNag", c.CDKNag}, {"Pulumi", c.Pulumi},
	} {
		if len(ref.IDs) > 0 {
			data.References = append(data.References, ref)
		}
	}
	var b bytes.Buffer
	if err := skeletonTemplate.Execute(&b, data); err != nil {
		return nil, err
	}
	return format.Source(b.Bytes())
}

func quoted(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = fmt.Sprintf("%q", text)
	}
	return out
}
