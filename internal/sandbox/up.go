package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// UpOptions say what to deploy.
type UpOptions struct {
	// Stack has a Pulumi.<Stack>.yaml.
	Stack    string
	Provider ProviderKind
}

// UpResult is what Up did, and where to look next.
type UpResult struct {
	Stack    string `json:"stack"`
	Endpoint string `json:"endpoint"`
	Embedded bool   `json:"embedded"`
	Region   string `json:"region"`
	// Created and the others count resources, without the stack itself and its providers.
	Created  int `json:"created"`
	Updated  int `json:"updated"`
	Replaced int `json:"replaced"`
	Deleted  int `json:"deleted"`
	// Total is what the stack holds now.
	Total   int      `json:"total"`
	Changes []Change `json:"changes"`

	Outputs    map[string]Output `json:"outputs"`
	Warnings   []string          `json:"warnings,omitempty"`
	Advisories []Advisory        `json:"advisories,omitempty"`
	Unemulated []Unemulated      `json:"unemulated,omitempty"`
	Seconds    float64           `json:"seconds"`
	Paths      Paths             `json:"paths"`
}

// Up deploys a stack in the sandbox: the toolchain, the emulator, the stack. It recovers from whatever an earlier run
// left behind.
func (s *Session) Up(ctx context.Context, o UpOptions) (*UpResult, error) {
	start := time.Now()
	if err := s.Checkout.checkStack(o.Stack); err != nil {
		return nil, err
	}
	project, err := readProject(s.Checkout, o.Stack)
	if err != nil {
		return nil, err
	}
	if err := project.checkSettings(s.System, s.CheckSettings); err != nil {
		return nil, err
	}
	t, err := s.target(ctx)
	if err != nil {
		return nil, err
	}
	lock, err := s.lock("up")
	if err != nil {
		return nil, err
	}
	defer lock.Release()
	kind := s.settledKind(ctx, project, t, o.Provider)
	if err := s.preflight(ctx, kind); err != nil {
		return nil, err
	}
	tools, err := s.toolchain(ctx, s.toolchainOptions(kind, t))
	if err != nil {
		return nil, err
	}
	at := stackAt{project: project, tools: tools, target: t}
	at.backend = backend{s.Checkout.StateDir(tools.ProviderKind, t.name)}
	var emulator *Emulator
	if t.embedded {
		if emulator, err = s.ensureEmulator(ctx, tools); err != nil {
			return nil, err
		}
		if err := s.ensureWorld(ctx, project.Name, emulator, tools.ProviderKind); err != nil {
			return nil, err
		}
		at.target.endpoint = emulator.Endpoint
	}
	if s.policyPack != nil {
		pack, err := s.policyPack(ctx)
		if err != nil {
			return nil, err
		}
		at.packs = []string{pack}
	}
	log, err := s.engineLog()
	if err != nil {
		return nil, err
	}
	defer log.Close()
	before, refused := s.unemulated(ctx, at.target.endpoint), s.refused(ctx, at.target.endpoint)
	out, err := s.deploy(ctx, at, emulator, log)
	unemulated := since(before, s.unemulated(ctx, at.target.endpoint))
	s.tellRefused(ctx, at.target.endpoint, len(refused))
	if err != nil {
		return nil, s.explain(err, unemulated)
	}
	return s.upResult(ctx, at, out, unemulated, time.Since(start))
}

// settledKind keeps to the provider that a running world or a stack at an endpoint was deployed with, unless the user
// names one: the official plugin turning up must not throw a world away, nor deploy a second time beside it.
func (s *Session) settledKind(ctx context.Context, project *Project, t target, kind ProviderKind) ProviderKind {
	if kind != "" && kind != ProviderAuto {
		return kind
	}
	if !t.embedded {
		for found, stacks := range s.deployed(project.Name, t) {
			if slices.Contains(stacks, project.stackName) {
				kind = found
			}
		}
		return kind
	}
	w := s.readWorld()
	if e := s.emulators.live(ctx, s.Checkout.EmulatorRecord()); e == nil || e.Instance != w.Instance {
		return kind
	}
	return w.Provider
}

// deploy opens the stack, recovers it, and brings it up.
func (s *Session) deploy(ctx context.Context, at stackAt, emulator *Emulator, log io.Writer) (Outcome, error) {
	stack, err := s.openStack(ctx, at, log)
	if err != nil {
		return Outcome{}, err
	}
	pending, err := s.recoverStack(ctx, stack, at)
	if err != nil {
		return Outcome{}, err
	}
	out, err := s.runUp(ctx, stack, at)
	if err == nil || emulator == nil || !leftOver(pending, out) {
		return out, err
	}
	s.Report.Notef("the engine was cut off between making something and noting it: the embedded sandbox starts afresh")
	if err := s.freshWorld(ctx, emulator, at.tools.ProviderKind); err != nil {
		return out, err
	}
	if stack, err = s.openStack(ctx, at, log); err != nil {
		return out, err
	}
	return s.runUp(ctx, stack, at)
}

func (s *Session) runUp(ctx context.Context, stack engine, at stackAt) (out Outcome, err error) {
	err = s.Report.step("deploy", "deploying stack "+at.project.stackName, func(detail func(string)) (outcome, error) {
		if out, err = stack.Up(ctx, detail); err != nil {
			return outcome{}, err
		}
		return done("%s", Summary(out)), nil
	})
	return out, err
}

// Summary tells in a few words what a run of the engine did.
func Summary(out Outcome) string {
	text := ""
	for _, op := range []Op{Created, Updated, Replaced, Deleted} {
		if n := out.Count(op); n > 0 {
			if text != "" {
				text += ", "
			}
			text += fmt.Sprintf("%d %s", n, op)
		}
	}
	if text == "" {
		return "no changes"
	}
	return text
}

// unemulated asks the emulator what it lacks. An endpoint of somebody else's does not know the question.
func (s *Session) unemulated(ctx context.Context, endpoint string) []Unemulated {
	list, err := s.emulators.unemulated(context.WithoutCancel(ctx), endpoint)
	if err != nil {
		return nil
	}
	return list
}

// refused asks the emulator for the calls that AWS's models refuse.
func (s *Session) refused(ctx context.Context, endpoint string) []Refused {
	list, err := s.emulators.refused(context.WithoutCancel(ctx), endpoint)
	if err != nil {
		return nil
	}
	return list
}

// tellRefused names the calls that AWS's models have refused since there were so many: a provider may swallow the error
// of one, and AWS would refuse it too. An emulator that was emptied meanwhile counts from nothing.
func (s *Session) tellRefused(ctx context.Context, endpoint string, before int) {
	list := s.refused(ctx, endpoint)
	if before > len(list) {
		before = 0
	}
	for _, r := range list[before:] {
		s.Report.Notef("AWS's model of the operation refuses %s", r)
	}
}

// since takes what an emulator lacked before off what it lacks now. One that was emptied meanwhile counts from nothing.
func since(before, now []Unemulated) []Unemulated {
	var list []Unemulated
	for _, u := range now {
		for _, b := range before {
			if b.Service == u.Service && b.Operation == u.Operation && b.Count <= u.Count {
				u.Count -= b.Count
			}
		}
		if u.Count > 0 {
			list = append(list, u)
		}
	}
	return list
}

// explain adds to a failed deployment where to read on.
func (s *Session) explain(err error, unemulated []Unemulated) error {
	for _, u := range unemulated {
		s.Report.Notef("not emulated: %s", u)
	}
	var p *Problem
	if errors.As(err, &p) && p.Kind == KindDeploy {
		if len(p.Fix) == 0 {
			p.Fix = []string{"what is deployed so far stays: fix it and run the same command again"}
		}
		p.Fix = append(p.Fix, "what the engine wrote: "+s.Checkout.EngineLog())
	}
	return err
}

func (s *Session) upResult(ctx context.Context, at stackAt, out Outcome, unemulated []Unemulated, took time.Duration) (*UpResult, error) {
	state, err := at.backend.state(at.project.Name, at.project.stackName)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, c := range out.Changed() {
		if !infrastructure(c.Type) {
			changes = append(changes, c)
		}
	}
	return &UpResult{
		Stack: at.project.stackName, Endpoint: at.target.endpoint, Embedded: at.target.embedded, Region: at.project.Region,
		Created: out.Count(Created), Updated: out.Count(Updated), Replaced: out.Count(Replaced), Deleted: out.Count(Deleted),
		Total: state.Resources, Changes: changes, Outputs: out.Outputs, Warnings: out.Warnings, Advisories: out.Advisories, Unemulated: unemulated,
		Seconds: took.Seconds(), Paths: s.paths(ctx, at.tools, at.backend.dir),
	}, nil
}
