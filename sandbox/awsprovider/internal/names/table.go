// Package names knows what the official Pulumi AWS provider calls the things of the Terraform AWS provider.
//
// The table names.json holds it: the token of every resource and data source, and each property whose name, type or
// nesting differs from what the bridge would make of the Terraform schema. It is worked out by Align from the sources of
// the official Go SDK, with the exceptions in exceptions.go where no rule leads there, and written by cmd/names.
package names

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"reflect"
)

//go:embed names.json
var embedded []byte

// Table holds the official names.
type Table struct {
	// Config is the provider's own configuration.
	Config      map[string]*Field `json:"config,omitempty"`
	Resources   map[string]*Item  `json:"resources"`
	DataSources map[string]*Item  `json:"dataSources"`
}

// Item is a resource or a data source.
type Item struct {
	Token string `json:"token"`
	// Named marks a resource whose name property is filled in when a program leaves it out.
	Named bool `json:"named,omitempty"`
	// Tagged marks a resource that takes the provider's default tags.
	Tagged bool `json:"tagged,omitempty"`
	// Lacks are the inputs, by their official names, that Terraform does not have.
	Lacks  []string          `json:"lacks,omitempty"`
	Fields map[string]*Field `json:"fields,omitempty"`
}

// Field is one property that differs, by its Terraform name.
type Field struct {
	// Name is the official name.
	Name string `json:"name,omitempty"`
	// MaxItemsOne is true for a list that is one object or value, false for one that stays a list.
	MaxItemsOne *bool `json:"maxItemsOne,omitempty"`
	// Type is the official type of a plain value: string, boolean, integer or number.
	Type string `json:"type,omitempty"`
	// ElemType is the same for the elements of a list or map.
	ElemType string `json:"elemType,omitempty"`
	// Archive and Asset mark a file path that is an archive or an asset; Hash is the property that takes its hash.
	Archive bool   `json:"archive,omitempty"`
	Asset   bool   `json:"asset,omitempty"`
	Hash    string `json:"hash,omitempty"`
	// Document marks JSON text that can be given as an object too, such as a policy.
	Document bool `json:"document,omitempty"`
	// Reference is the token of the resource that can be given in place of its name, ElemReference that for the elements
	// of a list.
	Reference     string `json:"reference,omitempty"`
	ElemReference string `json:"elemReference,omitempty"`
	// Optional marks a property that Terraform requires and Pulumi's schema does not; it is required all the same.
	Optional bool `json:"optional,omitempty"`
	// Output marks a property that Terraform takes as an input but Pulumi does not.
	Output bool `json:"output,omitempty"`
	// Default is a constant that the official provider fills in.
	Default any `json:"default,omitempty"`
	// Secret marks a property that is secret whatever Terraform says; Plain one that is not.
	Secret bool `json:"secret,omitempty"`
	Plain  bool `json:"plain,omitempty"`
	// Omit drops a property that the official provider does not have.
	Omit bool `json:"omit,omitempty"`
	// Fields are the properties of a nested object, or of the objects in a list.
	Fields map[string]*Field `json:"fields,omitempty"`
}

func (f *Field) empty() bool { return reflect.ValueOf(*f).IsZero() }

// Official returns the table that this module carries.
func Official() (*Table, error) {
	table := &Table{}
	if err := json.Unmarshal(embedded, table); err != nil {
		return nil, fmt.Errorf("names.json: %w", err)
	}
	return table, nil
}

// JSON is the table as names.json holds it: sorted and indented, so that a change shows as a small difference.
func (t *Table) JSON() ([]byte, error) {
	content, err := json.MarshalIndent(t, "", " ")
	if err != nil {
		return nil, err
	}
	return append(content, '\n'), nil
}
