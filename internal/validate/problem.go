package validate

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/secretwords"
)

// Problem is one thing that is wrong with one value.
type Problem struct {
	// Rule is the id of the check that found it, for example s3-lifecycle-class-minimum: tests and policies compare it
	// instead of the wording.
	Rule string
	// Path leads to the value in the terms of the inputs, for example lifecycle.transitions[1].days; empty for all of them.
	Path Path
	// Value is what was found, as it is shown; empty when nothing was given.
	Value string
	// Expected completes "expected ...".
	Expected string
	// Fix says what to do; may be empty.
	Fix string
}

// The rules of problems whose constructor says all there is to say.
const (
	// RuleRequired: a value is missing.
	RuleRequired = "required"
	// RuleInvalid: a value is malformed.
	RuleInvalid = "invalid"
	// RuleNotSupported: a value is not one of the few that are allowed.
	RuleNotSupported = "not-supported"
	// RuleForbidden: a value is well-formed, and must not be given here.
	RuleForbidden = "forbidden"
	// RuleOutOfRange: a number is too small or too big.
	RuleOutOfRange = "out-of-range"
	// RuleConflict: two values contradict each other.
	RuleConflict = "conflict"
	// RuleAlternatives: several fields are given of which one excludes the others.
	RuleAlternatives = "alternatives"
	// RuleDuplicate: a list has a value twice.
	RuleDuplicate = "duplicate"
)

// String is the problem on one line: where, what was found, what is expected, and the fix.
func (p Problem) String() string {
	if p.Path == "" {
		return p.Reason()
	}
	return string(p.Path) + ": " + p.Reason()
}

// Reason is the problem without its path.
func (p Problem) Reason() string {
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

// maxShown is how much of a value a message quotes, in characters.
const maxShown = 120

// Show renders a value for a message: strings in quotes and shortened, everything else as Go prints it. What looks like
// a secret is described instead: whoever pastes one into the wrong place must not find it in a log.
func Show(value any) string {
	text, quoted := "", true
	switch v := value.(type) {
	case string:
		text = v
	case fmt.Stringer:
		text, quoted = v.String(), false
	case int, bool:
		return fmt.Sprint(v)
	default:
		text = fmt.Sprintf("%v", v)
		quoted = reflect.ValueOf(v).Kind() == reflect.String || strings.ContainsAny(text, " \t\n") || text == ""
	}
	if kind := secretwords.Suspect(text); kind != "" {
		return fmt.Sprintf("a text of %d characters (not shown: it may be %s)", len([]rune(text)), kind)
	}
	if !quoted {
		return text
	}
	if runes := []rune(text); len(runes) > maxShown {
		return fmt.Sprintf("%q...", string(runes[:maxShown]))
	}
	return fmt.Sprintf("%q", text)
}

// Required reports a missing value.
func Required(path Path, expected, fix string) Problem {
	return Problem{Rule: RuleRequired, Path: path, Expected: expected, Fix: fix}
}

// Invalid reports a malformed value.
func Invalid(path Path, value any, expected, fix string) Problem {
	return Problem{Rule: RuleInvalid, Path: path, Value: Show(value), Expected: expected, Fix: fix}
}

// Forbidden reports a value that must not be given here.
func Forbidden(path Path, value any, expected, fix string) Problem {
	return Problem{Rule: RuleForbidden, Path: path, Value: Show(value), Expected: expected, Fix: fix}
}

// Conflict reports a value that contradicts another one.
func Conflict(path Path, value any, expected, fix string) Problem {
	return Problem{Rule: RuleConflict, Path: path, Value: Show(value), Expected: expected, Fix: fix}
}

// NotSupported reports a value that is not among the allowed ones, and suggests the one that was probably meant.
func NotSupported[T ~string](path Path, value T, allowed []T) Problem {
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = string(a)
	}
	p := Problem{
		Rule: RuleNotSupported, Path: path, Value: Show(string(value)), Expected: "one of " + strings.Join(names, ", "),
	}
	if nearest, ok := Nearest(string(value), names); ok {
		p.Fix = fmt.Sprintf("did you mean %q?", nearest)
	}
	return p
}

// Problems collects what is wrong. The zero value is ready to use.
type Problems []Problem

// Add appends problems.
func (ps *Problems) Add(problems ...Problem) {
	*ps = append(*ps, problems...)
}

// Rules lists the ids of the rules that found something, in order.
func (ps Problems) Rules() []string {
	rules := make([]string, len(ps))
	for i, p := range ps {
		rules[i] = p.Rule
	}
	return rules
}

// Err returns nil if there are no problems, otherwise one *Error about all of them. The subject is what they are about:
// a component's type token, "policy document"; the name tells it from others of its kind, and may be empty.
func (ps Problems) Err(subject, name string) error {
	if len(ps) == 0 {
		return nil
	}
	return &Error{Subject: subject, Name: name, Problems: ps}
}

// Error is all that is wrong with one subject.
type Error struct {
	// Subject is what is wrong, such as a component's type token, and Name which one of its kind; Name may be empty.
	Subject, Name string
	// Problems has at least one element.
	Problems Problems
}

// Error lists every problem on a line of its own, or the only one behind the subject.
func (e *Error) Error() string {
	if len(e.Problems) == 1 {
		return e.subject() + ": " + e.Problems[0].String()
	}
	var b strings.Builder
	b.WriteString(e.Heading())
	b.WriteString(":")
	for _, p := range e.Problems {
		b.WriteString("\n  - ")
		b.WriteString(p.String())
	}
	return b.String()
}

// Heading names the subject and the number of problems.
func (e *Error) Heading() string {
	if len(e.Problems) == 1 {
		return e.subject() + ": 1 problem"
	}
	return fmt.Sprintf("%s: %d problems", e.subject(), len(e.Problems))
}

func (e *Error) subject() string {
	if e.Name == "" {
		return e.Subject
	}
	return fmt.Sprintf("%s %q", e.Subject, e.Name)
}
