//go:build linux || darwin

package sandbox

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// script writes an executable shell script and returns its path.
func script(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o755))
	return path
}

// engineOf is an engine that is a shell script.
func engineOf(t *testing.T, text string, env map[string]string, log io.Writer) *engineCommand {
	t.Helper()
	c, err := newEngineCommand(script(t, text), "v3.259.0", env, log, "")
	require.NoError(t, err)
	return c
}

func TestEngineCommand(t *testing.T) {
	t.Setenv("AWS_PROFILE", "production")
	var log, heard bytes.Buffer
	c := engineOf(t, `env; echo "args $*"; echo oops >&2; exit 7`, map[string]string{"AWS_REGION": "eu-west-1"}, &log)
	assert.Equal(t, "3.259.0", c.Version().String())
	out, errs, code, err := c.Run(t.Context(), t.TempDir(), nil, []io.Writer{&heard}, nil, []string{"EXTRA=1"}, "up", "--yes")
	require.Error(t, err)
	assert.Equal(t, 7, code)
	assert.Empty(t, c.endedBy(), "it ended by itself")
	assert.Equal(t, "oops\n", errs)
	assert.Equal(t, out, heard.String())
	assert.Contains(t, out, "args --non-interactive up --yes\n", "it never asks")
	assert.Contains(t, out, "AWS_REGION=eu-west-1\n")
	assert.Contains(t, out, "EXTRA=1\n")
	assert.NotContains(t, out, "AWS_PROFILE", "exactly one environment, and not the process's own")
	assert.Contains(t, log.String(), "$ pulumi --non-interactive up --yes\n")
	assert.Contains(t, log.String(), "oops\n")

	out, _, code, err = engineOf(t, `echo "args $*"`, nil, nil).Run(t.Context(), "", nil, nil, nil, nil, "--non-interactive", "version")
	require.NoError(t, err)
	assert.Zero(t, code)
	assert.Equal(t, "args --non-interactive version\n", out)
}

func TestEngineCommandThatIsKilled(t *testing.T) {
	c := engineOf(t, `kill -9 $$`, nil, nil)
	_, _, code, err := c.Run(t.Context(), "", nil, nil, nil, nil, "up")
	require.Error(t, err)
	assert.Negative(t, code)
	assert.Equal(t, "signal: killed", c.endedBy())
}

func TestEngineCommandThatIsNotThere(t *testing.T) {
	c, err := newEngineCommand("/no/such/pulumi", "3.259.0", nil, nil, "")
	require.NoError(t, err)
	_, _, code, err := c.Run(t.Context(), "", nil, nil, nil, nil, "up")
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.Equal(t, -1, code)
	_, err = newEngineCommand("/x", "latest", nil, nil, "")
	assert.Error(t, err)
}

// startedPID waits until a script has written its process id into a file.
func startedPID(t *testing.T, file string) string {
	t.Helper()
	for range 500 {
		if raw, err := os.ReadFile(file); err == nil && strings.HasSuffix(string(raw), "\n") {
			return strings.TrimSpace(string(raw))
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the program did not start")
	return ""
}

// TestEngineCommandIsInterruptedOnce: a Ctrl-C asks it to finish, and it is given the time.
func TestEngineCommandIsInterruptedOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	c := engineOf(t, `trap 'echo finishing; exit 3' INT; echo $$ >"`+file+`"; while :; do sleep 0.05; done`, nil, nil)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		startedPID(t, file)
		cancel()
	}()
	out, _, code, err := c.Run(ctx, "", nil, nil, nil, nil, "up")
	require.Error(t, err)
	assert.Equal(t, "finishing\n", out)
	assert.Equal(t, 3, code)
}

// TestKillEngines ends an engine with all that it has started.
func TestKillEngines(t *testing.T) {
	dir := t.TempDir()
	c := engineOf(t, `trap '' INT TERM; sleep 60 & echo $! >"`+dir+`/child"; echo $$ >"`+dir+`/pid"; wait`, nil, nil)
	go func() {
		startedPID(t, filepath.Join(dir, "pid"))
		KillEngines()
	}()
	_, _, _, err := c.Run(t.Context(), "", nil, nil, nil, nil, "up")
	require.Error(t, err)
	assert.Equal(t, "signal: killed", c.endedBy())
	child, err := strconv.Atoi(startedPID(t, filepath.Join(dir, "child")))
	require.NoError(t, err)
	gone := func() bool { return !strings.Contains(commandLineOf(child), "sleep") }
	assert.Eventually(t, gone, 5*time.Second, 10*time.Millisecond, "the provider would live on")
}
