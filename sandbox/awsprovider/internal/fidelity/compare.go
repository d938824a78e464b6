// Package fidelity holds the schema of the built provider against the official one, which it knows from the Go SDK.
package fidelity

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/gosdk"
)

// Difference is one point in which the built provider and the official one disagree.
type Difference struct {
	// Token is the resource, the function or pulumi:providers:aws.
	Token string
	// Path leads to the property, by Pulumi names; empty for the whole.
	Path string
	// What says how the built one differs: missing, extra, or the two kinds.
	What string
}

func (d Difference) String() string { return d.Token + " " + d.Path + " " + d.What }

// Schema is the part of a Pulumi package schema that is compared.
type Schema struct {
	Resources map[string]*Resource   `json:"resources"`
	Functions map[string]*Function   `json:"functions"`
	Types     map[string]*objectType `json:"types"`
	Provider  *Resource              `json:"provider"`
	Config    struct {
		Variables map[string]*Property `json:"variables"`
	} `json:"config"`
}

// Resource is a resource or the provider.
type Resource struct {
	objectType
	Inputs         map[string]*Property `json:"inputProperties"`
	RequiredInputs []string             `json:"requiredInputs"`
}

// Function is a data source.
type Function struct {
	Inputs  *objectType `json:"inputs"`
	Outputs *objectType `json:"outputs"`
}

type objectType struct {
	Properties map[string]*Property `json:"properties"`
	Required   []string             `json:"required"`
}

// Property is a property or a type in it.
type Property struct {
	Type       string      `json:"type"`
	Ref        string      `json:"$ref"`
	Items      *Property   `json:"items"`
	Additional *Property   `json:"additionalProperties"`
	OneOf      []*Property `json:"oneOf"`
	Secret     bool        `json:"secret"`
	Default    any         `json:"default"`
}

// Read reads the schema.json of a build.
func Read(path string) (*Schema, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	schema := &Schema{}
	if err := json.Unmarshal(content, schema); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return schema, nil
}

// Count is the number of properties of a resource, those of nested objects included.
func (s *Schema) Count(resource *Resource) int {
	all := map[string]*Property{}
	for _, part := range []map[string]*Property{resource.Properties, resource.Inputs} {
		for name, property := range part {
			all[name] = property
		}
	}
	return s.count(all)
}

func (s *Schema) count(properties map[string]*Property) int {
	n := 0
	for _, property := range properties {
		n++
		for property != nil {
			if object := s.Types[strings.TrimPrefix(property.Ref, "#/types/")]; object != nil {
				n += s.count(object.Properties)
			}
			if property.Items == nil {
				property = property.Additional
			} else {
				property = property.Items
			}
		}
	}
	return n
}

// Compare returns all differences, sorted. What the official provider has and the built one has not as a whole is none:
// the built one carries a choice of services.
func Compare(built *Schema, sdk *gosdk.SDK) []Difference {
	c := &comparison{built: built}
	for token, resource := range built.Resources {
		c.resource(token, resource, sdk.Resources[token])
	}
	c.resource(sdk.Provider.Token, &Resource{
		Inputs: built.Config.Variables, objectType: objectType{Properties: built.Config.Variables},
	}, sdk.Provider)
	for token, function := range built.Functions {
		official := sdk.Functions[token]
		if official == nil {
			c.add(token, "", "extra")
			continue
		}
		all := map[string]*Property{}
		for _, part := range []*objectType{function.Inputs, function.Outputs} {
			if part != nil {
				for name, property := range part.Properties {
					all[name] = property
				}
			}
		}
		c.properties(token, "", all, official.All)
	}
	sort.Slice(c.found, func(i, j int) bool { return c.found[i].String() < c.found[j].String() })
	return c.found
}

type comparison struct {
	built *Schema
	found []Difference
}

func (c *comparison) add(token, path, what string) {
	c.found = append(c.found, Difference{token, path, what})
}

func (c *comparison) resource(token string, built *Resource, official *gosdk.Item) {
	if official == nil {
		c.add(token, "", "extra")
		return
	}
	all := map[string]*Property{}
	for _, part := range []map[string]*Property{built.Properties, built.Inputs} {
		for name, property := range part {
			all[name] = property
		}
	}
	c.properties(token, "", all, official.All)
	required := map[string]bool{}
	for _, name := range built.RequiredInputs {
		required[name] = true
	}
	for name := range both(all, official.All) {
		_, input := built.Inputs[name]
		_, officialInput := official.Inputs[name]
		switch {
		case input != officialInput:
			c.add(token, name, fmt.Sprintf("is an input: %t, official: %t", input, officialInput))
		case required[name] != official.Required[name]:
			c.add(token, name, fmt.Sprintf("is required: %t, official: %t", required[name], official.Required[name]))
		}
		if secret := all[name].Secret; secret != official.Secrets[name] {
			c.add(token, name, fmt.Sprintf("is secret: %t, official: %t", secret, official.Secrets[name]))
		}
	}
}

// properties compares two objects.
func (c *comparison) properties(token, path string, built map[string]*Property, official map[string]*gosdk.Type) {
	for name := range built {
		if official[name] == nil && !(name == "id" && path == "") {
			c.add(token, join(path, name), "extra")
		}
	}
	for name, officialType := range official {
		if built[name] == nil {
			if !(name == "id" && path == "") {
				c.add(token, join(path, name), "missing")
			}
			continue
		}
		c.types(token, join(path, name), built[name], officialType)
	}
}

func (c *comparison) types(token, path string, built *Property, official *gosdk.Type) {
	kind := c.kind(built)
	if kind != official.Kind {
		c.add(token, path, fmt.Sprintf("is %s, official: %s", kind, official.Kind))
		return
	}
	switch kind {
	case gosdk.Array:
		c.types(token, path, built.Items, official.Elem)
	case gosdk.Map:
		c.types(token, path, built.Additional, official.Elem)
	case gosdk.Object:
		object := c.built.Types[built.Ref[len("#/types/"):]]
		c.properties(token, path, object.Properties, official.Fields())
		c.required(token, path, object, official.Fields())
	}
}

// required compares what a nested object insists on. The SDK shows it for values and objects only, not for lists.
func (c *comparison) required(token, path string, built *objectType, official map[string]*gosdk.Type) {
	required := map[string]bool{}
	for _, name := range built.Required {
		required[name] = true
	}
	for name := range both(built.Properties, official) {
		switch official[name].Kind {
		case gosdk.Array, gosdk.Map, gosdk.Any, gosdk.Asset, gosdk.Archive:
			continue
		}
		if required[name] == official[name].Optional {
			c.add(token, join(path, name), fmt.Sprintf("is required: %t, official: %t", required[name], !official[name].Optional))
		}
	}
}

func (c *comparison) kind(property *Property) gosdk.Kind {
	switch {
	case len(property.OneOf) > 0:
		return gosdk.Any
	case property.Ref == "pulumi.json#/Any":
		return gosdk.Any
	case property.Ref == "pulumi.json#/Archive":
		return gosdk.Archive
	case property.Ref == "pulumi.json#/Asset":
		return gosdk.Asset
	case property.Ref != "":
		return gosdk.Object
	case property.Type == "object":
		return gosdk.Map
	}
	return gosdk.Kind(property.Type)
}

func both(a map[string]*Property, b map[string]*gosdk.Type) map[string]bool {
	names := map[string]bool{}
	for name := range a {
		if b[name] != nil {
			names[name] = true
		}
	}
	return names
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
