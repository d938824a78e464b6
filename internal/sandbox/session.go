package sandbox

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// embeddedTarget is the state folder of the sandbox's own emulator.
const embeddedTarget = "embedded"

// Session is one checkout's sandbox, for one command: Up, Down, Status, Doctor, Toolchain.
type Session struct {
	Checkout Checkout
	System   System
	// Report receives progress and notices; nil drops them.
	Report Reporter
	// Program is what a stack consists of. Up needs it.
	Program pulumi.RunFunc
	// CheckSettings says what the program would of a stack's settings (full names, values as text); Up asks it first.
	// nil leaves it to the program, when the engine runs it.
	CheckSettings func(project, stack string, settings map[string]string) error

	// What tests replace.
	toolchain func(context.Context, ToolchainOptions) (Toolchain, error)
	emulators emulators
	open      func(context.Context, StackOptions) (engine, error)
	// policyPack returns the path of the policy pack; nil checks by none.
	policyPack func(context.Context) (string, error)
}

// engine is what a session asks of the engine; *Stack is the real one.
type engine interface {
	Up(ctx context.Context, progress func(string)) (Outcome, error)
	Refresh(ctx context.Context, clearPending bool, progress func(string)) (Outcome, error)
	Destroy(ctx context.Context, progress func(string)) (Outcome, error)
	Cancel(ctx context.Context) error
}

// NewSession returns the session of the checkout that holds dir.
func NewSession(dir string, program pulumi.RunFunc, report Reporter) (*Session, error) {
	checkout, err := FindCheckout(dir)
	if err != nil {
		return nil, err
	}
	s := &Session{
		Checkout: checkout, System: RealSystem(), Report: report, Program: program,
		toolchain: EnsureToolchain,
		emulators: realEmulators{},
		open: func(ctx context.Context, o StackOptions) (engine, error) {
			return OpenStack(ctx, o)
		},
	}
	s.policyPack = s.buildPolicyPack
	return s, nil
}

// target is where AWS is.
type target struct {
	// Name of the state folder.
	name string
	// endpoint that the user named; empty for the embedded emulator until that runs.
	endpoint string
	embedded bool
}

func (s *Session) target(ctx context.Context) (target, error) {
	endpoint := strings.TrimRight(s.System.env("AWS_ENDPOINT_URL"), "/")
	if endpoint == "" {
		return target{name: embeddedTarget, embedded: true}, nil
	}
	// Whoever exports the endpoint of the running sandbox, for the AWS command line say, means the sandbox.
	if e := s.emulators.live(ctx, s.Checkout.EmulatorRecord()); e != nil {
		if there, err := s.emulators.health(ctx, endpoint); err == nil && there.Instance == e.Instance {
			return target{name: embeddedTarget, embedded: true}, nil
		}
	}
	return target{name: targetName(endpoint), endpoint: endpoint}, checkEndpoint(endpoint)
}

// checkAnswers refuses an endpoint of the user's where nobody answers, before an engine waits for it.
func (s *Session) checkAnswers(ctx context.Context, t target) error {
	err := s.emulators.answers(ctx, t.endpoint)
	if err == nil {
		return nil
	}
	return &Problem{
		Kind: KindMissing, Err: err,
		What: fmt.Sprintf("nothing answers at %s, which AWS_ENDPOINT_URL names: %v", t.endpoint, err),
		Fix:  []string{"start it, or correct the address", "or unset AWS_ENDPOINT_URL, and the embedded emulator is used"},
	}
}

// lock keeps two commands from changing one checkout's sandbox at once.
func (s *Session) lock(what string) (*heldLock, error) {
	lock, other, err := takeLock(s.Checkout.lockFile(), what, s.System.Now())
	if err != nil {
		return nil, &Problem{
			Kind: KindMissing, Err: err,
			What: fmt.Sprintf("cannot write to %s: %v", s.Checkout.Dir(), err),
			Fix:  []string{"make the checkout writable"},
		}
	}
	if lock == nil {
		return nil, &Problem{
			Kind: KindBusy,
			What: fmt.Sprintf("another `bulwark %s` is at work in this checkout (process %d, since %s)",
				other.What, other.PID, other.Started.Local().Format(time.TimeOnly)),
			Fix: []string{"wait for it to end; `bulwark status` tells what runs"},
		}
	}
	if err := s.endLeftOvers(); err != nil {
		lock.Release()
		return nil, err
	}
	return lock, nil
}

// fixedPort is BULWARK_PORT; 0 when it is not set.
func (s *Session) fixedPort() (int, error) {
	text := s.System.env("BULWARK_PORT")
	if text == "" {
		return 0, nil
	}
	port, err := strconv.Atoi(text)
	if err != nil || port < 1 || port > 65535 {
		return 0, &Problem{
			Kind: KindUsage,
			What: fmt.Sprintf("BULWARK_PORT is %q, and that is no port", text),
			Fix:  []string{"set it to a number from 1 to 65535, or leave it unset and a free port is taken"},
		}
	}
	return port, nil
}

func (s *Session) toolchainOptions(kind ProviderKind, t target) ToolchainOptions {
	return ToolchainOptions{
		Checkout: s.Checkout, Provider: kind, System: s.System, Report: s.Report, NoEmulator: !t.embedded,
	}
}

// Toolchain makes whatever is missing, and returns where everything is.
func (s *Session) Toolchain(ctx context.Context, kind ProviderKind) (Toolchain, error) {
	t, err := s.target(ctx)
	if err != nil {
		return Toolchain{}, err
	}
	return s.toolchain(ctx, s.toolchainOptions(kind, t))
}

// stackAt is one stack at one target, ready to be opened.
type stackAt struct {
	project *Project
	tools   Toolchain
	target  target
	backend backend
	// packs are the policy packs that check it.
	packs []string
}

// openStack writes the engine's copies of the files and opens the stack.
func (s *Session) openStack(ctx context.Context, at stackAt, log io.Writer) (engine, error) {
	work := s.Checkout.workDir(at.tools.ProviderKind, at.target.name, at.project.stackName)
	if err := at.project.writeCopies(work); err != nil {
		return nil, err
	}
	cache, err := FindCache(s.System)
	if err != nil {
		return nil, err
	}
	bulwarks := at.target.embedded
	if !bulwarks {
		_, err := s.emulators.health(ctx, at.target.endpoint)
		bulwarks = err == nil
	}
	env := EngineEnvironment(EnvironmentOptions{
		Base: s.System.Environ(), Endpoint: at.target.endpoint, Embedded: at.target.embedded, BulwarkEmulator: bulwarks,
		Region: at.project.Region, Backend: at.backend.dir, PulumiHome: cache.pulumiHome(),
		Engine: at.tools.Engine, Provider: at.tools.Provider, Passphrase: at.project.passphrase,
	})
	if err := s.withPolicies(env, at.project.stackName); err != nil {
		return nil, err
	}
	return s.open(ctx, StackOptions{
		Engine: at.tools.Engine, EngineVersion: at.tools.EngineVersion, Env: env, WorkDir: work,
		Name: at.project.stackName, Program: s.Program, PolicyPacks: at.packs, Log: log, Record: s.Checkout.engineRecord(),
	})
}

// engineLog starts the engine's log anew: it tells of the last run only.
func (s *Session) engineLog() (*os.File, error) {
	path := s.Checkout.EngineLog()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	return os.Create(path)
}

// kinds are the kinds of provider that a state may belong to.
var kinds = []ProviderKind{ProviderOfficial, ProviderSource}

// deployed lists the stacks that hold resources at a target, whatever provider they were deployed with.
func (s *Session) deployed(project string, t target) map[ProviderKind][]string {
	found := map[ProviderKind][]string{}
	for _, kind := range kinds {
		if stacks := (backend{s.Checkout.StateDir(kind, t.name)}).deployedStacks(project); len(stacks) > 0 {
			found[kind] = stacks
		}
	}
	return found
}
