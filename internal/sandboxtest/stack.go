package sandboxtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// Options of a deployment. The zero value is a stack "test" of a project named after the test.
type Options struct {
	// Stack and Project name the stack; ctx.Stack() and ctx.Project() return them.
	Stack, Project string
	// Region of the stack, aws:region; empty is [DefaultRegion].
	Region string
	// Config of the stack, with full keys: "bulwark:owner".
	Config map[string]string
	// Plugins are folders with programs that the engine shall find besides its own, such as pulumi-resource-bulwark.
	Plugins []string
	// PolicyPacks are the packs, folders or built binaries, that check every preview and deployment.
	PolicyPacks []string
}

// Stack is a program at an emulator.
type Stack struct {
	env   *Env
	stack *sandbox.Stack
	dir   string
}

// Result is what one run of the engine did. The counts leave out the stack itself and its providers.
type Result struct {
	Created, Updated, Replaced, Deleted int
	// Changes are the resources that did not stay the same, with the properties that differ.
	Changes []sandbox.Change
	// Outputs of the stack, after Up.
	Outputs map[string]any
	// Warnings of engine and provider.
	Warnings []string
}

// Output returns a stack output that is a string; the test fails when it is missing or something else.
func (r Result) Output(t testing.TB, name string) string {
	t.Helper()
	value, ok := r.Outputs[name].(string)
	if !ok {
		t.Fatalf("output %s is %v (%T), want a string", name, r.Outputs[name], r.Outputs[name])
	}
	return value
}

// Deploy makes a stack of a program. Nothing happens at AWS before Up.
func (e *Env) Deploy(t testing.TB, program pulumi.RunFunc, o Options) *Stack {
	t.Helper()
	if o.Stack == "" {
		o.Stack = "test"
	}
	if o.Project == "" {
		o.Project = projectName(t.Name())
	}
	if o.Region == "" {
		o.Region = DefaultRegion
	}
	dir, err := os.MkdirTemp(shared.dir, o.Project+"-") //nolint:usetesting // It stays for whoever looks into a failure.
	if err != nil {
		t.Fatal(err)
	}
	s := &Stack{env: e, dir: dir}
	if err := s.writeFiles(o); err != nil {
		t.Fatal(err)
	}
	log := create(t, filepath.Join(dir, "engine.log"))
	events := create(t, filepath.Join(dir, "events.json"))
	env := sandbox.EngineEnvironment(sandbox.EnvironmentOptions{
		Endpoint: e.Endpoint, Embedded: true, Region: o.Region,
		Backend: filepath.Join(dir, "state"), PulumiHome: filepath.Join(dir, "home"),
		Engine: e.Tools.Engine, Provider: e.Tools.Provider,
	})
	env["PATH"] = strings.Join(append(slices.Clone(o.Plugins), env["PATH"]), string(os.PathListSeparator))
	s.stack, err = sandbox.OpenStack(t.Context(), sandbox.StackOptions{
		Engine: e.Tools.Engine, EngineVersion: e.Tools.EngineVersion, Env: env, WorkDir: dir, Name: o.Stack,
		Program: program, PolicyPacks: o.PolicyPacks, Log: log, Events: events,
	})
	if err != nil {
		t.Fatalf("%v\nfiles are in %s", err, dir)
	}
	t.Cleanup(func() {
		_ = log.Close()
		_ = events.Close()
		if t.Failed() {
			t.Logf("engine output, events and state are in %s, the emulator's log in %s", dir, filepath.Join(shared.dir, "emulator.log"))
		}
	})
	return s
}

func create(t testing.TB, path string) *os.File {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// projectName makes a project name of a test's name.
func projectName(test string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		default:
			return '-'
		}
	}, strings.TrimPrefix(test, "Test")), "-")
}

func (s *Stack) writeFiles(o Options) error {
	config := map[string]string{"aws:region": o.Region, "aws:s3UsePathStyle": "true"}
	for key, value := range o.Config {
		config[key] = value
	}
	stack, err := yaml.Marshal(map[string]any{"config": config})
	if err != nil {
		return err
	}
	project, err := yaml.Marshal(map[string]string{"name": o.Project, "runtime": "go"})
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(s.dir, "Pulumi.yaml"), project, 0o644),
		os.WriteFile(filepath.Join(s.dir, "Pulumi."+o.Stack+".yaml"), stack, 0o644),
	)
}

// Dir is the folder with everything about the stack: project and stack file, state, engine.log, events.json.
func (s *Stack) Dir() string { return s.dir }

// Up deploys the program; the test fails when that fails.
func (s *Stack) Up(t testing.TB) Result {
	t.Helper()
	result, err := s.TryUp(t.Context())
	if err != nil {
		t.Fatalf("up: %v", err)
	}
	return result
}

// TryUp deploys the program and returns the error, for tests of what goes wrong.
func (s *Stack) TryUp(ctx context.Context) (Result, error) {
	out, err := s.stack.Up(ctx, nil)
	return resultOf(out), err
}

// Preview tells what Up would do.
func (s *Stack) Preview(t testing.TB) Result {
	t.Helper()
	result, err := s.TryPreview(t.Context())
	if err != nil {
		t.Fatalf("preview: %v", err)
	}
	return result
}

// TryPreview is Preview that returns the error, for tests of what goes wrong.
func (s *Stack) TryPreview(ctx context.Context) (Result, error) {
	out, err := s.stack.Preview(ctx, nil)
	return resultOf(out), err
}

// UpUnchanged deploys the program again, and fails the test for every resource that does not stay the same, naming the
// properties that differ.
func (s *Stack) UpUnchanged(t testing.TB) Result {
	t.Helper()
	result := s.Up(t)
	for _, change := range result.Changes {
		t.Errorf("an up without changes to the program would change something:\n  %s", change)
	}
	return result
}

// Refresh reads every resource back into the state, and returns what differs.
func (s *Stack) Refresh(t testing.TB) Result {
	t.Helper()
	out, err := s.stack.Refresh(t.Context(), false, nil)
	if err != nil {
		t.Fatalf("refresh: %v", err)
	}
	return resultOf(out)
}

// RefreshUnchanged reads every resource back, and fails the test for each that differs from what was deployed.
func (s *Stack) RefreshUnchanged(t testing.TB) {
	t.Helper()
	out, err := s.stack.Refresh(t.Context(), false, nil)
	if err != nil {
		t.Fatalf("refresh: %v", err)
	}
	for _, change := range out.Changed() {
		t.Errorf("a refresh right after the deployment finds a difference:\n  %s", change)
	}
}

// Destroy destroys the stack, and fails the test when something stays in the state or when an operation was not
// emulated.
func (s *Stack) Destroy(t testing.TB) Result {
	t.Helper()
	out, err := s.stack.Destroy(t.Context(), nil)
	if err != nil {
		t.Fatalf("destroy: %v", err)
	}
	for _, resource := range s.Resources(t) {
		t.Errorf("still in the state after destroy: %s", resource.URN)
	}
	s.env.AssertEmulated(t)
	return resultOf(out)
}

// Lifecycle takes the stack through its life: up, readback by the test, a second up and a refresh that find nothing to
// do, a third up after the refresh, and destroy to nothing. readback may be nil.
func (s *Stack) Lifecycle(t testing.TB, readback func(t testing.TB, up Result)) {
	t.Helper()
	up := s.Up(t)
	if up.Created == 0 {
		t.Fatal("the program created nothing")
	}
	if readback != nil {
		readback(t, up)
	}
	s.UpUnchanged(t)
	s.RefreshUnchanged(t)
	s.UpUnchanged(t)
	if *keep {
		t.Logf("kept: %s, files in %s", s.env.Endpoint, s.dir)
		return
	}
	s.Destroy(t)
}

// Resources returns the stack's state, resource by resource.
func (s *Stack) Resources(t testing.TB) []sandbox.Resource {
	t.Helper()
	state, err := s.stack.Resources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// Unprotect lifts the protection of every resource, so that a permanent stack can be destroyed at the end of its test.
// Resources that are retained on deletion stay at the emulator; [Env.Reset] removes them.
func (s *Stack) Unprotect(t testing.TB) {
	t.Helper()
	if err := s.stack.Unprotect(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func resultOf(out sandbox.Outcome) Result {
	r := Result{
		Created: out.Count(sandbox.Created), Updated: out.Count(sandbox.Updated),
		Replaced: out.Count(sandbox.Replaced), Deleted: out.Count(sandbox.Deleted),
		Changes: out.Changed(), Warnings: out.Warnings, Outputs: map[string]any{},
	}
	for name, output := range out.Outputs {
		r.Outputs[name] = output.Value
	}
	return r
}

// String gives the counts.
func (r Result) String() string {
	return fmt.Sprintf("%d created, %d updated, %d replaced, %d deleted", r.Created, r.Updated, r.Replaced, r.Deleted)
}
