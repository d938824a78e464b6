package sandbox

import (
	"errors"
	"strings"
)

// Kind is the sort of a failure; the command line makes its exit codes of it.
type Kind int

// The sorts of failure. KindOther is everything that nobody foresaw.
const (
	KindOther   Kind = iota
	KindUsage        // the caller asked for something that does not exist: an unknown stack, a contradiction
	KindMissing      // the machine lacks something: Python, disk space, a free port
	KindBuild        // a tool could not be built, downloaded or installed
	KindDeploy       // the engine ran and did not succeed
	KindRefused      // refused to protect data
	KindBusy         // another process works on the same checkout
)

// Problem is a failure that a user can fix.
type Problem struct {
	Kind Kind
	// What is wrong, with the place and the value, in one line.
	What string
	// Fix says how: a command or a setting. Several lines are several ways.
	Fix []string
	// Detail is what a tool said, already shortened; may be empty.
	Detail string
	// Err is the cause, for errors.Is; it is not printed, What already tells.
	Err error
}

// Error gives what is wrong, the detail and the remedies, each on lines of its own.
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.What)
	if p.Detail != "" {
		b.WriteString("\n" + indent(p.Detail, "    "))
	}
	for _, fix := range p.Fix {
		b.WriteString("\n  -> " + fix)
	}
	return b.String()
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

// Problems are several problems that were found together.
type Problems []*Problem

// Error lists all of them, one after the other.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives each problem to errors.As.
func (ps Problems) Unwrap() []error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = p
	}
	return errs
}

// asError returns nil for none, the problem itself for one, and the list for several.
func (ps Problems) asError() error {
	switch len(ps) {
	case 0:
		return nil
	case 1:
		return ps[0]
	default:
		return ps
	}
}

// KindOf returns the sort of an error: that of the first [Problem] in its chain, else KindOther.
func KindOf(err error) Kind {
	var p *Problem
	if errors.As(err, &p) {
		return p.Kind
	}
	return KindOther
}

func indent(text, by string) string {
	return by + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n"+by)
}

// lastLines returns the last n non-empty lines of a tool's output: where tools say what went wrong.
func lastLines(text string, n int) string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, strings.TrimRight(line, " \r"))
		}
	}
	if len(lines) > n {
		lines = lines[len(lines)-n:]
	}
	return strings.Join(lines, "\n")
}
