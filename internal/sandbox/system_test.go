//go:build linux || darwin

package sandbox

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRealSystem(t *testing.T) {
	s := RealSystem()
	t.Setenv("BULWARK_TEST", "x")
	assert.Equal(t, "x", s.env("BULWARK_TEST"))
	assert.Empty(t, s.env("BULWARK_TEST_NOT_SET"))

	out, err := s.output(t.Context(), Command{Name: "/bin/sh", Args: []string{"-c", "echo $A; pwd"}, Env: []string{"A=b"}, Dir: "/"})
	require.NoError(t, err)
	assert.Equal(t, "b\n/", out)

	_, err = s.output(t.Context(), Command{Name: "/bin/sh", Args: []string{"-c", "echo one >&2; echo two >&2; exit 3"}})
	var exit *ExitError
	require.True(t, errors.As(err, &exit))
	assert.Equal(t, 3, exit.Code)
	assert.EqualError(t, err, "sh: exit status 3: one\ntwo", "what it said belongs to it")

	_, err = s.output(t.Context(), Command{Name: "/no/such/program"})
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestEnvironmentLastEntryWins(t *testing.T) {
	s := System{Environ: func() []string { return []string{"A=1", "B=2", "A=3"} }}
	assert.Equal(t, "3", s.env("A"))
}

// TestRunCommandEndsWithAllItHasStarted: an interrupted build leaves no compiler behind.
func TestRunCommandEndsWithAllItHasStarted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		startedPID(t, file)
		cancel()
	}()
	var out bytes.Buffer
	err := runCommand(ctx, Command{Name: "/bin/sh", Args: []string{"-c", `sleep 60 & echo $! >"` + file + `"; wait`}, Stdout: &out, Stderr: &out})
	assert.ErrorIs(t, err, context.Canceled)
	child, err := strconv.Atoi(startedPID(t, file))
	require.NoError(t, err)
	assert.Eventually(t, func() bool { return !strings.Contains(commandLineOf(child), "sleep") }, 5*time.Second, 10*time.Millisecond)
}

func TestPortFree(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	port := l.Addr().(*net.TCPAddr).Port
	assert.False(t, portFree(port))
	require.NoError(t, l.Close())
	assert.True(t, portFree(port))
}

func TestCommandLine(t *testing.T) {
	assert.Contains(t, commandLineOf(os.Getpid()), filepath.Base(os.Args[0]))
	assert.Empty(t, commandLineOf(1<<30), "no process has such a number")
}
