package sandbox

import (
	"context"
	"path/filepath"
	"slices"
	"time"
)

// Paths are where to look.
type Paths struct {
	State string `json:"state"`
	// Log is the emulator's log, EngineLog what the engine wrote in its last run.
	Log       string `json:"log"`
	EngineLog string `json:"engineLog"`
	// PolicyRecord holds the policies' verdicts of the last up, for bulwark policy report.
	PolicyRecord string `json:"policyRecord"`
	Cache        string `json:"cache"`
	Engine       string `json:"engine"`
	Provider     string `json:"provider"`
	Python       string `json:"python"`
}

// ProviderStatus is the AWS provider in use.
type ProviderStatus struct {
	Kind    ProviderKind `json:"kind"`
	Version string       `json:"version"`
}

// Status is what runs. Empty strings are things that are not there.
type Status struct {
	Endpoint string `json:"endpoint"`
	// Embedded is whether the endpoint is the sandbox's own emulator.
	Embedded bool   `json:"embedded"`
	Region   string `json:"region"`
	Account  string `json:"account"`
	Stack    string `json:"stack"`
	// Stacks are those that hold resources at the endpoint.
	Stacks []StackStatus `json:"stacks"`
	// Running is whether the endpoint answers.
	Running  bool           `json:"running"`
	Instance string         `json:"instance"`
	PID      int            `json:"pid"`
	Started  *time.Time     `json:"started,omitempty"`
	Provider ProviderStatus `json:"provider"`
	Engine   string         `json:"engine"`
	Moto     string         `json:"moto"`
	Paths    Paths          `json:"paths"`
}

// StackStatus is one deployed stack.
type StackStatus struct {
	Name      string `json:"name"`
	Resources int    `json:"resources"`
	// Interrupted is whether an engine was cut off at work on it; the next up puts it in order.
	Interrupted bool `json:"interrupted,omitempty"`
}

// Status tells what runs, and changes nothing but that it ends what a killed command has left running. It needs nothing to run: no emulator, and no tool that was built.
func (s *Session) Status(ctx context.Context, stack string) (*Status, error) {
	if err := s.Checkout.checkStack(stack); err != nil {
		return nil, err
	}
	project, err := readProject(s.Checkout, stack)
	if err != nil {
		return nil, err
	}
	if err := s.endLeftOversUnlocked("status"); err != nil {
		return nil, err
	}
	t, err := s.target(ctx)
	if err != nil {
		return nil, err
	}
	st := &Status{Stack: stack, Region: project.Region, Embedded: t.embedded, Endpoint: t.endpoint, Stacks: []StackStatus{}}
	kind := ProviderAuto
	if t.embedded {
		if w := s.embeddedStatus(ctx, st); w.Provider != "" {
			kind = w.Provider
		}
	} else {
		st.Running = s.endpointStatus(ctx, st)
		if found := s.deployed(project.Name, t); len(found) == 1 {
			for k := range found {
				kind = k
			}
		}
	}
	// What is missing is simply not shown; Doctor explains it.
	tools, _ := FindToolchain(ctx, s.toolchainOptions(kind, t))
	st.Engine, st.Moto = tools.EngineVersion, tools.Moto
	if tools.Provider != "" {
		st.Provider = ProviderStatus{Kind: tools.ProviderKind, Version: tools.ProviderVersion}
	}
	state := filepath.Join(s.Checkout.Dir(), "state")
	if tools.ProviderKind != "" {
		state = s.Checkout.StateDir(tools.ProviderKind, t.name)
	}
	st.Paths = s.paths(ctx, tools, state)
	if st.Running || !t.embedded {
		st.Stacks = s.stackStatus(project.Name, t)
	}
	return st, nil
}

// embeddedStatus fills in the emulator, and returns the world that the state describes if it is the emulator's.
func (s *Session) embeddedStatus(ctx context.Context, st *Status) world {
	e := s.emulators.live(ctx, s.Checkout.EmulatorRecord())
	if e == nil {
		return world{}
	}
	st.Running, st.Endpoint, st.Instance, st.PID = true, e.Endpoint, e.Instance, e.PID
	if !e.Started.IsZero() {
		st.Started = &e.Started
	}
	st.Account = AccountID
	if w := s.readWorld(); w.Instance == e.Instance {
		return w
	}
	return world{}
}

// endpointStatus reports whether an endpoint of the user's answers at all.
func (s *Session) endpointStatus(ctx context.Context, st *Status) bool {
	if h, err := s.emulators.health(ctx, st.Endpoint); err == nil {
		st.Instance, st.Account = h.Instance, h.Account
		return true
	}
	return s.emulators.answers(ctx, st.Endpoint) == nil
}

func (s *Session) stackStatus(project string, t target) []StackStatus {
	list := []StackStatus{}
	for kind, stacks := range s.deployed(project, t) {
		b := backend{s.Checkout.StateDir(kind, t.name)}
		for _, name := range stacks {
			state, err := b.state(project, name)
			if err != nil {
				continue
			}
			list = append(list, StackStatus{Name: name, Resources: state.Resources, Interrupted: len(state.Pending) > 0})
		}
	}
	slices.SortFunc(list, func(a, b StackStatus) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return list
}

func (s *Session) paths(_ context.Context, tools Toolchain, state string) Paths {
	p := Paths{
		State: state, Log: s.Checkout.EmulatorLog(), EngineLog: s.Checkout.EngineLog(), PolicyRecord: s.Checkout.PolicyRecord(),
		Engine: tools.Engine, Provider: tools.Provider, Python: tools.Python,
	}
	if cache, err := FindCache(s.System); err == nil {
		p.Cache = cache.Root
	}
	return p
}
