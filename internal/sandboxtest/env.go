package sandboxtest

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// DefaultRegion is the region of stacks that name none.
const DefaultRegion = "eu-west-1"

var keep = flag.Bool("keep", os.Getenv("BULWARK_KEEP") != "", "sandbox tests: leave the emulator running and what is deployed in place")

// shared is the emulator of the test binary.
var shared struct {
	once     sync.Once
	inMain   bool
	err      error
	dir      string
	tools    sandbox.Toolchain
	emulator *sandbox.Emulator
}

// Main runs the tests of a package, and ends its emulator afterwards. TestMain calls it.
func Main(m *testing.M) int {
	shared.inMain = true
	code := m.Run()
	if shared.emulator == nil {
		return code
	}
	if *keep {
		fmt.Printf("sandbox kept: %s (process %d), files in %s\n", shared.emulator.Endpoint, shared.emulator.PID, shared.dir)
		return code
	}
	if err := shared.emulator.Stop(); err != nil {
		fmt.Println("stop the emulator:", err)
		code = max(code, 1)
	}
	if code == 0 {
		if err := os.RemoveAll(shared.dir); err != nil {
			fmt.Println(err)
			return 1
		}
	}
	return code
}

// Env is the AWS of a test.
type Env struct {
	// Endpoint of the emulator.
	Endpoint string
	// Admin injects faults and lists calls.
	Admin sandbox.Admin
	// Tools are what the deployments run on.
	Tools sandbox.Toolchain
}

// New returns the package's emulator, starting it first if no test has. It fails the test with the command to run when
// a tool is missing.
func New(t testing.TB) *Env {
	t.Helper()
	if !shared.inMain {
		t.Fatal("add to the package's tests: func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }")
	}
	shared.once.Do(func() { shared.err = start(t.Context()) })
	if shared.err != nil {
		t.Fatalf("the sandbox cannot be used:\n%v", shared.err)
	}
	e := &Env{
		Endpoint: shared.emulator.Endpoint,
		Admin:    shared.emulator.Admin(),
		Tools:    shared.tools,
	}
	t.Cleanup(func() { e.assertModels(t) })
	return e
}

func start(ctx context.Context) error {
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	checkout, err := sandbox.FindCheckout(here)
	if err != nil {
		return err
	}
	kind := sandbox.ProviderAuto
	if text := os.Getenv("BULWARK_PROVIDER"); text != "" {
		if kind, err = sandbox.ParseProviderKind(text); err != nil {
			return err
		}
	}
	if shared.tools, err = sandbox.FindToolchain(ctx, sandbox.ToolchainOptions{Checkout: checkout, Provider: kind}); err != nil {
		return err
	}
	name, err := filepath.Rel(checkout.Root, here)
	if err != nil {
		return err
	}
	parent := filepath.Join(checkout.Dir(), "sandboxtest")
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	if shared.dir, err = os.MkdirTemp(parent, strings.ReplaceAll(filepath.ToSlash(name), "/", "-")+"-"); err != nil {
		return err
	}
	shared.emulator, err = sandbox.StartEmulator(ctx, sandbox.EmulatorOptions{
		Python:   shared.tools.Python,
		Source:   filepath.Join(checkout.Root, "sandbox", "emulator"),
		LogFile:  filepath.Join(shared.dir, "emulator.log"),
		Attached: !*keep,
	})
	return err
}

// Reset empties the account: resources, recorded calls, faults.
func (e *Env) Reset(t testing.TB) {
	t.Helper()
	e.assertModels(t)
	if err := e.Admin.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Fault makes requests fail until the test ends; see [sandbox.Fault].
func (e *Env) Fault(t testing.TB, f sandbox.Fault) {
	t.Helper()
	id, err := e.Admin.InjectFault(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Admin.ClearFaults(context.Background(), id); err != nil {
			t.Log("clear fault:", err)
		}
	})
}

// Outcome makes the next deployments of an ECS service end as it says; see [sandbox.DeploymentOutcome].
func (e *Env) Outcome(t testing.TB, o sandbox.DeploymentOutcome) {
	t.Helper()
	if err := e.Admin.PlayDeployment(t.Context(), o); err != nil {
		t.Fatal(err)
	}
}

// TaskCredentials returns the credentials of the role of a running task, by its id or by cluster/service.
func (e *Env) TaskCredentials(t testing.TB, task string) sandbox.TaskCredentials {
	t.Helper()
	found, err := e.Admin.TaskCredentials(t.Context(), task)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Calls returns the recorded calls of a service's operation; empty strings mean any.
func (e *Env) Calls(t testing.TB, service, operation string) []sandbox.Call {
	t.Helper()
	calls, err := e.Admin.Calls(t.Context(), service, operation)
	if err != nil {
		t.Fatal(err)
	}
	return calls
}

// Refused returns the calls that AWS's own models of the operations refuse, since it was last asked. A test that makes
// such a call on purpose asks; every other fails at its end when there was one.
func (e *Env) Refused(t testing.TB) []sandbox.Refused {
	t.Helper()
	ctx := context.Background() // A test's own context has ended when its cleanups run.
	list, err := e.Admin.Refused(ctx)
	if err == nil && len(list) > 0 {
		err = e.Admin.ForgetRefused(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// assertModels fails the test for every call that breaks AWS's models, be it the provider's or the test's own.
func (e *Env) assertModels(t testing.TB) {
	t.Helper()
	for _, r := range e.Refused(t) {
		t.Errorf("AWS's model of the operation refuses %s", r)
	}
}

// AssertEmulated fails the test for every operation that somebody asked for and that nobody emulates.
func (e *Env) AssertEmulated(t testing.TB) {
	t.Helper()
	list, err := e.Admin.Unemulated(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range list {
		t.Errorf("not emulated: %s; add it to sandbox/emulator", u)
	}
}
