package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// goCommand runs the go command in the copied module. Its output goes to a log; a failure shows the end of it.
func (b *builder) goCommand(ctx context.Context, name string, args ...string) error {
	logs := filepath.Join(b.work, "logs")
	if err := os.MkdirAll(logs, 0o755); err != nil {
		return err
	}
	path := filepath.Join(logs, name+".log")
	log, err := os.Create(path)
	if err != nil {
		return err
	}
	defer log.Close()
	progress := &counter{began: time.Now()}
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = b.src()
	command.Env = goEnvironment()
	command.Stdout = log
	command.Stderr = &tee{log, progress}
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 10 * time.Second
	if err := command.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		content, readErr := os.ReadFile(path)
		if readErr != nil {
			return readErr
		}
		return fmt.Errorf("go %s failed (%w); the end of %s:\n%s", args[0], err, path, tail(failures(content)))
	}
	return nil
}

// goEnvironment is the caller's, without what would change the build: its results shall be the same everywhere. The
// provider needs no C compiler, and a lazier garbage collector makes Go's compiler a quarter faster.
func goEnvironment() []string {
	environment := append(os.Environ(), "GOFLAGS=", "GOWORK=off", "CGO_ENABLED=0")
	if os.Getenv("GOGC") == "" {
		environment = append(environment, "GOGC=400")
	}
	return environment
}

// tee hands the output to the log and to the counter.
type tee struct {
	log     *os.File
	counter *counter
}

func (t *tee) Write(p []byte) (int, error) {
	t.counter.count(p)
	return t.log.Write(p)
}

// counter shows that a long compilation goes on: with -v the go command names each package that it compiles.
type counter struct {
	began, shown time.Time
	packages     int
}

const every = 20 * time.Second

func (c *counter) count(p []byte) {
	c.packages += bytes.Count(p, []byte("\n"))
	if now := time.Now(); now.Sub(c.began) > every && now.Sub(c.shown) > every {
		c.shown = now
		fmt.Fprintf(os.Stderr, "      %d packages after %.0f s\n", c.packages, now.Sub(c.began).Seconds())
	}
}

// failures leaves out the names of packages that were compiled.
func failures(output []byte) []byte {
	var kept []string
	for _, line := range strings.Split(string(output), "\n") {
		if strings.ContainsAny(line, " \t:") {
			kept = append(kept, line)
		}
	}
	if len(kept) == 0 {
		return output
	}
	return []byte(strings.Join(kept, "\n"))
}

// tail is the end of a long output.
func tail(output []byte) string {
	lines := strings.Split(strings.TrimSpace(string(output)), "\n")
	const most = 20
	if len(lines) > most {
		lines = lines[len(lines)-most:]
	}
	return "  " + strings.Join(lines, "\n  ")
}
