package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

const (
	// quiet is how long a step may run before a log says that it does: fast steps show only their result.
	quiet = time.Second
	// heartbeat is how often a log says that a step still runs.
	heartbeat = 10 * time.Second
	// redraw is how often the live line of a terminal is drawn.
	redraw = 200 * time.Millisecond
	// maxLog is how many characters of a step's progress a log shows.
	maxLog = 120
)

// Progress shows the events of the sandbox: on a terminal a live line with what is going on, and a line for what is
// done; elsewhere lines only, at least one every ten seconds while something runs.
type Progress struct {
	mu    sync.Mutex
	w     io.Writer
	tty   bool
	width int
	now   func() time.Time

	running []*runningStep
	live    bool // whether the live line is on the screen
	stop    chan struct{}
	stopped chan struct{}
}

type runningStep struct {
	name  string
	text  string
	began time.Time
	told  time.Time // when a log last mentioned it
}

// NewProgress begins to show; Close ends it.
func NewProgress(s Streams) *Progress {
	p := newProgress(s, time.Now)
	interval := quiet
	if p.tty {
		interval = redraw
	}
	go func() {
		defer close(p.stopped)
		tick := time.NewTicker(interval)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.Tick()
			case <-p.stop:
				return
			}
		}
	}()
	return p
}

func newProgress(s Streams, now func() time.Time) *Progress {
	return &Progress{
		w: s.Err, tty: s.ErrTTY, width: s.Width, now: now, stop: make(chan struct{}), stopped: make(chan struct{}),
	}
}

// Close takes the live line away.
func (p *Progress) Close() {
	close(p.stop)
	<-p.stopped
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

// Report takes one event; it is a [sandbox.Reporter].
func (p *Progress) Report(e sandbox.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e.State {
	case sandbox.StepStarted:
		now := p.now()
		p.running = append(p.running, &runningStep{name: e.Step, text: e.Text, began: now, told: now})
	case sandbox.StepProgress:
		if step := p.find(e.Step); step != nil {
			step.text = e.Text
		}
	case sandbox.Notice:
		p.line("note", e.Text, "")
	case sandbox.StepDone, sandbox.StepSkipped, sandbox.StepFailed:
		p.end(e)
	}
}

func (p *Progress) find(name string) *runningStep {
	for _, step := range p.running {
		if step.name == name {
			return step
		}
	}
	return nil
}

func (p *Progress) end(e sandbox.Event) {
	for i, step := range p.running {
		if step.name == e.Step {
			p.running = append(p.running[:i:i], p.running[i+1:]...)
			break
		}
	}
	p.line(e.Step, e.Text, fmt.Sprintf("%.1f s", e.Took.Seconds()))
}

// line prints one finished line, above the live line.
func (p *Progress) line(name, text, took string) {
	p.clear()
	if took != "" {
		took = "  " + took
	}
	fmt.Fprintf(p.w, "%-9s %s%s\n", name, text, took)
}

// Tick draws the live line, or tells a log of steps that have been silent for too long.
func (p *Progress) Tick() {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if p.tty {
		p.draw(now)
		return
	}
	for _, step := range p.running {
		first := step.told.Equal(step.began)
		if first && now.Sub(step.began) >= quiet || !first && now.Sub(step.told) >= heartbeat {
			fmt.Fprintf(p.w, "%-9s ... %s (%.0f s)\n", step.name, cut(step.text, maxLog), now.Sub(step.began).Seconds())
			step.told = now
		}
	}
}

// draw puts what runs on one line: the step that began last, and the names of the others.
func (p *Progress) draw(now time.Time) {
	p.clear()
	if len(p.running) == 0 {
		return
	}
	var parts []string
	for _, step := range p.running {
		parts = append(parts, fmt.Sprintf("%s %.0f s: %s", step.name, now.Sub(step.began).Seconds(), step.text))
	}
	// What a tool says may hold line breaks and tabs, and the line has to stay one to be taken back.
	text := strings.Join(strings.Fields(strings.Join(parts, " | ")), " ")
	fmt.Fprint(p.w, cut(text, p.width-1))
	p.live = true
}

// cut shortens a text to a number of characters.
func cut(text string, width int) string {
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	return string([]rune(text)[:width-3]) + "..."
}

func (p *Progress) clear() {
	if p.live {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.live = false
	}
}
