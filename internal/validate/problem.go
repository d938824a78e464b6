package validate

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/errors"
)

// Kind says what sort of problem it is.
type Kind string

// The kinds of problems.
const (
	// KindRequired: a value is missing.
	KindRequired Kind = "required"
	// KindInvalid: a value is malformed.
	KindInvalid Kind = "invalid"
	// KindNotSupported: a value is not one of the few that are allowed.
	KindNotSupported Kind = "not-supported"
	// KindForbidden: a value is well-formed, and must not be given here.
	KindForbidden Kind = "forbidden"
	// KindOutOfRange: a number is too small or too big.
	KindOutOfRange Kind = "out-of-range"
	// KindConflict: two values contradict each other.
	KindConflict Kind = "conflict"
)

// Problem is one thing that is wrong with one value.
type Problem struct {
	Kind Kind
	// Path leads to the value in the terms of the component's inputs, for example lifecycle.transitions[1].days.
	Path Path
	// Value is what was found, as it is shown; empty when nothing was given.
	Value string
	// Expected completes "expected ...".
	Expected string
	// Fix says what to do; may be empty.
	Fix string
	// Rule identifies the check for tests and policies, for example s3-lifecycle-class-minimum. Defaults to the kind.
	Rule string
}

// String is the problem on one line: where, what was found, what is expected, and the fix.
func (p Problem) String() string {
	return string(p.Path) + ": " + p.reason()
}

func (p Problem) reason() string {
	var b strings.Builder
	if p.Value == "" {
		b.WriteString("missing")
	} else {
		b.WriteString(p.Value)
	}
	b.WriteString(": expected " + p.Expected)
	if p.Fix != "" {
		b.WriteString("; fix: " + p.Fix)
	}
	return b.String()
}

// By names the rule that found the problem.
func (p Problem) By(rule string) Problem {
	p.Rule = rule
	return p
}

// show renders a value: strings in quotes, everything else as Go prints it.
func show(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("%q", v)
	case fmt.Stringer:
		return v.String()
	case int, bool:
		return fmt.Sprint(v)
	default:
		if s := fmt.Sprintf("%v", v); strings.ContainsAny(s, " \t\n") || s == "" {
			return fmt.Sprintf("%q", s)
		}
		return fmt.Sprintf("%v", value)
	}
}

// Required reports a missing value.
func Required(path Path, expected, fix string) Problem {
	return Problem{Kind: KindRequired, Path: path, Expected: expected, Fix: fix, Rule: string(KindRequired)}
}

// Invalid reports a malformed value.
func Invalid(path Path, value any, expected, fix string) Problem {
	return Problem{Kind: KindInvalid, Path: path, Value: show(value), Expected: expected, Fix: fix, Rule: string(KindInvalid)}
}

// Forbidden reports a value that must not be given here.
func Forbidden(path Path, value any, expected, fix string) Problem {
	return Problem{Kind: KindForbidden, Path: path, Value: show(value), Expected: expected, Fix: fix, Rule: string(KindForbidden)}
}

// Conflict reports a value that contradicts another one.
func Conflict(path Path, value any, expected, fix string) Problem {
	return Problem{Kind: KindConflict, Path: path, Value: show(value), Expected: expected, Fix: fix, Rule: string(KindConflict)}
}

// NotSupported reports a value that is not among the allowed ones, and suggests the one that was probably meant.
func NotSupported[T ~string](path Path, value T, allowed []T) Problem {
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = string(a)
	}
	p := Problem{
		Kind: KindNotSupported, Path: path, Value: show(string(value)), Rule: string(KindNotSupported),
		Expected: "one of " + strings.Join(names, ", "),
	}
	if nearest, ok := Nearest(string(value), names); ok {
		p.Fix = fmt.Sprintf("did you mean %q?", nearest)
	}
	return p
}

// OneOf returns a problem unless the value is one of the allowed ones. The empty value is left to Required.
func OneOf[T ~string](path Path, value T, allowed []T) []Problem {
	if value == "" {
		return nil
	}
	for _, a := range allowed {
		if a == value {
			return nil
		}
	}
	return []Problem{NotSupported(path, value, allowed)}
}

// Range returns a problem unless low <= value <= high. The unit ("days") completes the numbers.
func Range(path Path, value, low, high int, unit string) []Problem {
	p := Problem{
		Kind: KindOutOfRange, Path: path, Value: show(value), Rule: string(KindOutOfRange),
		Expected: strings.TrimSpace(fmt.Sprintf("%d to %d %s", low, high, unit)),
	}
	switch {
	case value < low:
		p.Fix = fmt.Sprintf("use at least %d", low)
	case value > high:
		p.Fix = fmt.Sprintf("use at most %d", high)
	default:
		return nil
	}
	return []Problem{p}
}

// Problems collects what is wrong. The zero value is ready to use.
type Problems []Problem

// Add appends problems.
func (ps *Problems) Add(problems ...Problem) {
	*ps = append(*ps, problems...)
}

// Err returns nil if there are no problems, otherwise one *Error about all of them. The type is the component's type
// token, the name that of the resource.
func (ps Problems) Err(typ, name string) error {
	if len(ps) == 0 {
		return nil
	}
	return &Error{Type: typ, Name: name, Problems: ps}
}

// Error is all that is wrong with the arguments of one component.
type Error struct {
	// Type is the component's type token, Name the resource's name.
	Type, Name string
	// Problems has at least one element.
	Problems []Problem
}

// Error lists every problem on a line of its own, or the only one behind the heading.
func (e *Error) Error() string {
	if len(e.Problems) == 1 {
		return e.subject() + ": " + e.Problems[0].String()
	}
	var b strings.Builder
	b.WriteString(e.heading())
	b.WriteString(":")
	for _, p := range e.Problems {
		b.WriteString("\n  - ")
		b.WriteString(p.String())
	}
	return b.String()
}

func (e *Error) subject() string { return fmt.Sprintf("%s %q", e.Type, e.Name) }

func (e *Error) heading() string {
	if len(e.Problems) == 1 {
		return e.subject() + ": 1 problem"
	}
	return fmt.Sprintf("%s: %d problems", e.subject(), len(e.Problems))
}

// As lets errors.As turn the error into Pulumi's own, whose properties an engine shows one by one: that is how a
// program in another language sees them.
func (e *Error) As(target any) bool {
	t, ok := target.(**errors.InputPropertiesError)
	if !ok {
		return false
	}
	*t = e.InputProperties()
	return true
}

// InputProperties is the error in Pulumi's terms.
func (e *Error) InputProperties() *errors.InputPropertiesError {
	details := make([]errors.InputPropertyErrorDetails, len(e.Problems))
	for i, p := range e.Problems {
		details[i] = errors.InputPropertyErrorDetails{PropertyPath: string(p.Path), Reason: p.reason()}
	}
	return errors.NewInputPropertiesError(e.heading(), details...)
}

// Rules lists the ids of the rules that found something, in order.
func (e *Error) Rules() []string {
	rules := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		rules[i] = p.Rule
	}
	return rules
}
