//go:build linux || darwin

package sandbox

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	pluginVariable  = "BULWARK_TEST_PLUGIN"
	commandVariable = "BULWARK_TEST_COMMAND"
)

// TestPluginThatStays is the program of a provider: it goes on whatever becomes of its engine.
func TestPluginThatStays(t *testing.T) {
	file := os.Getenv(pluginVariable)
	if file == "" {
		assert.True(t, enginesProcess("/cache/provider/bin/pulumi-resource-aws 127.0.0.1:1"))
		assert.False(t, enginesProcess("/usr/bin/vim pulumi-resource-aws"))
		return
	}
	require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, "%d\n", os.Getpid()), 0o600))
	time.Sleep(time.Minute)
}

// engineScript starts a provider as the engine does, in a process group of its own, and another program besides.
func engineScript(t *testing.T, dir, then string) string {
	t.Helper()
	plugin := filepath.Join(dir, "pulumi-resource-test")
	require.NoError(t, os.Symlink(os.Args[0], plugin))
	return script(t, `set -m
`+pluginVariable+`="`+dir+`/plugin" "`+plugin+`" -test.run '^TestPluginThatStays$' >/dev/null 2>&1 &
sleep 61 >/dev/null 2>&1 &
echo $! >"`+dir+`/other"
echo $$ >"`+dir+`/engine"
while [ ! -s "`+dir+`/plugin" ]; do sleep 0.02; done
`+then)
}

// number is a process id that a script has written.
func number(t *testing.T, file string) int {
	t.Helper()
	id, err := strconv.Atoi(startedPID(t, file))
	require.NoError(t, err)
	return id
}

func assertEnds(t *testing.T, pid int, why string) {
	t.Helper()
	assert.Eventually(t, func() bool { return begun(pid) == "" }, 10*time.Second, 10*time.Millisecond, why)
}

func TestProcess(t *testing.T) {
	me := processOf(os.Getpid())
	assert.True(t, me.runs())
	assert.False(t, process{PID: me.PID, Begun: "another boot 1"}.runs(), "the same id, another process")
	assert.False(t, processOf(0).runs())
	assert.Contains(t, processes(), me.PID)

	command := exec.Command("sleep", "60")
	require.NoError(t, command.Start())
	child := processOf(command.Process.Pid)
	assert.True(t, child.runs())
	assert.Equal(t, sessionOf(me.PID), sessionOf(child.PID))
	require.NoError(t, command.Process.Kill())
	assertEnds(t, child.PID, "it has ended, although nobody has asked how")
	require.Error(t, command.Wait())
}

// TestProviderOfAKilledEngine: the engine alone is killed, and its provider ends with the run.
func TestProviderOfAKilledEngine(t *testing.T) {
	dir := t.TempDir()
	record := filepath.Join(dir, "engine.json")
	c, err := newEngineCommand(engineScript(t, dir, `kill -9 $$`), "v3.259.0", nil, nil, record)
	require.NoError(t, err)
	_, _, _, err = c.Run(t.Context(), "", nil, nil, nil, nil, "up")
	require.Error(t, err)
	assert.Equal(t, "signal: killed", c.endedBy())
	assertEnds(t, number(t, filepath.Join(dir, "plugin")), "the provider would live on")
	other := number(t, filepath.Join(dir, "other"))
	assert.NotEmpty(t, begun(other), "what is not the engine's is left alone")
	require.NoError(t, kill(other))
	assert.NoFileExists(t, record)
}

// TestLeftOversOfAKilledCommand: the command is killed with kill -9, its engine ends by itself, and the provider is ended by
// the next command, whichever that is.
func TestLeftOversOfAKilledCommand(t *testing.T) {
	if text := os.Getenv(commandVariable); text != "" {
		program, record, _ := strings.Cut(text, "|")
		c, err := newEngineCommand(program, "v3.259.0", map[string]string{"PATH": os.Getenv("PATH")}, nil, record)
		require.NoError(t, err)
		_, _, _, err = c.Run(t.Context(), "", nil, nil, nil, nil, "up")
		require.NoError(t, err)
		return
	}
	for name, next := range map[string]func(ctx context.Context, b *bench) error{
		"up": func(ctx context.Context, b *bench) error { _, err := b.Up(ctx, UpOptions{Stack: "dev"}); return err },
		"down": func(ctx context.Context, b *bench) error {
			_, err := b.Down(ctx, DownOptions{Stack: "dev"})
			return err
		},
		"status": func(ctx context.Context, b *bench) error { _, err := b.Status(ctx, "dev"); return err },
	} {
		t.Run(name, func(t *testing.T) {
			b, dir := newBench(t), t.TempDir()
			record := b.Checkout.engineRecord()
			program := engineScript(t, dir, `while [ ! -e "`+dir+`/end" ]; do sleep 0.02; done`)
			command := exec.Command(os.Args[0], "-test.run", "^TestLeftOversOfAKilledCommand$")
			command.Env = append(os.Environ(), commandVariable+"="+program+"|"+record)
			require.NoError(t, command.Start())
			plugin, other, engine := number(t, filepath.Join(dir, "plugin")), number(t, filepath.Join(dir, "other")), number(t, filepath.Join(dir, "engine"))
			require.Eventually(t, func() bool { return len(readEngines(record)) == 1 }, 10*time.Second, time.Millisecond)
			require.NoError(t, command.Process.Kill())
			require.Error(t, command.Wait())

			require.NoError(t, next(t.Context(), b))
			assert.NotEmpty(t, begun(plugin), "an engine that is still at work is left to itself")
			assert.Equal(t, []process{processOf(engine)}, readEngines(record))

			require.NoError(t, os.WriteFile(filepath.Join(dir, "end"), nil, 0o600))
			assertEnds(t, engine, "it has nothing more to do")
			require.NotEmpty(t, begun(plugin), "a provider does not end with its engine")
			require.NoError(t, next(t.Context(), b))
			assertEnds(t, plugin, "the provider of an engine that is gone")
			assert.Contains(t, b.events.notices(), "an earlier run was killed and left 1 process behind: ended")
			assert.NoFileExists(t, record)
			assert.NotEmpty(t, begun(other), "what is not the engine's is left alone")
			require.NoError(t, kill(other))
		})
	}
}

func TestLeftOversThatAreNone(t *testing.T) {
	b := newBench(t)
	record := b.Checkout.engineRecord()
	// This test's own process, under an id that an engine once had.
	require.NoError(t, noteEngine(record, process{PID: os.Getpid(), Begun: "another boot 1"}))
	b.mustUp(t, "dev")
	assert.NoFileExists(t, record)
	assert.NotContains(t, b.events.notices(), "left")

	// While another command is at work, its engine is nobody's leftover.
	require.NoError(t, noteEngine(record, process{PID: 1 << 30, Begun: "gone"}))
	lock, _, err := takeLock(b.Checkout.lockFile(), "up", time.Now())
	require.NoError(t, err)
	_, err = b.Status(t.Context(), "dev")
	require.NoError(t, err)
	assert.FileExists(t, record)
	lock.Release()
	_, err = b.Status(t.Context(), "dev")
	require.NoError(t, err)
	assert.NoFileExists(t, record)
}

func TestEngineThatCannotBeRecorded(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	c, err := newEngineCommand(script(t, "sleep 60"), "v3.259.0", nil, nil, filepath.Join(dir, "file", "engine.json"))
	require.NoError(t, err)
	_, _, _, err = c.Run(t.Context(), "", nil, nil, nil, nil, "up")
	assert.ErrorIs(t, err, errNotRecorded)
	assert.ErrorContains(t, err, "make the checkout writable")
}
