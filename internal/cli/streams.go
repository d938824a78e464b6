package cli

import (
	"bytes"
	"io"
	"os"

	"golang.org/x/term"
)

// Streams are where a command writes, and whether somebody looks on.
type Streams struct {
	// Out is for results, Err for everything else.
	Out, Err io.Writer
	// OutTTY and ErrTTY say whether these are terminals.
	OutTTY, ErrTTY bool
	// Width of the terminal in columns.
	Width int
	// Color is whether results may be coloured: on a terminal, unless NO_COLOR is set.
	Color bool
}

// SystemStreams are the process's own.
func SystemStreams() Streams {
	s := Streams{Out: os.Stdout, Err: os.Stderr, Width: 100}
	s.OutTTY = term.IsTerminal(int(os.Stdout.Fd()))
	s.ErrTTY = term.IsTerminal(int(os.Stderr.Fd())) && os.Getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(int(os.Stderr.Fd())); err == nil && width > 20 {
		s.Width = width
	}
	s.Color = s.OutTTY && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return s
}

// TestStreams are buffers; terminal says what the command shall believe.
func TestStreams(terminal bool) (s Streams, out, errs *bytes.Buffer) {
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	return Streams{Out: out, Err: errs, OutTTY: terminal, ErrTTY: terminal, Color: terminal, Width: 100}, out, errs
}
