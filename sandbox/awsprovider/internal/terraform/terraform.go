// Package terraform describes the schemas of the wrapped Terraform provider as plain data, so that the names can be
// worked out, and tested, without compiling the provider.
package terraform

import (
	"encoding/json"
	"fmt"
	"os"
)

// Provider is the part of a Terraform provider's schema that decides the shape of the Pulumi package.
type Provider struct {
	Config      Block            `json:"config"`
	Resources   map[string]Block `json:"resources"`
	DataSources map[string]Block `json:"dataSources"`
}

// Block maps the names of a resource, a data source or a nested block to their fields.
type Block map[string]*Field

// Field is one attribute or nested block. Kind is string, bool, int, float, list, set, map or dynamic.
type Field struct {
	Kind     string `json:"kind"`
	Required bool   `json:"required,omitempty"`
	Optional bool   `json:"optional,omitempty"`
	Computed bool   `json:"computed,omitempty"`
	Secret   bool   `json:"secret,omitempty"`
	MaxItems int    `json:"maxItems,omitempty"`
	// Elem is the element of a list, a set or a map of plain values.
	Elem *Field `json:"elem,omitempty"`
	// Block is the content of a nested object, or of each element of a list or set of objects.
	Block Block `json:"block,omitempty"`
}

// Input tells whether a program can set the field.
func (f *Field) Input() bool { return f.Required || f.Optional }

// Collection tells whether the field is a list or a set.
func (f *Field) Collection() bool { return f.Kind == "list" || f.Kind == "set" }

// Read reads a description that Write has written.
func Read(path string) (*Provider, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	provider := &Provider{}
	if err := json.Unmarshal(content, provider); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return provider, nil
}

// Write writes the description to a file.
func (p *Provider) Write(path string) error {
	content, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
