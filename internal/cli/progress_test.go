package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// clocked is a progress whose clock stands still until a test moves it.
type clocked struct {
	*Progress
	out *bytes.Buffer
	at  time.Time
}

func newClocked(terminal bool) *clocked {
	streams, _, errs := TestStreams(terminal)
	c := &clocked{out: errs, at: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	c.Progress = newProgress(streams, func() time.Time { return c.at })
	return c
}

// after lets time pass, ticking as [NewProgress] does.
func (c *clocked) after(d time.Duration) {
	c.at = c.at.Add(d)
	c.Tick()
}

// shown returns what was written since the last call.
func (c *clocked) shown() string {
	text := c.out.String()
	c.out.Reset()
	return text
}

func started(step, text string) sandbox.Event {
	return sandbox.Event{State: sandbox.StepStarted, Step: step, Text: text}
}

func going(step, text string) sandbox.Event {
	return sandbox.Event{State: sandbox.StepProgress, Step: step, Text: text}
}

func ended(state sandbox.StepState, step, text string, took time.Duration) sandbox.Event {
	return sandbox.Event{State: state, Step: step, Text: text, Took: took}
}

func TestProgressInALog(t *testing.T) {
	p := newClocked(false)
	p.Report(started("engine", "looking for pulumi"))
	p.after(900 * time.Millisecond)
	assert.Empty(t, p.shown(), "a fast step shows only its result")

	p.after(100 * time.Millisecond)
	assert.Equal(t, "engine    ... looking for pulumi (1 s)\n", p.shown())

	p.Report(going("engine", "building: 12 packages"))
	p.after(9 * time.Second)
	assert.Empty(t, p.shown(), "not more often than every ten seconds")
	p.after(time.Second)
	assert.Equal(t, "engine    ... building: 12 packages (11 s)\n", p.shown())

	p.Report(ended(sandbox.StepDone, "engine", "pulumi v3", 12300*time.Millisecond))
	assert.Equal(t, "engine    pulumi v3  12.3 s\n", p.shown())
	p.after(time.Minute)
	assert.Empty(t, p.shown(), "what has ended is told no more")

	p.Report(started("python", "installing"))
	p.Report(going("python", strings.Repeat("x", 300)))
	p.after(2 * time.Second)
	assert.Equal(t, "python    ... "+strings.Repeat("x", maxLog-3)+"... (2 s)\n", p.shown(), "long lines are cut")

	p.Report(sandbox.Event{State: sandbox.Notice, Text: "something was fixed"})
	p.Report(ended(sandbox.StepSkipped, "emulator", "http://127.0.0.1:1", 0))
	p.Report(ended(sandbox.StepFailed, "deploy", "failed", time.Second))
	assert.Equal(t, "note      something was fixed\nemulator  http://127.0.0.1:1  0.0 s\ndeploy    failed  1.0 s\n", p.shown())
	assert.NotContains(t, p.shown(), "\x1b", "a log has no control characters")
}

func TestProgressOnATerminal(t *testing.T) {
	const wipe = "\r\x1b[K"
	p := newClocked(true)
	p.Report(started("engine", "building"))
	p.Report(started("python", "installing"))
	assert.Empty(t, p.shown(), "only ticks draw")
	p.after(3 * time.Second)
	assert.Equal(t, "engine 3 s: building | python 3 s: installing", p.shown())

	p.Report(going("engine", "linking"))
	p.after(time.Second)
	assert.Equal(t, wipe+"engine 4 s: linking | python 4 s: installing", p.shown())

	p.Report(ended(sandbox.StepDone, "engine", "pulumi v3", 4*time.Second))
	assert.Equal(t, wipe+"engine    pulumi v3  4.0 s\n", p.shown(), "a result stands above the live line")
	p.after(time.Second)
	assert.Equal(t, "python 5 s: installing", p.shown())

	p.Report(going("python", strings.Repeat("ü", 500)))
	p.after(time.Second)
	line := strings.TrimPrefix(p.shown(), wipe)
	assert.Len(t, []rune(line), 99, "a line that fills the terminal would wrap and could not be taken back")
	assert.True(t, strings.HasSuffix(line, "..."))

	p.Report(going("python", "one\ntwo\tthree"))
	p.after(time.Second)
	assert.Equal(t, wipe+"python 7 s: one two three", p.shown(), "the live line stays one line")

	p.Report(ended(sandbox.StepFailed, "python", "failed", 7*time.Second))
	p.shown()
	p.after(time.Second)
	assert.Empty(t, p.shown(), "nothing runs, nothing is drawn")
}

func TestProgressLeavesTheTerminalClean(t *testing.T) {
	streams, out, errs := TestStreams(true)
	p := NewProgress(streams)
	p.Report(started("deploy", "deploying"))
	p.Tick()
	p.Close()
	assert.True(t, strings.HasSuffix(errs.String(), "\r\x1b[K"), "got %q", errs)
	assert.Empty(t, out.String(), "progress never mixes with results")
}
