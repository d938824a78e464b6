package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// fakeMachine is a machine of which only these programs, this disk and these ports exist.
type fakeMachine struct {
	mu sync.Mutex
	// vars is the environment.
	vars map[string]string
	// programs by the name with which PATH finds them.
	programs map[string]fakeProgram
	// free bytes, by folder prefix; the longest prefix counts.
	free map[string]uint64
	// taken ports; processes by id.
	taken     map[int]bool
	processes map[int]string
	// offline is why downloads do not work; nil lets them.
	offline error
	asked   []string // what Reachable was asked
	now     time.Time
	ran     []string

	goVersion, goArch string
}

// fakeProgram answers a command line.
type fakeProgram func(args []string, c Command) error

func newMachine(t *testing.T) *fakeMachine {
	t.Helper()
	home := t.TempDir()
	m := &fakeMachine{
		vars:      map[string]string{"HOME": home, "BULWARK_CACHE": filepath.Join(home, "cache"), "PATH": "/usr/bin"},
		programs:  map[string]fakeProgram{},
		free:      map[string]uint64{"/": 100 * gigabyte},
		taken:     map[int]bool{},
		processes: map[int]string{},
		now:       time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC),
		goVersion: "go1.26.8", goArch: "amd64",
	}
	m.programs["go"] = m.goTool
	m.programs["git"] = says("git version 2.47.0")
	m.programs["make"] = says("GNU Make 4.4")
	m.programs["python3.12"] = says("3.12.1||/usr/bin/python3.12")
	return m
}

func (m *fakeMachine) system() System {
	return System{
		Environ: func() []string {
			var list []string
			for name, value := range m.vars {
				list = append(list, name+"="+value)
			}
			return list
		},
		LookPath: func(name string) (string, error) {
			if _, ok := m.programs[name]; ok {
				return "/usr/bin/" + name, nil
			}
			return "", &exec.Error{Name: name, Err: exec.ErrNotFound}
		},
		Run:      m.run,
		Disk:     m.disk,
		PortFree: func(port int) bool { return !m.taken[port] },
		Reachable: func(_ context.Context, url string) error {
			m.asked = append(m.asked, url)
			return m.offline
		},
		CommandLine: func(pid int) string { return m.processes[pid] },
		Now:         func() time.Time { return m.now },
	}
}

func (m *fakeMachine) run(ctx context.Context, c Command) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	name := filepath.Base(c.Name)
	m.mu.Lock()
	m.ran = append(m.ran, name+" "+strings.Join(c.Args, " "))
	program, ok := m.programs[name]
	m.mu.Unlock()
	if c.Stdout == nil {
		c.Stdout = io.Discard
	}
	if c.Stderr == nil {
		c.Stderr = io.Discard
	}
	if !ok {
		return fmt.Errorf("no program %s", c.Name)
	}
	return program(c.Args, c)
}

func (m *fakeMachine) disk(dir string) (free, device uint64, err error) {
	best := ""
	for prefix := range m.free {
		if strings.HasPrefix(dir, prefix) && len(prefix) >= len(best) {
			best = prefix
		}
	}
	for i, r := range best {
		device = device*31 + uint64(r) + uint64(i)
	}
	return m.free[best], device, nil
}

// says is a program that prints a line.
func says(line string) fakeProgram {
	return func(_ []string, c Command) error {
		_, err := fmt.Fprintln(c.Stdout, line)
		return err
	}
}

// fails is a program that prints a line on stderr and fails.
func fails(code int, line string) fakeProgram {
	return func(_ []string, c Command) error {
		fmt.Fprintln(c.Stderr, line)
		return &ExitError{Program: "fake", Code: code}
	}
}

// goTool is a go command that "builds" by writing the output file.
func (m *fakeMachine) goTool(args []string, c Command) error {
	switch args[0] {
	case "env":
		raw, err := json.Marshal(map[string]string{
			"GOVERSION": m.goVersion, "GOOS": "linux", "GOARCH": m.goArch,
			"GOCACHE": filepath.Join(m.vars["HOME"], "gocache"), "GOMODCACHE": filepath.Join(m.vars["HOME"], "gomod"),
		})
		if err != nil {
			return err
		}
		_, err = c.Stdout.Write(raw)
		return err
	case "build":
		return writeFile(flagValue(args, "-o"), []byte("engine"))
	case "run":
		fmt.Fprintln(c.Stderr, "step: compile")
		return writeFile(filepath.Join(flagValue(args, "-o"), providerBinary), []byte("provider"))
	}
	return errors.New("unexpected: go " + strings.Join(args, " "))
}

func flagValue(args []string, name string) string {
	for i := range args {
		if args[i] == name {
			return args[i+1]
		}
	}
	return ""
}

// count says how often a command line beginning like this was run.
func (m *fakeMachine) count(prefix string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, line := range m.ran {
		if strings.HasPrefix(line, prefix) {
			n++
		}
	}
	return n
}

// withVenv makes python3.12 able to make environments, and their python to install.
func (m *fakeMachine) withVenv() {
	m.programs["python3.12"] = func(args []string, c Command) error {
		if args[0] == "-m" && args[1] == "venv" {
			return writeFile(filepath.Join(args[2], "bin", "python"), []byte("python"))
		}
		return says("3.12.1||/usr/bin/python3.12")(args, c)
	}
	m.programs["python"] = says("installed")
}

// newCheckout is a checkout with the files that the sandbox reads.
func newCheckout(t *testing.T) Checkout {
	t.Helper()
	root := t.TempDir()
	for path, text := range map[string]string{
		"go.mod":                            "module example\n\ngo 1.26.6\n",
		"Pulumi.yaml":                       "name: bulwark\nruntime: go\nbackend:\n  url: s3://real\nconfig:\n  lifecycle:\n    type: string\n    default: permanent\n",
		"Pulumi.dev.yaml":                   "# comment\nconfig:\n  aws:region: eu-west-1\n  bulwark:lifecycle: disposable\n",
		"Pulumi.prod.yaml":                  "config:\n  aws:region: eu-central-1\n",
		"sandbox/engine/go.mod":             "module engine\n",
		"sandbox/engine/go.sum":             "sum\n",
		"sandbox/awsprovider/go.mod":        "module awsprovider\n",
		"sandbox/emulator/requirements.txt": "# comment\nmoto[server]==5.2.5 \\\n    --hash=sha256:00\n",
	} {
		require.NoError(t, writeFile(filepath.Join(root, path), []byte(text)))
	}
	return Checkout{Root: root}
}

// withEngine puts a pulumi of this version into PATH. Plugins that it installs appear in PULUMI_HOME.
func (m *fakeMachine) withEngine(version string) {
	m.programs["pulumi"] = func(args []string, c Command) error {
		if args[0] == "version" {
			return says(version)(args, c)
		}
		for _, entry := range c.Env {
			if home, ok := strings.CutPrefix(entry, "PULUMI_HOME="); ok {
				return writeFile(officialPlugin(home), []byte("provider"))
			}
		}
		return errors.New("no PULUMI_HOME")
	}
}

// officialPlugin is where the engine keeps the official AWS provider.
func officialPlugin(home string) string {
	return filepath.Join(home, "plugins", "resource-aws-v"+providerVersion, providerBinary)
}

// toolBench is a machine and a checkout, for tests of the toolchain.
type toolBench struct {
	*fakeMachine
	options ToolchainOptions
	events  *recorder
}

// newToolBench has everything that a toolchain is made with, and nothing made.
func newToolBench(t *testing.T) *toolBench {
	t.Helper()
	b := &toolBench{fakeMachine: newMachine(t), events: &recorder{}}
	b.withVenv()
	b.options = ToolchainOptions{
		Checkout: newCheckout(t), Provider: ProviderSource, System: b.system(), Report: b.events.report,
	}
	return b
}

// tools are the tools of one call.
func (b *toolBench) tools(t *testing.T) *tools {
	t.Helper()
	tools, err := newTools(t.Context(), b.options)
	require.NoError(t, err)
	return tools
}

// write changes a file of the checkout.
func (b *toolBench) write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, writeFile(filepath.Join(b.options.Checkout.Root, path), []byte(text)))
}

// recorder keeps events.
type recorder struct {
	mu     sync.Mutex
	events []Event
}

func (r *recorder) report(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, e)
}

// notices are the texts of all notices.
func (r *recorder) notices() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []string
	for _, e := range r.events {
		if e.State == Notice {
			all = append(all, e.Text)
		}
	}
	return strings.Join(all, "\n")
}

// ended tells how a step ended; ok is false for one that never did.
func (r *recorder) ended(step string) (state StepState, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.events {
		if e.Step == step && (e.State == StepDone || e.State == StepSkipped || e.State == StepFailed) {
			state, ok = e.State, true
		}
	}
	return state, ok
}

// fakeEmulators is a set of emulators of which at most one runs.
type fakeEmulators struct {
	running *Emulator
	// hung runs, and does not answer.
	hung    *Emulator
	started int
	stopped int
	resets  int
	ports   []int
	taken   map[int]bool
	lacking []Unemulated
	broken  []Refused
	// silent are the endpoints at which nobody answers.
	silent map[string]bool
}

func (f *fakeEmulators) live(_ context.Context, record string) *Emulator {
	if e := readRecord(record); e == nil || f.running == nil || e.PID != f.running.PID {
		return nil
	}
	e := *f.running
	return &e
}

func (f *fakeEmulators) start(_ context.Context, o EmulatorOptions) (*Emulator, error) {
	f.ports = append(f.ports, o.Port)
	if f.taken[o.Port] {
		return nil, portProblem(o.Port)
	}
	f.started++
	if o.Port == 0 {
		o.Port = 45678
	}
	f.running = &Emulator{
		Endpoint: fmt.Sprintf("http://127.0.0.1:%d", o.Port), Instance: fmt.Sprintf("world-%d", f.started), PID: 1000 + f.started,
	}
	e := *f.running
	return &e, writeRecord(o.Record, &e)
}

func (f *fakeEmulators) runs(e *Emulator) bool {
	return f.hung != nil && f.hung.PID == e.PID || f.running != nil && f.running.PID == e.PID
}

func (f *fakeEmulators) stop(*Emulator) error {
	f.stopped++
	f.running, f.hung = nil, nil
	return nil
}

func (f *fakeEmulators) health(_ context.Context, endpoint string) (Health, error) {
	if f.running == nil || f.running.Endpoint != endpoint {
		return Health{}, errors.New("connection refused")
	}
	return Health{Status: "ok", Instance: f.running.Instance, Account: AccountID}, nil
}

func (f *fakeEmulators) answers(_ context.Context, endpoint string) error {
	if f.silent[endpoint] {
		return errors.New("connection refused")
	}
	return nil
}

func (f *fakeEmulators) reset(context.Context, string) error {
	f.resets++
	f.running.Instance += fmt.Sprintf("-reset-%d", f.resets)
	return nil
}

func (f *fakeEmulators) unemulated(context.Context, string) ([]Unemulated, error) {
	return f.lacking, nil
}

func (f *fakeEmulators) refused(context.Context, string) ([]Refused, error) {
	return f.broken, nil
}

// fakeEngine does what the engine does to its state files.
type fakeEngine struct {
	opened []StackOptions
	did    []string
	// up replaces what Up does; nil deploys two resources, protected as said.
	up      func(o StackOptions) (Outcome, error)
	protect bool
	// hold is called while Up is at work.
	hold func()
}

func (f *fakeEngine) open(_ context.Context, o StackOptions) (engine, error) {
	f.opened = append(f.opened, o)
	return &fakeStack{f: f, o: o}, nil
}

type fakeStack struct {
	f *fakeEngine
	o StackOptions
}

func (s *fakeStack) backend() backend { return backend{backendDir(s.o.Env)} }

func (s *fakeStack) Up(context.Context, func(string)) (Outcome, error) {
	s.f.did = append(s.f.did, "up "+s.o.Name)
	if s.f.hold != nil {
		s.f.hold()
	}
	if s.f.up != nil {
		return s.f.up(s.o)
	}
	return Outcome{
		Changes: []Change{
			{URN: "urn:1", Type: "pulumi:pulumi:Stack", Name: "s", Op: Created},
			{URN: "urn:2", Type: "aws:s3/bucketV2:BucketV2", Name: "audio", Op: Created},
			{URN: "urn:3", Type: "aws:kms/key:Key", Name: "key", Op: Created},
		},
		Outputs: map[string]Output{"bucket": {Value: "acme"}},
	}, writeState(s.backend(), s.o.Name, s.f.protect, nil)
}

func (s *fakeStack) Refresh(_ context.Context, clearPending bool, _ func(string)) (Outcome, error) {
	s.f.did = append(s.f.did, fmt.Sprintf("refresh %s clear=%v", s.o.Name, clearPending))
	return Outcome{}, nil
}

func (s *fakeStack) Destroy(context.Context, func(string)) (Outcome, error) {
	s.f.did = append(s.f.did, "destroy "+s.o.Name)
	state := s.backend().stackFile("bulwark", s.o.Name)
	return Outcome{Changes: []Change{{URN: "urn:2", Op: Deleted}, {URN: "urn:3", Op: Deleted}}},
		writeFile(state, []byte(`{"version":3,"checkpoint":{"latest":{}}}`))
}

func (s *fakeStack) Cancel(context.Context) error {
	s.f.did = append(s.f.did, "cancel "+s.o.Name)
	return os.RemoveAll(filepath.Join(s.backend().dir, ".pulumi", "locks"))
}

// writeState writes a stack of two resources as the engine would.
func writeState(b backend, stack string, protect bool, pending []string) error {
	resources := []map[string]any{
		{"urn": "urn:1", "type": "pulumi:pulumi:Stack"},
		{"urn": "urn:p", "type": "pulumi:providers:aws"},
		{"urn": "urn:2", "type": "aws:s3/bucketV2:BucketV2", "protect": protect},
		{"urn": "urn:3", "type": "aws:kms/key:Key", "protect": protect},
	}
	var operations []map[string]any
	for _, urn := range pending {
		operations = append(operations, map[string]any{"type": "creating", "resource": map[string]any{"urn": urn}})
	}
	raw, err := json.Marshal(map[string]any{"version": 3, "checkpoint": map[string]any{
		"latest": map[string]any{"resources": resources, "pending_operations": operations},
	}})
	if err != nil {
		return err
	}
	return writeFile(b.stackFile("bulwark", stack), raw)
}

// writeLock leaves an engine's lock on a stack.
func writeLock(t *testing.T, b backend, stack string, pid int) {
	t.Helper()
	host, err := os.Hostname()
	require.NoError(t, err)
	raw, err := json.Marshal(engineLock{PID: pid, Hostname: host})
	require.NoError(t, err)
	require.NoError(t, writeFile(filepath.Join(b.dir, ".pulumi", "locks", "organization", "bulwark", stack, "x.json"), raw))
}

// bench is a session in which everything is a fake.
type bench struct {
	*Session
	machine   *fakeMachine
	emulators *fakeEmulators
	engine    *fakeEngine
	events    *recorder
	kind      ProviderKind
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{
		machine: newMachine(t), emulators: &fakeEmulators{taken: map[int]bool{}}, engine: &fakeEngine{}, events: &recorder{},
		kind: ProviderSource,
	}
	b.Session = &Session{
		Checkout: newCheckout(t), System: b.machine.system(), Report: b.events.report,
		emulators: b.emulators, open: b.engine.open,
		toolchain: func(_ context.Context, o ToolchainOptions) (Toolchain, error) {
			kind := b.kind
			if o.Provider == ProviderSource || o.Provider == ProviderOfficial {
				kind = o.Provider
			}
			return Toolchain{
				Engine: "/tools/pulumi", EngineVersion: engineVersion, Provider: "/tools/aws/" + providerBinary,
				ProviderVersion: providerVersion, ProviderKind: kind, Python: "/tools/python", Moto: "5.2.5",
			}, nil
		},
	}
	return b
}

// state is the state folder of the embedded emulator.
func (b *bench) state(kind ProviderKind) backend {
	return backend{b.Checkout.StateDir(kind, embeddedTarget)}
}

func (b *bench) mustUp(t *testing.T, stack string) *UpResult {
	t.Helper()
	result, err := b.Up(t.Context(), UpOptions{Stack: stack})
	require.NoError(t, err)
	return result
}
