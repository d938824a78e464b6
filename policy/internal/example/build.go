package example

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// Mode is the moment in which the resources are looked at.
type Mode int

const (
	// Preview is when what a resource gets from AWS is not known, and neither is what is made of it.
	Preview Mode = iota
	// Update is when everything is known.
	Update
)

// String names the mode.
func (m Mode) String() string {
	if m == Preview {
		return "preview"
	}
	return "update"
}

const (
	// Unknown marks what is not known in Pulumi's protocol.
	Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
	sigKey  = "4dabf18193072939515e22adb298388d"
	secret  = "1b47061264138c4ac30d75fd1eb44270"

	project   = "acme"
	account   = "111122223333"
	region    = "eu-west-1"
	stackType = "pulumi:pulumi:Stack"

	providerPrefix = "pulumi:providers:"
)

// Secret wraps a value as Pulumi's protocol does.
func Secret(value *structpb.Value) *structpb.Value {
	return structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{
		sigKey: structpb.NewStringValue(secret), "value": value,
	}})
}

// Built are the resources as the engine sends them: inputs for the rules that check a resource, outputs for those that
// check the stack. Both are in the order of the example, after the stack's own resource.
type Built struct {
	Inputs, Outputs []rule.Raw
}

// Build makes the resources. Computed tells which outputs of a type AWS decides when the program does not: they are
// there, and unknown, in a preview.
func (s *Stack) Build(mode Mode, computed func(token string) []string) (*Built, error) {
	b := &builder{stack: s, mode: mode, decided: computed, outputs: map[string]map[string]*structpb.Value{}, busy: map[string]bool{}}
	root := rule.Raw{Type: stackType, Name: project + "-stack", URN: urn("", stackType, project+"-stack")}
	built := &Built{Inputs: []rule.Raw{root}, Outputs: []rule.Raw{root}}
	for _, r := range s.Resources {
		raw, err := b.raw(r, root.URN)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name, err)
		}
		built.Inputs = append(built.Inputs, raw)
		outputs := raw
		outputs.Properties = &structpb.Struct{Fields: maps.Clone(b.outputs[r.Name])}
		built.Outputs = append(built.Outputs, outputs)
	}
	return built, nil
}

type builder struct {
	stack   *Stack
	mode    Mode
	decided func(token string) []string
	outputs map[string]map[string]*structpb.Value
	busy    map[string]bool
	// deps are the resources that the property being built refers to.
	deps map[string]bool
}

// raw makes one resource.
func (b *builder) raw(r *Resource, root string) (rule.Raw, error) {
	raw := rule.Raw{
		Type: r.Type, Name: r.Name, URN: b.urn(r), Parent: root, PropertyDependencies: map[string][]string{},
		Options: rule.Options{
			Protect: r.Options.Protect, IgnoreChanges: r.Options.IgnoreChanges, Aliases: r.Options.Aliases,
			DeleteBeforeReplace: r.Options.DeleteBeforeReplace, AdditionalSecretOutputs: r.Options.AdditionalSecretOutputs,
		},
	}
	all := map[string]bool{}
	properties := map[string]*structpb.Value{}
	for i := 0; i < len(r.Properties.Content); i += 2 {
		key := r.Properties.Content[i].Value
		b.deps = map[string]bool{}
		value, err := b.value(r.Properties.Content[i+1])
		if err != nil {
			return raw, fmt.Errorf("%s: %w", key, err)
		}
		if strings.HasPrefix(r.Type, providerPrefix) {
			if value, err = configured(value); err != nil {
				return raw, fmt.Errorf("%s: %w", key, err)
			}
		}
		properties[key] = value
		for urn := range b.deps {
			all[urn] = true
		}
		if len(b.deps) > 0 {
			raw.PropertyDependencies[key] = slices.Sorted(maps.Keys(b.deps))
		}
	}
	for _, d := range r.Options.DependsOn {
		all[b.urn(b.referred(d))] = true
	}
	if r.Options.Parent != "" {
		raw.Parent = b.urn(b.referred(r.Options.Parent))
	}
	raw.Properties = &structpb.Struct{Fields: properties}
	raw.Dependencies = slices.Sorted(maps.Keys(all))
	if err := b.provider(r, &raw); err != nil {
		return raw, err
	}
	_, err := b.outputsOf(r)
	return raw, err
}

// provider sets the provider of a custom resource: its own, or the default one.
func (b *builder) provider(r *Resource, raw *rule.Raw) error {
	pkg, _, _ := strings.Cut(r.Type, ":")
	if r.Options.Provider != "" {
		p := b.referred(r.Options.Provider)
		properties, err := b.value(p.Properties)
		if err != nil {
			return err
		}
		raw.ProviderType, raw.ProviderName, raw.ProviderURN = p.Type, p.Name, b.urn(p)
		raw.ProviderProperties = properties.GetStructValue()
		for key, value := range raw.ProviderProperties.GetFields() {
			if raw.ProviderProperties.Fields[key], err = configured(value); err != nil {
				return err
			}
		}
		return nil
	}
	if pkg == "aws" {
		raw.ProviderType, raw.ProviderName = providerPrefix+"aws", "default_6_83_2"
		raw.ProviderURN = urn("", raw.ProviderType, raw.ProviderName)
		raw.ProviderProperties = &structpb.Struct{Fields: map[string]*structpb.Value{"region": structpb.NewStringValue(region)}}
	}
	return nil
}

// configured is a provider's property as the engine keeps it: text, and JSON for what is not.
func configured(v *structpb.Value) (*structpb.Value, error) {
	if _, isText := Reveal(v).GetKind().(*structpb.Value_StringValue); isText {
		return v, nil
	}
	return toJSON(v)
}

// referred is the resource of an option's reference.
func (b *builder) referred(text string) *Resource {
	for _, ref := range references(text) {
		return b.stack.byName[ref.name]
	}
	return b.stack.byName[text]
}

func (b *builder) urn(r *Resource) string {
	parent := ""
	if r.Options.Parent != "" {
		if p := b.referred(r.Options.Parent); p != nil {
			parent = p.Type
		}
	}
	return urn(parent, r.Type, r.Name)
}

func urn(parentType, typ, name string) string {
	if parentType != "" {
		typ = parentType + "$" + typ
	}
	return "urn:pulumi:stack::" + project + "::" + typ + "::" + name
}

// value resolves references and functions.
func (b *builder) value(node *yaml.Node) (*structpb.Value, error) {
	switch node.Kind {
	case yaml.AliasNode:
		return b.value(node.Alias)
	case yaml.SequenceNode:
		list := &structpb.ListValue{}
		for i, child := range node.Content {
			v, err := b.value(child)
			if err != nil {
				return nil, fmt.Errorf("[%d]: %w", i, err)
			}
			list.Values = append(list.Values, v)
		}
		return structpb.NewListValue(list), nil
	case yaml.MappingNode:
		return b.object(node)
	}
	if node.Tag == "!!str" {
		return b.text(node.Value)
	}
	var scalar any
	if err := node.Decode(&scalar); err != nil {
		return nil, err
	}
	return structpb.NewValue(scalar)
}

func (b *builder) object(node *yaml.Node) (*structpb.Value, error) {
	fields := map[string]*structpb.Value{}
	for i := 0; i < len(node.Content); i += 2 {
		key := node.Content[i].Value
		v, err := b.value(node.Content[i+1])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		switch key {
		case "fn::secret":
			return Secret(v), nil
		case "fn::toJSON":
			return toJSON(v)
		}
		if strings.HasPrefix(key, "fn::") {
			return nil, fmt.Errorf("unknown function %s: examples have fn::toJSON and fn::secret", key)
		}
		fields[key] = v
	}
	return structpb.NewStructValue(&structpb.Struct{Fields: fields}), nil
}

// toJSON writes a value as JSON text. It is unknown or secret when a part of it is.
func toJSON(v *structpb.Value) (*structpb.Value, error) {
	clear, isSecret := reveal(v)
	text, err := json.Marshal(clear)
	if err != nil {
		return nil, err
	}
	out := structpb.NewStringValue(string(text))
	if strings.Contains(string(text), Unknown) {
		out = structpb.NewStringValue(Unknown)
	}
	if isSecret {
		out = Secret(out)
	}
	return out, nil
}

// reveal takes secrets out of their wrappers.
func reveal(v *structpb.Value) (clear any, isSecret bool) {
	switch kind := v.GetKind().(type) {
	case *structpb.Value_ListValue:
		list := []any{}
		for _, element := range kind.ListValue.GetValues() {
			c, s := reveal(element)
			list, isSecret = append(list, c), isSecret || s
		}
		return list, isSecret
	case *structpb.Value_StructValue:
		fields := kind.StructValue.GetFields()
		if fields[sigKey].GetStringValue() == secret {
			c, _ := reveal(fields["value"])
			return c, true
		}
		object := map[string]any{}
		for key, field := range fields {
			c, s := reveal(field)
			object[key], isSecret = c, isSecret || s
		}
		return object, isSecret
	}
	return v.AsInterface(), false
}

// text resolves the references in a text. A text that is nothing but a reference takes the type of what it refers to.
func (b *builder) text(text string) (*structpb.Value, error) {
	refs := references(text)
	if len(refs) == 1 && refs[0].start == 0 && refs[0].end == len(text) {
		return b.reference(refs[0])
	}
	var out strings.Builder
	at := 0
	for _, ref := range refs {
		v, err := b.reference(ref)
		if err != nil {
			return nil, err
		}
		if v.GetStringValue() == Unknown {
			// The dependencies of the rest count too.
			for _, other := range refs {
				b.deps[b.urn(b.stack.byName[other.name])] = true
			}
			return v, nil
		}
		out.WriteString(text[at:ref.start])
		fmt.Fprint(&out, v.AsInterface())
		at = ref.end
	}
	out.WriteString(text[at:])
	return structpb.NewStringValue(strings.ReplaceAll(out.String(), "$${", "${")), nil
}

func (b *builder) reference(ref reference) (*structpb.Value, error) {
	r := b.stack.byName[ref.name]
	if b.deps != nil {
		b.deps[b.urn(r)] = true
	}
	outputs, err := b.outputsOf(r)
	if err != nil {
		return nil, err
	}
	path := ref.path
	if path == "" {
		path = "id"
	}
	top := path
	if end := strings.IndexAny(path, ".["); end >= 0 {
		top = path[:end]
	}
	if _, ok := outputs[top]; !ok {
		outputs[top] = b.computed(structpb.NewStringValue(r.Name + "-" + top))
	}
	value := rule.NewResource(rule.Raw{Properties: &structpb.Struct{Fields: outputs}}).Get(path)
	if !value.Known() {
		return structpb.NewStringValue(Unknown), nil
	}
	if !value.Exists() {
		return nil, fmt.Errorf("${%s}: there is no such output", ref.text)
	}
	if top == path {
		return outputs[top], nil
	}
	return structpb.NewStringValue(value.Text()), nil
}

// computed is what AWS decides: known in an update only.
func (b *builder) computed(v *structpb.Value) *structpb.Value {
	if b.mode == Preview {
		return structpb.NewStringValue(Unknown)
	}
	return v
}

// outputsOf are the inputs of a resource and what AWS adds: at least id, arn and name.
func (b *builder) outputsOf(r *Resource) (map[string]*structpb.Value, error) {
	if outputs, ok := b.outputs[r.Name]; ok {
		return outputs, nil
	}
	if b.busy[r.Name] {
		return nil, fmt.Errorf("%s refers to itself", r.Name)
	}
	b.busy[r.Name] = true
	deps := b.deps
	b.deps = map[string]bool{}
	inputs, err := b.value(r.Properties)
	b.deps = deps
	if err != nil {
		return nil, err
	}
	outputs := inputs.GetStructValue().GetFields()
	if strings.HasPrefix(r.Type, "aws:") {
		for key, text := range identity(r, outputs) {
			if _, ok := outputs[key]; !ok {
				outputs[key] = b.computed(structpb.NewStringValue(text))
			}
		}
		for _, key := range b.decided(r.Type) {
			if _, ok := outputs[key]; !ok && b.mode == Preview {
				outputs[key] = structpb.NewStringValue(Unknown)
			}
		}
	}
	b.outputs[r.Name] = outputs
	return outputs, nil
}

// IsWrapper tells whether a value is Pulumi's way to write something that JSON has no words for, such as a secret.
func IsWrapper(v *structpb.Value) bool {
	return v.GetStructValue().GetFields()[sigKey] != nil
}

// Reveal takes a value out of its secret wrapper, if it has one.
func Reveal(v *structpb.Value) *structpb.Value {
	if fields := v.GetStructValue().GetFields(); fields[sigKey].GetStringValue() == secret {
		return Reveal(fields["value"])
	}
	return v
}
