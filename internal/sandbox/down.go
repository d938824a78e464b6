package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// DownOptions say what to take away.
type DownOptions struct {
	Stack string
	// Discard throws the embedded emulator's whole world away instead of destroying the stack: the way for permanent
	// stacks. Refused for an endpoint that the user named.
	Discard bool
}

// DownResult is what Down did.
type DownResult struct {
	Stack string `json:"stack"`
	// Deleted counts the destroyed resources.
	Deleted int `json:"deleted"`
	// Discarded are the stacks that went with the emulator's world.
	Discarded []string `json:"discarded,omitempty"`
	// Stopped is whether the emulator was stopped; Remaining, the stacks for which it goes on.
	Stopped   bool     `json:"stopped"`
	Remaining []string `json:"remaining,omitempty"`
	Seconds   float64  `json:"seconds"`
}

// Down destroys a stack, and stops the checkout's emulator when no other stack is deployed there.
// A permanent stack is refused before anything is done.
func (s *Session) Down(ctx context.Context, o DownOptions) (*DownResult, error) {
	start := time.Now()
	if err := s.Checkout.checkStack(o.Stack); err != nil {
		return nil, err
	}
	project, err := readProject(s.Checkout, o.Stack)
	if err != nil {
		return nil, err
	}
	t, err := s.target(ctx)
	if err != nil {
		return nil, err
	}
	lock, err := s.lock("down")
	if err != nil {
		return nil, err
	}
	defer lock.Release()
	result := &DownResult{Stack: o.Stack}
	if t.embedded {
		err = s.downEmbedded(ctx, project, t, o, result)
	} else {
		err = s.downEndpoint(ctx, project, t, o, result)
	}
	result.Seconds = time.Since(start).Seconds()
	if err != nil {
		return nil, err
	}
	return result, nil
}

func (s *Session) downEmbedded(ctx context.Context, project *Project, t target, o DownOptions, result *DownResult) error {
	emulator := s.emulators.live(ctx, s.Checkout.EmulatorRecord())
	lost := s.lostStacks(project.Name)
	if emulator == nil {
		if err := s.endHung(); err != nil {
			return err
		}
		if len(lost) > 0 {
			s.Report.Notef("the emulator does not run any more, and what was deployed (%s) ended with it: the sandbox's state is removed", strings.Join(lost, ", "))
			result.Discarded = lost
		}
		return s.forgetEmulator()
	}
	w := s.readWorld()
	if w.Instance != emulator.Instance || o.Discard {
		result.Discarded = lost
		return s.stop(emulator, result)
	}
	t.endpoint = emulator.Endpoint
	if err := s.destroy(ctx, project, t, w.Provider, result); err != nil {
		return err
	}
	if result.Remaining = s.lostStacks(project.Name); len(result.Remaining) > 0 {
		return nil
	}
	return s.stop(emulator, result)
}

// downEndpoint destroys a stack at an endpoint of the user's, with the provider that it was deployed with.
func (s *Session) downEndpoint(ctx context.Context, project *Project, t target, o DownOptions, result *DownResult) error {
	if o.Discard {
		return &Problem{
			Kind: KindRefused,
			What: fmt.Sprintf("what is deployed at %s is not the sandbox's to throw away: AWS_ENDPOINT_URL names it", t.endpoint),
			Fix: []string{
				fmt.Sprintf("set %s: %s in Pulumi.%s.yaml, run up, then down without discarding", lifecycleKey, lifecycleDisposable, o.Stack),
				"or unset AWS_ENDPOINT_URL to discard the embedded sandbox",
			},
		}
	}
	for _, kind := range kinds {
		if slices.Contains(s.deployed(project.Name, t)[kind], o.Stack) {
			if err := s.checkAnswers(ctx, t); err != nil {
				return err
			}
			if err := s.destroy(ctx, project, t, kind, result); err != nil {
				return err
			}
		}
	}
	return nil
}

// destroy destroys one stack, unless it is permanent.
func (s *Session) destroy(ctx context.Context, project *Project, t target, kind ProviderKind, result *DownResult) error {
	at := stackAt{project: project, target: t, backend: backend{s.Checkout.StateDir(kind, t.name)}}
	if !slices.Contains(at.backend.deployedStacks(project.Name), project.stackName) {
		return nil
	}
	state, err := at.backend.state(project.Name, project.stackName)
	if err != nil {
		return err
	}
	if err := refusePermanent(project, state, t); err != nil {
		return err
	}
	if err := project.checkSecrets(s.System); err != nil {
		return err
	}
	// Deleting needs no setting: without declarations the engine does not ask for what the stack file lacks.
	removeKey(&project.project, "config")
	if at.tools, err = s.toolchain(ctx, s.toolchainOptions(kind, t)); err != nil {
		return err
	}
	log, err := s.engineLog()
	if err != nil {
		return err
	}
	defer log.Close()
	stack, err := s.openStack(ctx, at, log)
	if err != nil {
		return err
	}
	if _, err := s.recoverStack(ctx, stack, at); err != nil {
		return err
	}
	before := s.unemulated(ctx, t.endpoint)
	err = s.Report.step("destroy", "destroying stack "+project.stackName, func(detail func(string)) (outcome, error) {
		out, err := stack.Destroy(ctx, detail)
		result.Deleted += out.Count(Deleted)
		return done("%s", Summary(out)), err
	})
	if err != nil {
		return s.explain(err, since(before, s.unemulated(ctx, t.endpoint)))
	}
	return nil
}

// refusePermanent protects a permanent stack. What counts is both what the stack file says now and what was deployed:
// a switch to disposable has to be deployed before it lifts the protection.
func refusePermanent(project *Project, state stackState, t target) error {
	discard := fmt.Sprintf("throw the embedded sandbox's world away, all its stacks included: make down STACK=%s DISCARD=1 (bulwark down --stack %s --discard)",
		project.stackName, project.stackName)
	var p *Problem
	switch {
	case project.Permanent:
		p = &Problem{
			Kind: KindRefused,
			What: fmt.Sprintf("stack %s is permanent: nothing was done (%s)", project.stackName, count(state.Resources, "resource")),
			Fix: []string{fmt.Sprintf("destroy it on purpose: set %s: %s in Pulumi.%s.yaml, run make up STACK=%s, then make down STACK=%s",
				lifecycleKey, lifecycleDisposable, project.stackName, project.stackName, project.stackName)},
		}
	case len(state.Protected) > 0:
		p = &Problem{
			Kind: KindRefused,
			What: fmt.Sprintf("stack %s was deployed as permanent: %d of its resources are still protected, nothing was done",
				project.stackName, len(state.Protected)),
			Fix: []string{fmt.Sprintf("deploy %s: %s first: make up STACK=%s, then make down STACK=%s",
				lifecycleKey, lifecycleDisposable, project.stackName, project.stackName)},
		}
	default:
		return nil
	}
	if t.embedded {
		p.Fix = append([]string{discard}, p.Fix...)
	}
	return p
}

// stop ends the emulator and forgets its world.
func (s *Session) stop(e *Emulator, result *DownResult) error {
	return s.Report.step("emulator", "stopping the embedded AWS", func(func(string)) (outcome, error) {
		if err := s.emulators.stop(e); err != nil {
			return outcome{}, emulatorStays(e, err)
		}
		result.Stopped = true
		return done("stopped"), s.forgetEmulator()
	})
}

// forgetEmulator removes the record of an emulator that does not run any more, and the state of its world.
func (s *Session) forgetEmulator() error {
	return errors.Join(removeFile(s.Checkout.EmulatorRecord()), s.forgetWorld(), removeEmpty(filepath.Join(s.Checkout.Dir(), "state")))
}

// removeEmpty removes a folder if there is nothing in it but empty folders.
func removeEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			return nil
		}
		if err := removeEmpty(filepath.Join(dir, entry.Name())); err != nil {
			return err
		}
	}
	if entries, err = os.ReadDir(dir); err != nil || len(entries) > 0 {
		return err
	}
	return os.Remove(dir)
}
