//go:build sandbox

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// These tests go through the faults that a real engine, a real provider and a real emulator can meet.

// keyProgram is a program of so many keys, one after the other.
func keyProgram(n int, protect bool) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		var before []pulumi.Resource
		for i := range n {
			key, err := kms.NewKey(ctx, fmt.Sprintf("key-%d", i), &kms.KeyArgs{Description: pulumi.String("a key")},
				pulumi.DependsOn(before), pulumi.Protect(protect))
			if err != nil {
				return err
			}
			before = []pulumi.Resource{key}
		}
		return nil
	}
}

// real is the session of a checkout of a test's own, with the tools that `make toolchain` has made.
type real struct {
	*Session
	events *recorder
}

// newReal makes the checkout; what it starts ends with the test.
func newReal(t *testing.T, root string) *real {
	t.Helper()
	if root == "" {
		root = t.TempDir()
		here, err := os.Getwd()
		require.NoError(t, err)
		require.NoError(t, os.Symlink(filepath.Join(here, "..", "..", "sandbox"), filepath.Join(root, "sandbox")))
		for name, text := range map[string]string{
			"go.mod": "module test\n", "Pulumi.yaml": "name: bulwark\nruntime: go\nconfig:\n  lifecycle:\n    type: string\n    default: permanent\n",
			"Pulumi.dev.yaml":  "config:\n  aws:region: eu-west-1\n  bulwark:lifecycle: disposable\n",
			"Pulumi.prod.yaml": "config:\n  aws:region: eu-west-1\n",
		} {
			require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o644))
		}
		t.Cleanup(func() {
			if e := liveEmulator(context.Background(), Checkout{Root: root}.EmulatorRecord()); e != nil {
				assert.NoError(t, e.Stop())
			}
		})
	}
	r := &real{events: &recorder{}}
	session, err := NewSession(root, keyProgram(3, false), r.events.report)
	require.NoError(t, err)
	session.toolchain = FindToolchain
	session.policyPack = nil // the programs are not the project's
	session.System.Environ = func() []string {
		return slices.DeleteFunc(os.Environ(), func(entry string) bool {
			return strings.HasPrefix(entry, "AWS_ENDPOINT_URL=") || strings.HasPrefix(entry, "BULWARK_PORT=")
		})
	}
	r.Session = session
	return r
}

func providerOfTest() ProviderKind {
	if kind := os.Getenv("BULWARK_PROVIDER"); kind != "" {
		return ProviderKind(kind)
	}
	return ProviderAuto
}

func (r *real) up(ctx context.Context, stack string) (*UpResult, error) {
	return r.Up(ctx, UpOptions{Stack: stack, Provider: providerOfTest()})
}

func (r *real) mustUp(t *testing.T, stack string) *UpResult {
	t.Helper()
	result, err := r.up(t.Context(), stack)
	require.NoError(t, err)
	return result
}

// emulator is the checkout's emulator, which has to run.
func (r *real) emulator(t *testing.T) *Emulator {
	t.Helper()
	e := liveEmulator(t.Context(), r.Checkout.EmulatorRecord())
	require.NotNil(t, e)
	return e
}

// slowly starts the emulator and makes it take its time over every key.
func (r *real) slowly(t *testing.T) {
	t.Helper()
	program := r.Program
	r.Program = keyProgram(0, false)
	r.mustUp(t, "dev")
	r.Program = program
	_, err := r.emulator(t).Admin().InjectFault(t.Context(), Fault{Service: "kms", Operation: "CreateKey", DelayMs: 1500})
	require.NoError(t, err)
}

// atWork waits until the engine has begun to make a key of stack dev, and returns the engine's process id.
func (r *real) atWork(t *testing.T) int {
	t.Helper()
	for range 600 {
		for _, kind := range kinds {
			b := backend{r.Checkout.StateDir(kind, embeddedTarget)}
			state, err := b.state("bulwark", "dev")
			locks := b.locks("bulwark", "dev")
			if err == nil && len(state.Pending) > 0 && len(locks) > 0 {
				return locks[0].PID
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the engine does not begin")
	return 0
}

// finished asserts that what was cut off is in order now: deployed as a whole, and nothing to do.
func (r *real) finished(t *testing.T) {
	t.Helper()
	require.NoError(t, r.emulator(t).Admin().ClearFaults(t.Context(), ""))
	assert.Equal(t, 3, r.mustUp(t, "dev").Total)
	again := r.mustUp(t, "dev")
	assert.Equal(t, 3, again.Total)
	assert.Empty(t, again.Changes)
}

func TestEngineIsKilled(t *testing.T) {
	r := newReal(t, "")
	r.slowly(t)
	go func() { _ = kill(r.atWork(t)) }()
	_, err := r.up(t.Context(), "dev")
	assert.Equal(t, KindDeploy, KindOf(err))
	assert.ErrorContains(t, err, "the engine ended before its work was done (signal: killed)")
	assert.ErrorContains(t, err, "run the same command again")

	st, err := r.Status(t.Context(), "dev")
	require.NoError(t, err)
	require.Len(t, st.Stacks, 1)
	assert.True(t, st.Stacks[0].Interrupted)

	r.finished(t)
	assert.Contains(t, r.events.notices(), "its lock on stack dev is removed")
	assert.Contains(t, r.events.notices(), "the engine was cut off with 1 operation under way")
}

func TestUpIsInterrupted(t *testing.T) {
	r := newReal(t, "")
	r.slowly(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		r.atWork(t)
		cancel()
	}()
	_, err := r.up(ctx, "dev")
	assert.ErrorIs(t, err, context.Canceled)
	st, err := r.Status(t.Context(), "dev")
	require.NoError(t, err)
	for _, stack := range st.Stacks {
		assert.False(t, stack.Interrupted, "the engine was given the time to put everything down")
	}
	r.finished(t)
	assert.Empty(t, r.events.notices())
}

// TestCommandIsKilled kills the process that drives the engine, which then has nobody to ask any more.
func TestCommandIsKilled(t *testing.T) {
	const variable = "BULWARK_TEST_UP"
	if root := os.Getenv(variable); root != "" {
		_, err := newReal(t, root).up(t.Context(), "dev")
		require.NoError(t, err)
		return
	}
	r := newReal(t, "")
	r.slowly(t)
	command := exec.Command(os.Args[0], "-test.run", "^TestCommandIsKilled$")
	command.Env = append(os.Environ(), variable+"="+r.Checkout.Root)
	require.NoError(t, command.Start())
	engine := r.atWork(t)
	require.NotEmpty(t, plugins(engine), "the provider is at work")
	require.NoError(t, command.Process.Kill())
	require.Error(t, command.Wait())
	r.finished(t)
	assert.Contains(t, r.events.notices(), "cut off")
	assert.Empty(t, plugins(engine), "the provider of the killed command would run for ever")
	assert.NoFileExists(t, r.Checkout.engineRecord())
}

// plugins are the programs that an engine has started and that still run.
func plugins(engine int) []string {
	var list []string
	for _, pid := range processes() {
		if line := commandLineOf(pid); pid != engine && sessionOf(pid) == engine && enginesProcess(line) {
			list = append(list, line)
		}
	}
	return list
}

func TestEmulatorIsKilled(t *testing.T) {
	r := newReal(t, "")
	r.mustUp(t, "dev")
	first := r.emulator(t)
	require.NoError(t, kill(first.PID))
	require.Eventually(t, func() bool { return !first.runs() }, 10*time.Second, 10*time.Millisecond)
	st, err := r.Status(t.Context(), "dev")
	require.NoError(t, err)
	assert.False(t, st.Running)
	assert.Empty(t, st.Stacks)

	assert.Equal(t, 3, r.mustUp(t, "dev").Created)
	assert.Contains(t, r.events.notices(), "its world is empty: the sandbox's state of dev starts afresh")
	assert.NotEqual(t, first.Instance, r.emulator(t).Instance)

	// Emptied, it is another one, too.
	require.NoError(t, r.emulator(t).Admin().Reset(t.Context()))
	assert.Equal(t, 3, r.mustUp(t, "dev").Created)

	down, err := r.Down(t.Context(), DownOptions{Stack: "dev"})
	require.NoError(t, err)
	assert.Equal(t, 3, down.Deleted)
	assert.True(t, down.Stopped)
	assert.Nil(t, liveEmulator(t.Context(), r.Checkout.EmulatorRecord()))
}

func TestPermanentStack(t *testing.T) {
	r := newReal(t, "")
	r.Program = keyProgram(1, true)
	r.mustUp(t, "prod")
	_, err := r.Down(t.Context(), DownOptions{Stack: "prod"})
	assert.Equal(t, KindRefused, KindOf(err))

	// The way that a real stack goes: the switch, deployed, and only then down.
	file := filepath.Join(r.Checkout.Root, "Pulumi.prod.yaml")
	require.NoError(t, os.WriteFile(file, []byte("config:\n  aws:region: eu-west-1\n  bulwark:lifecycle: disposable\n"), 0o644))
	_, err = r.Down(t.Context(), DownOptions{Stack: "prod"})
	assert.ErrorContains(t, err, "1 of its resources are still protected")
	r.Program = keyProgram(1, false)
	r.mustUp(t, "prod")
	down, err := r.Down(t.Context(), DownOptions{Stack: "prod"})
	require.NoError(t, err)
	assert.Equal(t, 1, down.Deleted)
}

func TestCheckoutsAtTheSameTime(t *testing.T) {
	all := []*real{newReal(t, ""), newReal(t, "")}
	var wait sync.WaitGroup
	results, errs := make([]*UpResult, len(all)), make([]error, len(all))
	for i, r := range all {
		wait.Go(func() { results[i], errs[i] = r.up(t.Context(), "dev") })
	}
	wait.Wait()
	require.NoError(t, errors.Join(errs...))
	assert.NotEqual(t, results[0].Endpoint, results[1].Endpoint)
	_, err := all[0].Down(t.Context(), DownOptions{Stack: "dev"})
	require.NoError(t, err)
	assert.Empty(t, all[1].mustUp(t, "dev").Changes, "the other one is as it was")
}

// TestEndpointOfTheUsers: somebody else's emulator is used, and neither started nor stopped nor forgotten.
func TestEndpointOfTheUsers(t *testing.T) {
	r := newReal(t, "")
	r.mustUp(t, "dev")
	tools, err := FindToolchain(t.Context(), r.toolchainOptions(providerOfTest(), target{embedded: true}))
	require.NoError(t, err)
	theirs, err := StartEmulator(t.Context(), EmulatorOptions{
		Python: tools.Python, Source: filepath.Join(r.Checkout.Root, "sandbox", "emulator"), LogFile: filepath.Join(t.TempDir(), "log"), Attached: true,
	})
	require.NoError(t, err)
	defer func() { assert.NoError(t, theirs.Stop()) }()

	embedded, environ := r.emulator(t), r.System.Environ
	r.System.Environ = func() []string { return append(environ(), "AWS_ENDPOINT_URL="+theirs.Endpoint) }
	up := r.mustUp(t, "dev")
	assert.Equal(t, 3, up.Created, "another endpoint, another state")
	assert.False(t, up.Embedded)
	down, err := r.Down(t.Context(), DownOptions{Stack: "dev"})
	require.NoError(t, err)
	assert.Equal(t, 3, down.Deleted)
	health, err := theirs.Admin().Health(t.Context())
	require.NoError(t, err, "it goes on")
	assert.Equal(t, theirs.Instance, health.Instance)

	r.System.Environ = environ
	assert.Equal(t, embedded.Instance, r.emulator(t).Instance)
	assert.Empty(t, r.mustUp(t, "dev").Changes)
}

func TestPortOfAnotherProgram(t *testing.T) {
	r := newReal(t, "")
	r.mustUp(t, "dev")
	taken := r.emulator(t)
	tools, err := FindToolchain(t.Context(), r.toolchainOptions(providerOfTest(), target{embedded: true}))
	require.NoError(t, err)
	var port int
	_, err = fmt.Sscanf(taken.Endpoint, "http://127.0.0.1:%d", &port)
	require.NoError(t, err)
	_, err = StartEmulator(t.Context(), EmulatorOptions{
		Python: tools.Python, Source: filepath.Join(r.Checkout.Root, "sandbox", "emulator"), LogFile: filepath.Join(t.TempDir(), "log"), Port: port,
	})
	assert.ErrorIs(t, err, errPortTaken)
	assert.ErrorContains(t, err, fmt.Sprintf("port %d of 127.0.0.1 is taken", port))
}
