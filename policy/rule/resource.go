package rule

import (
	"slices"
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/structpb"
)

// Resource is one resource of the stack, as the engine describes it.
type Resource struct {
	// Type is the Pulumi type token, Name the logical name, URN the full name.
	Type, Name, URN string
	// Properties are the inputs when a resource rule looks at it, the outputs when a stack rule does.
	Properties Value
	// Options are the resource options.
	Options Options
	// Parent is the URN of the parent; empty at the top.
	Parent string
	// Provider is the provider that manages the resource; nil for components and providers.
	Provider *Provider

	inputs *structpb.Struct // what the program has set, where the properties are planned outputs; else nil

	// Dependencies are the URNs of all that the resource depends on; known to stack rules only.
	Dependencies []string
	// PropertyDependencies are the same for each top-level property.
	PropertyDependencies map[string][]string
}

// Options are the resource options that the engine tells.
type Options struct {
	Protect                 bool
	IgnoreChanges           []string
	DeleteBeforeReplace     bool
	AdditionalSecretOutputs []string
	Aliases                 []string
	// Create, Update and Delete are the custom timeouts; 0 when not set.
	Create, Update, Delete time.Duration
}

// Provider is the provider of a resource.
type Provider struct {
	// Type is its type token (pulumi:providers:aws), Name its logical name, URN its full name.
	Type, Name, URN string
	// Properties are its inputs: region, defaultTags ...
	Properties Value
}

// document is what the values of one resource share.
type document struct {
	resource *Resource
	oracle   *oracle // that of the resource, or of the whole stack
	memo     map[memoKey]any
	secrets  *secretSet // made on first use
}

// Raw is a resource in the terms of Pulumi's protocol.
type Raw struct {
	Type, Name, URN string
	Properties      *structpb.Struct
	// Inputs are what the program has set, where the properties are the outputs that a preview plans; nil elsewhere.
	Inputs  *structpb.Struct
	Options Options
	Parent  string
	// ProviderType is empty when the engine names no provider.
	ProviderType, ProviderName, ProviderURN string
	ProviderProperties                      *structpb.Struct
	Dependencies                            []string
	PropertyDependencies                    map[string][]string
}

// NewResource wraps what the engine has sent. Nothing is decoded before a rule reads it.
func NewResource(raw Raw) *Resource {
	r := &Resource{
		Type: raw.Type, Name: raw.Name, URN: raw.URN, Options: raw.Options, Parent: raw.Parent,
		inputs: raw.Inputs, Dependencies: raw.Dependencies, PropertyDependencies: raw.PropertyDependencies,
	}
	doc := &document{resource: r, oracle: &oracle{}}
	r.Properties = root(doc, raw.Properties)
	if raw.ProviderType != "" {
		r.Provider = &Provider{Type: raw.ProviderType, Name: raw.ProviderName, URN: raw.ProviderURN}
		r.Provider.Properties = root(doc, raw.ProviderProperties)
	}
	return r
}

func root(doc *document, properties *structpb.Struct) Value {
	return Value{doc: doc, pb: structpb.NewStructValue(properties)}
}

// Get follows a path from the properties; see [Value.Get].
func (r *Resource) Get(path string) Value { return r.Properties.Get(path) }

// All follows a path with [*]; see [Value.All].
func (r *Resource) All(path string) []Value { return r.Properties.All(path) }

// Is tells whether the resource is of one of the types.
func (r *Resource) Is(types ...string) bool { return slices.Contains(types, r.Type) }

// Custom tells whether a provider manages the resource, as opposed to components, stacks and providers themselves.
func (r *Resource) Custom() bool {
	return r.Provider != nil || strings.HasPrefix(r.Type, "aws:")
}

// Region is the region of the resource's AWS provider; absent when the provider takes it from its environment.
func (r *Resource) Region() Value {
	if r.Provider == nil {
		return Value{doc: r.Properties.doc, at: &step{key: "provider.region"}}
	}
	return r.Provider.Properties.Get("region")
}

func (r *Resource) place() (*Resource, string) { return r, "" }

func (v Value) place() (*Resource, string) { return v.Resource(), v.Path() }

// secretSet are the secrets of the resource.
func (d *document) secretSet() *secretSet {
	if d.secrets == nil {
		found := map[string]bool{}
		secretTexts(d.resource.Properties, found)
		if p := d.resource.Provider; p != nil {
			secretTexts(p.Properties, found)
		}
		d.secrets = newSecretSet(found)
	}
	return d.secrets
}
