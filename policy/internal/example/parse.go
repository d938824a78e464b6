package example

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"gopkg.in/yaml.v3"
)

// Stack is an example that has been read.
type Stack struct {
	Resources []*Resource
	byName    map[string]*Resource
}

// Resource is one resource of an example.
type Resource struct {
	Name string
	Type string
	// Properties is a mapping; references and functions in it are not resolved.
	Properties *yaml.Node
	Options    Options
}

// Options are the resource options that an example may set.
type Options struct {
	Parent                  string   `yaml:"parent"`
	Provider                string   `yaml:"provider"`
	DependsOn               []string `yaml:"dependsOn"`
	Protect                 bool     `yaml:"protect"`
	RetainOnDelete          bool     `yaml:"retainOnDelete"`
	DeleteBeforeReplace     bool     `yaml:"deleteBeforeReplace"`
	IgnoreChanges           []string `yaml:"ignoreChanges"`
	Aliases                 []string `yaml:"aliases"`
	AdditionalSecretOutputs []string `yaml:"additionalSecretOutputs"`
}

// Parse reads the notation. References are checked: a resource that does not exist is an error.
func Parse(text string) (*Stack, error) {
	var document yaml.Node
	documents := yaml.NewDecoder(strings.NewReader(text))
	if err := documents.Decode(&document); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if documents.Decode(&yaml.Node{}) == nil {
		return nil, errors.New("there is a second document after ---, which would not count: expected one")
	}
	if len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		return nil, errors.New("an example is a map from names to resources")
	}
	s := &Stack{byName: map[string]*Resource{}}
	top := resources(document.Content[0]).Content
	if len(top) == 0 {
		return nil, errors.New("an example is a map from names to resources, and this one has none")
	}
	var problems []error
	for i := 0; i < len(top); i += 2 {
		r, err := parseResource(top[i].Value, top[i+1])
		if err != nil {
			problems = append(problems, fmt.Errorf("%s (line %d): %w", top[i].Value, top[i].Line, err))
			continue
		}
		if s.byName[r.Name] != nil {
			problems = append(problems, fmt.Errorf("%s (line %d): there are two resources of this name", r.Name, top[i].Line))
		}
		s.Resources = append(s.Resources, r)
		s.byName[r.Name] = r
	}
	if len(problems) == 0 {
		for _, r := range s.Resources {
			if err := s.checkReferences(r); err != nil {
				problems = append(problems, fmt.Errorf("%s: %w", r.Name, err))
			}
		}
	}
	return s, errors.Join(problems...)
}

// resources is the map of resources: the document itself, or the part of a Pulumi YAML program that has them.
func resources(top *yaml.Node) *yaml.Node {
	for i := 0; i < len(top.Content); i += 2 {
		if value := top.Content[i+1]; top.Content[i].Value == "resources" && value.Kind == yaml.MappingNode && !has(value, "type") {
			return value
		}
	}
	return top
}

func has(node *yaml.Node, key string) bool {
	for i := 0; i < len(node.Content); i += 2 {
		if node.Content[i].Value == key && node.Content[i+1].Kind == yaml.ScalarNode {
			return true
		}
	}
	return false
}

func parseResource(name string, node *yaml.Node) (*Resource, error) {
	r := &Resource{Name: name, Properties: &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}}
	if node.Kind != yaml.MappingNode {
		return nil, errors.New("a resource is a map with type and properties")
	}
	for i := 0; i < len(node.Content); i += 2 {
		key, value := node.Content[i].Value, node.Content[i+1]
		switch key {
		case "type":
			r.Type = value.Value
		case "properties":
			if value.Kind != yaml.MappingNode {
				return nil, errors.New("properties is a map")
			}
			r.Properties = value
		case "options":
			if err := value.Decode(&r.Options); err != nil {
				return nil, fmt.Errorf("options: %w", err)
			}
		default:
			return nil, fmt.Errorf("unknown key %q: a resource has type, properties and options", key)
		}
	}
	if strings.Count(r.Type, ":") != 2 {
		return nil, fmt.Errorf("type %q is no type token, such as aws:s3/bucketV2:BucketV2", r.Type)
	}
	return r, nil
}

func (s *Stack) checkReferences(r *Resource) error {
	var bad error
	check := func(text string) {
		for _, ref := range references(text) {
			if s.byName[ref.name] == nil && bad == nil {
				bad = fmt.Errorf("${%s}: there is no resource %q in the example", ref.text, ref.name)
			}
		}
	}
	walk(r.Properties, check)
	check(r.Options.Parent)
	check(r.Options.Provider)
	for _, d := range r.Options.DependsOn {
		check(d)
	}
	return bad
}

func walk(node *yaml.Node, text func(string)) {
	if node.Kind == yaml.ScalarNode {
		text(node.Value)
	}
	for _, child := range node.Content {
		walk(child, text)
	}
}

// reference is a ${name.path} inside a text.
type reference struct {
	start, end int // in the text
	text       string
	name, path string
}

// references finds the references in a text; $${ is an escaped dollar sign.
func references(text string) []reference {
	var out []reference
	for i := 0; i < len(text); i++ {
		if strings.HasPrefix(text[i:], "$${") {
			i += 2
			continue
		}
		if !strings.HasPrefix(text[i:], "${") {
			continue
		}
		end := strings.IndexByte(text[i:], '}')
		if end < 0 {
			break
		}
		inner := text[i+2 : i+end]
		name, path, _ := strings.Cut(inner, ".")
		out = append(out, reference{start: i, end: i + end + 1, text: inner, name: name, path: path})
		i += end
	}
	return out
}
