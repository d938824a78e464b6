package componenttest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Where the recorder says that it is.
const (
	Project   = "bulwark"
	Stack     = "test"
	AccountID = "123456789012"
	Region    = "eu-west-1"
)

// Registration is one resource as it was registered.
type Registration struct {
	Type, Name string
	URN        string
	// Parent is the URN of the parent; empty for those without one besides the stack.
	Parent string
	// Provider is the reference of the provider (urn::id); empty for the default one.
	Provider string
	// Custom is false for components. Remote is true for those that a plugin makes, with children of its own.
	Custom, Remote          bool
	Protect, RetainOnDelete bool
	// DeletedWith is the URN of the resource whose deletion takes this one along.
	DeletedWith string
	Aliases     []string
	// Dependencies are the URNs of what has to be there before.
	Dependencies []string
	// Inputs as the program gave them.
	Inputs resource.PropertyMap
}

// Input is the value of one input as plain Go: string, float64, bool, []any, map[string]any; nil when absent, and the
// text "<unknown>" when unknown.
func (r Registration) Input(name string) any {
	v, ok := r.Inputs[resource.PropertyKey(name)]
	if !ok {
		return nil
	}
	return plain(v)
}

func plain(v resource.PropertyValue) any {
	switch {
	case v.IsComputed(), v.IsOutput() && !v.OutputValue().Known:
		return Unknown
	case v.IsOutput():
		return plain(v.OutputValue().Element)
	case v.IsSecret():
		return map[string]any{"secret": plain(v.SecretValue().Element)}
	case v.IsArray():
		out := make([]any, len(v.ArrayValue()))
		for i, e := range v.ArrayValue() {
			out[i] = plain(e)
		}
		return out
	case v.IsObject():
		out := map[string]any{}
		for k, e := range v.ObjectValue() {
			out[string(k)] = plain(e)
		}
		return out
	case v.IsResourceReference():
		return string(v.ResourceReferenceValue().URN)
	default:
		return v.V
	}
}

// Unknown stands for a value that is not known.
const Unknown = "<unknown>"

// Recorder answers for the engine and the provider, and remembers everything. It is safe for concurrent use, as the SDK
// requires.
type Recorder struct {
	// DryRun makes it behave as in a preview: no ids, no computed outputs.
	DryRun bool
	// InStack is the name of the stack; empty means Stack.
	InStack string

	mu            sync.Mutex
	registrations []Registration
	invokes       []pulumi.MockCallArgs
	outputs       int
}

// NewResource implements pulumi.MockResourceMonitor.
func (r *Recorder) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	reg := Registration{
		Type: args.TypeToken, Name: args.Name, Custom: args.Custom, Provider: args.Provider, Inputs: args.Inputs,
	}
	if rpc := args.RegisterRPC; rpc != nil {
		// The SDK's own decoding drops what is unknown.
		inputs, err := plugin.UnmarshalProperties(rpc.GetObject(), plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true})
		if err != nil {
			return "", nil, err
		}
		reg.Inputs = inputs
		reg.Remote = rpc.GetRemote()
		reg.Parent, reg.Protect, reg.RetainOnDelete, reg.DeletedWith = rpc.GetParent(), rpc.GetProtect(), rpc.GetRetainOnDelete(), rpc.GetDeletedWith()
		reg.Dependencies = rpc.GetDependencies()
		for _, a := range rpc.GetAliases() {
			reg.Aliases = append(reg.Aliases, aliasText(a))
		}
	}
	if strings.Contains(reg.Parent, "pulumi:pulumi:Stack") {
		reg.Parent = ""
	}
	reg.URN = r.urn(reg.Parent, reg.Type, reg.Name)

	r.mu.Lock()
	r.registrations = append(r.registrations, reg)
	r.mu.Unlock()

	if !reg.Custom && !reg.Remote {
		return "", resource.PropertyMap{}, nil
	}
	state, id := args.Inputs.Copy(), ""
	if r.DryRun {
		return "", state, nil
	}
	if reg.Custom {
		id = args.Name + "-id"
	}
	if compute := types[args.TypeToken].computed; compute != nil {
		for key, value := range compute(registered{args.Name, args.Inputs}) {
			if key == "id" {
				id = value.(string)
				continue
			}
			if _, given := state[resource.PropertyKey(key)]; !given {
				state[resource.PropertyKey(key)] = resource.NewPropertyValue(value)
			}
		}
	}
	return id, state, nil
}

// aliasText is an alias as a golden file shows it. Protobuf's own text changes from build to build.
func aliasText(a *pulumirpc.Alias) string {
	if a.GetUrn() != "" {
		return a.GetUrn()
	}
	spec := a.GetSpec()
	parts := []string{}
	for _, part := range [][2]string{
		{"type", spec.GetType()}, {"name", spec.GetName()}, {"parent", spec.GetParentUrn()}, {"project", spec.GetProject()}, {"stack", spec.GetStack()},
	} {
		if part[1] != "" {
			parts = append(parts, part[0]+" "+part[1])
		}
	}
	if spec.GetNoParent() {
		parts = append(parts, "no parent")
	}
	return strings.Join(parts, ", ")
}

// urn is the name that the SDK's mock monitor gives a resource.
func (r *Recorder) urn(parent, typ, name string) string {
	parentType := ""
	if parent != "" {
		parentType = string(resource.URN(parent).QualifiedType()) + "$"
	}
	return fmt.Sprintf("urn:pulumi:%s::%s::%s%s::%s", cmp.Or(r.InStack, Stack), Project, parentType, typ, name)
}

// Call implements pulumi.MockResourceMonitor: it answers the questions where the program runs.
func (r *Recorder) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	r.mu.Lock()
	r.invokes = append(r.invokes, args)
	r.mu.Unlock()

	ask, ok := functions[args.Token]
	if !ok {
		return nil, fmt.Errorf("componenttest: no answer for %s: add one to the table of its service", args.Token)
	}
	answer, err := ask(r, args)
	if err != nil {
		return nil, err
	}
	return resource.NewPropertyMapFromMap(answer), nil
}

// region is where a provider works: what it was told, or Region.
func (r *Recorder) region(provider string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, reg := range r.registrations {
		if reg.Type == "pulumi:providers:aws" && strings.HasPrefix(provider, reg.URN+"::") {
			if region, ok := reg.Input("region").(string); ok {
				return region
			}
		}
	}
	return Region
}

// account is that of a provider: the one that it is allowed to work in, or AccountID.
func (r *Recorder) account(provider string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, reg := range r.registrations {
		if reg.Type == "pulumi:providers:aws" && strings.HasPrefix(provider, reg.URN+"::") {
			// Providers get lists as JSON, or as lists.
			if allowed := reg.Input("allowedAccountIds"); allowed != nil {
				return strings.Trim(fmt.Sprint(allowed), `[]"`)
			}
		}
	}
	return AccountID
}

// RegisterResourceOutputs counts registrations of outputs.
func (r *Recorder) RegisterResourceOutputs() (*emptypb.Empty, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outputs++
	return &emptypb.Empty{}, nil
}

// Registrations returns every resource but the stack, by type and name.
func (r *Recorder) Registrations() []Registration {
	r.mu.Lock()
	defer r.mu.Unlock()
	sorted := slices.Clone(r.registrations)
	slices.SortFunc(sorted, func(a, b Registration) int { return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.URN, b.URN)) })
	return sorted
}

// Invokes returns the calls of provider functions.
func (r *Recorder) Invokes() []pulumi.MockCallArgs {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.invokes)
}

// OutputRegistrations is how often outputs were registered, the stack's own included.
func (r *Recorder) OutputRegistrations() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.outputs
}

// Find returns the registrations of a type, by name.
func (r *Recorder) Find(typ string) []Registration {
	var found []Registration
	for _, reg := range r.Registrations() {
		if reg.Type == typ {
			found = append(found, reg)
		}
	}
	return found
}
