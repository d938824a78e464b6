package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// System is what the package needs of the machine. Tests replace single functions; everybody else takes [RealSystem].
type System struct {
	// Environ is the environment, as os.Environ gives it.
	Environ func() []string
	// LookPath finds a program in PATH.
	LookPath func(name string) (string, error)
	// Run runs a program to its end. A program that ran and failed gives an *ExitError.
	Run func(ctx context.Context, c Command) error
	// Disk gives the free bytes of the file system that holds a folder (or its nearest existing parent), and a number
	// that tells file systems apart.
	Disk func(dir string) (free uint64, device uint64, err error)
	// PortFree reports whether a TCP port of 127.0.0.1 can be bound.
	PortFree func(port int) bool
	// Reachable reports whether a URL answers at all, within a bounded time.
	Reachable func(ctx context.Context, url string) error
	// CommandLine gives the command line of a running process, or "" when there is none with this id.
	CommandLine func(pid int) string
	// Now is the time.
	Now func() time.Time
}

// Command is a program to run.
type Command struct {
	Name string
	Args []string
	// Dir is the working folder; empty means the caller's.
	Dir string
	// Env is the whole environment; nil means the caller's.
	Env            []string
	Stdout, Stderr io.Writer
}

// ExitError says that a program ran and failed.
type ExitError struct {
	Program string
	Code    int
}

// Error names the program and its exit code.
func (e *ExitError) Error() string { return fmt.Sprintf("%s: exit status %d", e.Program, e.Code) }

// RealSystem is the machine itself.
func RealSystem() System {
	return System{
		Environ:     os.Environ,
		LookPath:    exec.LookPath,
		Run:         runCommand,
		Disk:        diskOf,
		PortFree:    portFree,
		Reachable:   reachable,
		CommandLine: commandLineOf,
		Now:         time.Now,
	}
}

// env returns one variable of the environment; of several entries the last wins, as in os/exec.
func (s System) env(name string) string {
	value := ""
	for _, entry := range s.Environ() {
		if k, v, ok := strings.Cut(entry, "="); ok && k == name {
			value = v
		}
	}
	return value
}

// output runs a program and returns what it wrote on stdout, trimmed; on failure the error holds the end of stderr.
func (s System) output(ctx context.Context, c Command) (string, error) {
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := s.Run(ctx, c); err != nil {
		if said := lastLines(stderr.String(), 3); said != "" {
			return "", fmt.Errorf("%w: %s", err, said)
		}
		return "", err
	}
	return strings.TrimSpace(stdout.String()), nil
}

func runCommand(ctx context.Context, c Command) error {
	cmd := exec.CommandContext(ctx, c.Name, c.Args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = c.Dir, c.Env, c.Stdout, c.Stderr
	// A group of its own, ended as a whole: a build that is interrupted leaves no compiler behind.
	ownProcessGroup(cmd)
	cmd.WaitDelay = 10 * time.Second
	err := cmd.Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return &ExitError{Program: filepath.Base(c.Name), Code: exit.ExitCode()}
	}
	return err
}

func portFree(port int) bool {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return false
	}
	_ = l.Close()
	return true
}

// existingParent returns the nearest folder that exists: a cache folder is asked for its disk before it is made.
func existingParent(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return dir
		}
		dir = parent
	}
}
