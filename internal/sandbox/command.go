package sandbox

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/auto"
)

// cancelGrace is how long the engine may take, after an interrupt, to end the operations under way.
const cancelGrace = 60 * time.Second

// engineCommand is the Pulumi command line as the Automation API sees it. Unlike the API's own it passes on exactly
// one environment, and runs the engine in a session of its own: a Ctrl-C reaches it once, as a request to finish, and what
// it has started can be told by the session.
type engineCommand struct {
	path    string
	version semver.Version
	env     []string
	// log receives everything that the engine writes; may be nil.
	log io.Writer
	// record is the file that names the engines at work; may be empty.
	record string

	mu sync.Mutex
	// signal that ended the last run, if one did.
	signal string
}

var _ auto.PulumiCommand = (*engineCommand)(nil)

func newEngineCommand(path, version string, env map[string]string, log io.Writer, record string) (*engineCommand, error) {
	v, err := semver.ParseTolerant(version)
	if err != nil {
		return nil, err
	}
	return &engineCommand{path: path, version: v, env: environmentList(env), log: log, record: record}, nil
}

// Version is the engine's version.
func (c *engineCommand) Version() semver.Version { return c.version }

// Run runs one command of the engine. The signature is the Automation API's.
func (c *engineCommand) Run(
	ctx context.Context, dir string, stdin io.Reader, stdout, stderr []io.Writer, env []string, args ...string,
) (string, string, int, error) {
	if !slices.Contains(args, "--non-interactive") {
		args = append([]string{"--non-interactive"}, args...)
	}
	cmd := exec.CommandContext(ctx, c.path, args...)
	cmd.Dir, cmd.Stdin = dir, stdin
	cmd.Env = append(slices.Concat(c.env, env), "PULUMI_AUTOMATION_API=true")
	var out, errs bytes.Buffer
	if c.log != nil {
		log := &lockedWriter{w: c.log}
		_, _ = io.WriteString(log, "\n$ pulumi "+strings.Join(args, " ")+"\n")
		stdout, stderr = append(slices.Clone(stdout), log), append(slices.Clone(stderr), log)
	}
	cmd.Stdout = io.MultiWriter(append(slices.Clone(stdout), &out)...)
	cmd.Stderr = io.MultiWriter(append(slices.Clone(stderr), &errs)...)
	interruptible(cmd)
	cmd.WaitDelay = cancelGrace
	c.mu.Lock()
	c.signal = ""
	c.mu.Unlock()
	err := runEngine(cmd, c.record)
	code := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		if code = exit.ExitCode(); code < 0 {
			c.mu.Lock()
			c.signal = exit.Error()
			c.mu.Unlock()
		}
	case err != nil:
		code = -1
	}
	return out.String(), errs.String(), code, err
}

// running holds the engines at work, for [KillEngines]. Its lock is held while one starts, so that none is missed.
var running = struct {
	sync.Mutex
	pids map[int]struct{}
}{pids: map[int]struct{}{}}

// runEngine runs an engine to its end, and ends what it leaves running: one that is killed does not end its provider.
func runEngine(cmd *exec.Cmd, record string) (err error) {
	pid, err := startEngine(cmd)
	if err != nil {
		return err
	}
	defer func() {
		running.Lock()
		defer running.Unlock()
		delete(running.pids, pid)
	}()
	if record != "" {
		p := processOf(pid)
		if err := noteEngine(record, p); err != nil {
			_ = kill(pid)
			_ = cmd.Wait()
			return notRecorded(record, err)
		}
		defer func() { err = errors.Join(err, forgetEngine(record, p)) }()
	}
	defer endSession(pid)
	return cmd.Wait()
}

// startEngine starts an engine, and returns its process id.
func startEngine(cmd *exec.Cmd) (int, error) {
	running.Lock()
	defer running.Unlock()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	running.pids[cmd.Process.Pid] = struct{}{}
	return cmd.Process.Pid, nil
}

// KillEngines ends the engines at work at once, for somebody who will not wait for the operations under way. The next
// up recovers.
func KillEngines() {
	running.Lock()
	pids := slices.Collect(maps.Keys(running.pids))
	running.Unlock()
	for _, pid := range pids {
		_ = kill(-pid)
		endSession(pid)
	}
}

// endedBy returns the signal that ended the last run, or "" when it ended by itself.
func (c *engineCommand) endedBy() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.signal
}

// lockedWriter lets standard output and standard error share one log.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
