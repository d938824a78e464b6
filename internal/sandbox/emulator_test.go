//go:build linux || darwin

package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// emulatorScript is an emulator that says where it serves and waits for its end.
const emulatorScript = `trap 'exit 0' TERM
env >"$PYTHONPATH/env"; pwd >"$PYTHONPATH/dir"
echo "{\"endpoint\": \"http://127.0.0.1:$4\", \"instance\": \"world\", \"pid\": $$}"
while :; do sleep 0.05; done
`

// emulatorOf are the options of an emulator that is a shell script: it stands in for the interpreter.
func emulatorOf(t *testing.T, text string) EmulatorOptions {
	t.Helper()
	return EmulatorOptions{Python: script(t, text), Source: t.TempDir(), Port: 23456, LogFile: filepath.Join(t.TempDir(), "new", "emulator.log")}
}

func TestStartEmulator(t *testing.T) {
	t.Setenv("AWS_PROFILE", "production")
	for name, attached := range map[string]bool{"on its own": false, "attached": true} {
		t.Run(name, func(t *testing.T) {
			o := emulatorOf(t, emulatorScript)
			o.Attached = attached
			e, err := StartEmulator(t.Context(), o)
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, e.stopProcess()) })
			assert.Equal(t, "http://127.0.0.1:23456", e.Endpoint)
			assert.Equal(t, "world", e.Instance)
			assert.WithinDuration(t, time.Now(), e.Started, time.Minute)
			assert.True(t, e.runs(), "its command line tells whose it is: %q", commandLineOf(e.PID))

			env, err := os.ReadFile(filepath.Join(o.Source, "env"))
			require.NoError(t, err)
			assert.NotContains(t, string(env), "AWS_PROFILE")
			assert.Contains(t, string(env), "PYTHONUNBUFFERED=1\n")
			dir, err := os.ReadFile(filepath.Join(o.Source, "dir"))
			require.NoError(t, err)
			assert.Equal(t, filepath.Base(o.Source), filepath.Base(strings.TrimSpace(string(dir))))

			require.NoError(t, e.Stop())
			assert.False(t, e.runs())
			require.NoError(t, e.stopProcess(), "one that has ended is no error")
		})
	}
}

// TestStopOfAnEarlierEmulator: all that is known of it is its process id.
func TestStopOfAnEarlierEmulator(t *testing.T) {
	e, err := StartEmulator(t.Context(), emulatorOf(t, emulatorScript))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, e.stopProcess()) })
	record := filepath.Join(t.TempDir(), "emulator.json")
	require.NoError(t, writeRecord(record, e))
	later := readRecord(record)
	require.NotNil(t, later)
	assert.Equal(t, e.PID, later.PID)
	require.NoError(t, later.Stop())
	select {
	case <-e.exited:
	case <-time.After(5 * time.Second):
		t.Fatal("it goes on")
	}
}

// TestStopLeavesOthersAlone: the process id may belong to another program by now.
func TestStopLeavesOthersAlone(t *testing.T) {
	for _, e := range []*Emulator{{PID: os.Getpid()}, {PID: os.Getpid(), Begun: begun(os.Getpid())}, {PID: 0}, {PID: -1}} {
		require.NoError(t, e.Stop()) // this test would end
		assert.False(t, e.runs())
	}
	o := emulatorOf(t, emulatorScript)
	e, err := StartEmulator(t.Context(), o)
	require.NoError(t, err)
	earlier := *e
	earlier.Begun, earlier.exited = "an earlier boot 4711", nil
	require.NoError(t, earlier.Stop())
	assert.True(t, e.runs(), "the same id, and the emulator of another checkout")
	require.NoError(t, e.Stop())
}

// TestEmulatorOfAKilledCommand: an emulator runs on when it is recorded, and not otherwise, whenever its command is killed.
func TestEmulatorOfAKilledCommand(t *testing.T) {
	const variable = "BULWARK_TEST_START"
	if text := os.Getenv(variable); text != "" {
		var o EmulatorOptions
		require.NoError(t, json.Unmarshal([]byte(text), &o))
		_, err := StartEmulator(t.Context(), o)
		require.NoError(t, err)
		time.Sleep(time.Minute)
		return
	}
	// It says where it serves only once it is let.
	let := filepath.Join(t.TempDir(), "let")
	for name, recorded := range map[string]bool{"before it serves": false, "once it is recorded": true} {
		t.Run(name, func(t *testing.T) {
			pid := filepath.Join(t.TempDir(), "pid")
			o := emulatorOf(t, `echo $$ >"`+pid+`"; while [ ! -e "`+let+`" ]; do sleep 0.02; done`+"\n"+emulatorScript)
			o.Record = filepath.Join(t.TempDir(), "emulator.json")
			raw, err := json.Marshal(o)
			require.NoError(t, err)
			command := exec.Command(os.Args[0], "-test.run", "^TestEmulatorOfAKilledCommand$")
			command.Env = append(os.Environ(), variable+"="+string(raw))
			require.NoError(t, command.Start())
			var id int
			_, err = fmt.Sscan(startedPID(t, pid), &id)
			require.NoError(t, err)
			if recorded {
				require.NoError(t, os.WriteFile(let, nil, 0o600))
				require.Eventually(t, func() bool { return readRecord(o.Record) != nil }, 10*time.Second, time.Millisecond)
				time.Sleep(100 * time.Millisecond)
			}
			require.NoError(t, command.Process.Kill())
			require.Error(t, command.Wait())
			if !recorded {
				require.Eventually(t, func() bool { return begun(id) == "" }, 10*time.Second, time.Millisecond, "nobody remembers it")
				return
			}
			e := readRecord(o.Record)
			assert.Equal(t, id, e.PID)
			assert.True(t, e.runs())
			require.NoError(t, e.Stop())
			require.Eventually(t, func() bool { return begun(id) == "" }, 10*time.Second, time.Millisecond,
				"it is gone as soon as the system has buried it")
		})
	}
}

func TestEmulatorThatDoesNotStart(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		want   []string
	}{
		"port taken": {"exit 98\n", []string{"port 23456 of 127.0.0.1 is taken by another program", "set BULWARK_PORT to a free port"}},
		"an error": {"echo Traceback >&2; echo 'SyntaxError: invalid syntax' >&2; exit 1\n", []string{
			"the emulator ended at once (exit status 1)\n    Traceback\n    SyntaxError: invalid syntax\n  -> the whole log is ",
		}},
		"a damaged environment": {"echo \"ModuleNotFoundError: No module named 'moto'\" >&2; exit 1\n", []string{
			"its Python environment is damaged: rm -r ", "and run the same command again", "the whole log is ",
		}},
		"killed":              {"kill -9 $$\n", []string{"the emulator ended at once (signal: killed)"}},
		"ends without a word": {"exit 0\n", []string{"the emulator ended at once (exit status 0)"}},
		"says something else": {"echo hello; sleep 60\n", []string{`the emulator said "hello" instead of where it serves`}},
	} {
		t.Run(name, func(t *testing.T) {
			o := emulatorOf(t, test.script)
			_, err := StartEmulator(t.Context(), o)
			require.Error(t, err)
			for _, want := range test.want {
				assert.ErrorContains(t, err, want)
			}
		})
	}
	t.Run("no interpreter", func(t *testing.T) {
		o := emulatorOf(t, "")
		o.Python = "/no/such/python"
		_, err := StartEmulator(t.Context(), o)
		assert.ErrorIs(t, err, os.ErrNotExist)
	})
}

func TestEmulatorThatSaysNothing(t *testing.T) {
	pid := filepath.Join(t.TempDir(), "pid")
	o := emulatorOf(t, `echo $$ >"`+pid+`"; exec sleep 60`)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err := StartEmulator(ctx, o)
	assert.Equal(t, KindMissing, KindOf(err))
	assert.ErrorContains(t, err, "the emulator did not answer within 1m30s\n  -> read "+o.LogFile)

	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	_, err = StartEmulator(ctx, o)
	assert.ErrorIs(t, err, context.Canceled)

	var id int
	_, err = fmt.Sscan(startedPID(t, pid), &id)
	require.NoError(t, err)
	assert.Eventually(t, func() bool { return !strings.Contains(commandLineOf(id), "sleep") }, 5*time.Second, 10*time.Millisecond, "it is not left behind")
}

func TestEmulatorRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "emulator.json")
	assert.Nil(t, readRecord(path))
	e := &Emulator{Endpoint: "http://127.0.0.1:1", Instance: "world", PID: 4242, Started: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	require.NoError(t, writeRecord(path, e))
	assert.Equal(t, e, readRecord(path))
	for _, broken := range []string{"", "{", "[]", `{"pid": 1}`} {
		require.NoError(t, os.WriteFile(path, []byte(broken), 0o644))
		assert.Nil(t, readRecord(path), broken)
	}
}

func TestWriteFileReplacesAsAWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "file")
	require.NoError(t, writeFile(path, []byte("first")))
	before, err := os.Open(path)
	require.NoError(t, err)
	defer before.Close()
	require.NoError(t, writeFile(path, []byte("second")))
	old := make([]byte, 16)
	n, err := before.Read(old)
	require.NoError(t, err)
	assert.Equal(t, "first", string(old[:n]), "whoever reads the old one reads it to its end")
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "and nothing lies about")
}

func TestLiveEmulator(t *testing.T) {
	record := filepath.Join(t.TempDir(), "emulator.json")
	assert.Nil(t, liveEmulator(t.Context(), record), "no record")

	e, err := StartEmulator(t.Context(), emulatorOf(t, emulatorScript))
	require.NoError(t, err)
	defer func() { assert.NoError(t, e.Stop()) }()
	health := admin(t, `{"status":"ok","instance":"after a reset","account":"123456789012"}`)
	e.Endpoint = health.Endpoint
	require.NoError(t, writeRecord(record, e))
	live := liveEmulator(t.Context(), record)
	require.NotNil(t, live)
	assert.Equal(t, "after a reset", live.Instance, "the present world counts")

	other := *e
	other.PID = os.Getpid()
	require.NoError(t, writeRecord(record, &other))
	assert.Nil(t, liveEmulator(t.Context(), record), "somebody else's process")

	silent := *e
	silent.Endpoint = "http://127.0.0.1:1"
	require.NoError(t, writeRecord(record, &silent))
	assert.Nil(t, liveEmulator(t.Context(), record), "it does not answer")
}

func TestUpEndsAHungEmulator(t *testing.T) {
	b := newBench(t)
	b.mustUp(t, "dev")
	hung := b.emulators.running
	b.emulators.running, b.emulators.hung = nil, hung
	b.mustUp(t, "dev")
	assert.Contains(t, b.events.notices(), fmt.Sprintf("(process %d, %s) did not answer, and was ended", hung.PID, hung.Endpoint))
	assert.Equal(t, 1, b.emulators.stopped)
	assert.NotEqual(t, hung.PID, b.emulators.running.PID)
}
