package sandbox

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// StepState is where a step stands.
type StepState int

// The states of a step. Progress may come any number of times between Started and the end; Notice belongs to no step.
const (
	StepStarted  StepState = iota
	StepProgress           // Text says what is being done right now
	StepDone               // Text is the result in a few words
	StepSkipped            // what the step would make is there already
	StepFailed
	Notice // a line that the user should see: something was found and dealt with
)

// Event is one thing that happened. The work emits events, a renderer decides how they look.
type Event struct {
	State StepState
	// Step is the step's name ("engine", "emulator", ...); empty for a notice.
	Step string
	Text string
	// Took is how long the step ran; set with StepDone, StepSkipped and StepFailed.
	Took time.Duration
}

// Reporter receives events, from several goroutines at once. A nil Reporter drops them.
type Reporter func(Event)

func (r Reporter) emit(e Event) {
	if r != nil {
		r(e)
	}
}

// Notef emits a notice.
func (r Reporter) Notef(format string, args ...any) {
	r.emit(Event{State: Notice, Text: fmt.Sprintf(format, args...)})
}

// outcome is how a step ended well.
type outcome struct {
	text    string
	skipped bool
}

func done(format string, args ...any) outcome { return outcome{text: fmt.Sprintf(format, args...)} }

func skipped(format string, args ...any) outcome {
	return outcome{text: fmt.Sprintf(format, args...), skipped: true}
}

// step runs one step and reports its start, its progress and its end.
func (r Reporter) step(name, what string, run func(detail func(string)) (outcome, error)) error {
	start := time.Now()
	r.emit(Event{State: StepStarted, Step: name, Text: what})
	out, err := run(func(text string) { r.emit(Event{State: StepProgress, Step: name, Text: text}) })
	end := Event{State: StepDone, Step: name, Text: out.text, Took: time.Since(start)}
	switch {
	case errors.Is(err, context.Canceled):
		end.State, end.Text = StepFailed, "interrupted"
	case err != nil:
		end.State, end.Text = StepFailed, "failed"
	case out.skipped:
		end.State = StepSkipped
	}
	r.emit(end)
	return err
}
