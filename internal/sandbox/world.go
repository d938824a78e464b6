package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// emulators is what a session asks of emulators; tests replace it.
type emulators interface {
	// live returns the recorded emulator if it still runs, else nil.
	live(ctx context.Context, record string) *Emulator
	// runs reports whether the process of a recorded emulator runs, whatever it answers.
	runs(e *Emulator) bool
	// start starts one and records it.
	start(ctx context.Context, o EmulatorOptions) (*Emulator, error)
	stop(e *Emulator) error
	health(ctx context.Context, endpoint string) (Health, error)
	reset(ctx context.Context, endpoint string) error
	unemulated(ctx context.Context, endpoint string) ([]Unemulated, error)
	// refused lists the calls that AWS's models refuse.
	refused(ctx context.Context, endpoint string) ([]Refused, error)
	// answers is nil when anybody at all speaks HTTP at an endpoint.
	answers(ctx context.Context, endpoint string) error
}

type realEmulators struct{}

func (realEmulators) live(ctx context.Context, record string) *Emulator {
	return liveEmulator(ctx, record)
}

func (realEmulators) runs(e *Emulator) bool { return e.runs() }

func (realEmulators) start(ctx context.Context, o EmulatorOptions) (*Emulator, error) {
	return StartEmulator(ctx, o)
}

func (realEmulators) stop(e *Emulator) error { return e.Stop() }

func (realEmulators) health(ctx context.Context, endpoint string) (Health, error) {
	return Admin{Endpoint: endpoint}.Health(ctx)
}

func (realEmulators) reset(ctx context.Context, endpoint string) error {
	return Admin{Endpoint: endpoint}.Reset(ctx)
}

func (realEmulators) unemulated(ctx context.Context, endpoint string) ([]Unemulated, error) {
	return Admin{Endpoint: endpoint}.Unemulated(ctx)
}

func (realEmulators) refused(ctx context.Context, endpoint string) ([]Refused, error) {
	return Admin{Endpoint: endpoint}.Refused(ctx)
}

func (realEmulators) answers(ctx context.Context, endpoint string) error {
	return answers(ctx, endpoint)
}

// world says which emulated world the embedded state describes. An emulator keeps its world in memory: with another
// instance, the state describes something that is gone.
type world struct {
	Instance string       `json:"instance"`
	Provider ProviderKind `json:"provider"`
}

func (s *Session) worldFile() string { return filepath.Join(s.Checkout.Dir(), "world.json") }

func (s *Session) readWorld() world {
	var w world
	if raw, err := os.ReadFile(s.worldFile()); err == nil && json.Unmarshal(raw, &w) != nil {
		return world{}
	}
	return w
}

func (s *Session) writeWorld(w world) error {
	raw, err := json.MarshalIndent(w, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(s.worldFile(), append(raw, '\n'))
}

// forgetWorld removes the embedded emulator's state. Nothing else is ever removed: the paths are the sandbox's own,
// below .bulwark, and end in "embedded".
func (s *Session) forgetWorld() error {
	var errs []error
	for _, kind := range kinds {
		errs = append(errs,
			os.RemoveAll(s.Checkout.StateDir(kind, embeddedTarget)),
			os.RemoveAll(filepath.Dir(s.Checkout.workDir(kind, embeddedTarget, "any"))))
	}
	errs = append(errs, removeFile(s.worldFile()))
	return errors.Join(errs...)
}

func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

// ensureEmulator returns the checkout's emulator, starting it if it does not run.
func (s *Session) ensureEmulator(ctx context.Context, tools Toolchain) (*Emulator, error) {
	var e *Emulator
	err := s.Report.step("emulator", "looking for the embedded AWS", func(detail func(string)) (outcome, error) {
		fixed, err := s.fixedPort()
		if err != nil {
			return outcome{}, err
		}
		if e = s.emulators.live(ctx, s.Checkout.EmulatorRecord()); e != nil {
			if fixed != 0 && !strings.HasSuffix(e.Endpoint, fmt.Sprintf(":%d", fixed)) {
				s.Report.Notef("the emulator runs on %s already; BULWARK_PORT=%d counts from its next start (make down, make up)", e.Endpoint, fixed)
			}
			return skipped("%s, process %d", e.Endpoint, e.PID), nil
		}
		if err := s.endHung(); err != nil {
			return outcome{}, err
		}
		detail("starting the embedded AWS (moto " + tools.Moto + ")")
		if e, err = s.startEmulator(ctx, tools, fixed); err != nil {
			return outcome{}, err
		}
		return done("%s, process %d", e.Endpoint, e.PID), nil
	})
	return e, err
}

// endHung ends a recorded emulator that runs and does not answer: nobody would remember it once another is recorded.
func (s *Session) endHung() error {
	e := readRecord(s.Checkout.EmulatorRecord())
	if e == nil || !s.emulators.runs(e) {
		return nil
	}
	if err := s.emulators.stop(e); err != nil {
		return emulatorStays(e, err)
	}
	s.Report.Notef("the emulator of an earlier run (process %d, %s) did not answer, and was ended", e.PID, e.Endpoint)
	return nil
}

// emulatorStays says what to do about an emulator that cannot be ended.
func emulatorStays(e *Emulator, err error) error {
	return &Problem{
		Kind: KindOther, Err: err,
		What: fmt.Sprintf("the emulator (process %d) cannot be stopped: %v", e.PID, err),
		Fix:  []string{fmt.Sprintf("kill %d", e.PID)},
	}
}

// startEmulator takes the fixed port or none; without one, the checkout's usual port or a free one.
func (s *Session) startEmulator(ctx context.Context, tools Toolchain, fixed int) (*Emulator, error) {
	o := EmulatorOptions{
		Python: tools.Python, Source: filepath.Join(s.Checkout.Root, "sandbox", "emulator"),
		LogFile: s.Checkout.EmulatorLog(), Port: fixed, Record: s.Checkout.EmulatorRecord(),
	}
	if fixed != 0 {
		return s.emulators.start(ctx, o)
	}
	o.Port = s.Checkout.preferredPort()
	if !s.System.PortFree(o.Port) {
		o.Port = 0
	}
	e, err := s.emulators.start(ctx, o)
	if errors.Is(err, errPortTaken) {
		// Somebody was quicker.
		o.Port = 0
		return s.emulators.start(ctx, o)
	}
	return e, err
}

// ensureWorld makes sure that the embedded state describes the emulator's world and the provider in use, and starts it
// afresh when it does not.
func (s *Session) ensureWorld(ctx context.Context, project string, e *Emulator, kind ProviderKind) error {
	w := s.readWorld()
	lost := s.lostStacks(project)
	switch {
	case w.Instance != e.Instance:
		if len(lost) > 0 {
			s.Report.Notef("the emulator was started anew and its world is empty: the sandbox's state of %s starts afresh", strings.Join(lost, ", "))
		}
		if err := s.forgetWorld(); err != nil {
			return err
		}
	case w.Provider != kind && w.Provider != "":
		if len(lost) > 0 {
			s.Report.Notef("%s was deployed with the %s provider, and its state does not fit the %s one: the sandbox starts afresh",
				strings.Join(lost, ", "), w.Provider, kind)
		}
		return s.freshWorld(ctx, e, kind)
	}
	return s.writeWorld(world{Instance: e.Instance, Provider: kind})
}

// freshWorld empties the emulator and the state that describes it.
func (s *Session) freshWorld(ctx context.Context, e *Emulator, kind ProviderKind) error {
	if err := s.emulators.reset(ctx, e.Endpoint); err != nil {
		return fmt.Errorf("empty the emulator at %s: %w", e.Endpoint, err)
	}
	health, err := s.emulators.health(ctx, e.Endpoint)
	if err != nil {
		return err
	}
	e.Instance = health.Instance
	if err := errors.Join(writeRecord(s.Checkout.EmulatorRecord(), e), s.forgetWorld()); err != nil {
		return err
	}
	return s.writeWorld(world{Instance: e.Instance, Provider: kind})
}

// lostStacks are the stacks that the embedded state says are deployed, sorted.
func (s *Session) lostStacks(project string) []string {
	var all []string
	for _, stacks := range s.deployed(project, target{name: embeddedTarget}) {
		all = append(all, stacks...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
