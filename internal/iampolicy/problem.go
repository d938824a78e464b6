package iampolicy

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The rules that find problems, for tests and for callers that sort problems.
const (
	// RuleJSON: the text is not JSON, or not as policies can be.
	RuleJSON = "policy-json"
	// RuleElement: an element is unknown, missing, twice there, of the wrong type, or excludes another one.
	RuleElement = "policy-element"
	// RuleVersion: the language version is unknown.
	RuleVersion = "policy-version"
	// RuleSid: a Sid has characters that are not allowed, or is not unique.
	RuleSid = "policy-sid"
	// RuleEffect: an effect is missing or unknown.
	RuleEffect = "policy-effect"
	// RulePrincipal: a principal is malformed, missing, or not allowed in such a policy.
	RulePrincipal = "policy-principal"
	// RuleAction: an action is malformed.
	RuleAction = "policy-action"
	// RuleResource: a resource is malformed, missing, or not allowed in such a policy.
	RuleResource = "policy-resource"
	// RuleCondition: an operator, key or value of a condition is wrong.
	RuleCondition = "policy-condition"
	// RuleVariable: a policy variable is malformed, or stands where it is plain text.
	RuleVariable = "policy-variable"
	// RuleSize: the document is longer than AWS accepts.
	RuleSize = "policy-size"
	// RuleCharacters: the document has characters that AWS does not accept.
	RuleCharacters = "policy-characters"
)

// Problem is one thing that is wrong with a policy document. Its fields are those of validate.Problem.
type Problem struct {
	// Rule is the id of the rule that found it, one of the Rule constants.
	Rule string
	// Path leads to the element, such as Statement[2].Action; empty for the document as a whole.
	Path string
	// Value is what was found, as it is shown; empty when something is missing.
	Value string
	// Expected completes "expected ...".
	Expected string
	// Fix says what to do; may be empty.
	Fix string
}

// String is the problem on one line: where, what was found, what is expected, and the fix.
func (p Problem) String() string {
	var b strings.Builder
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
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

// Problems are all that is wrong with a document, in the order of its elements.
type Problems []Problem

// Err is nil if there are no problems, otherwise one error that lists them.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return problemsError(ps)
}

// Rules lists the ids of the rules that found something, in order.
func (ps Problems) Rules() []string {
	rules := make([]string, len(ps))
	for i, p := range ps {
		rules[i] = p.Rule
	}
	return rules
}

// maxProblems bounds the report on a document that is wrong throughout.
const maxProblems = 100

func (ps *Problems) add(p Problem) { *ps = append(*ps, p) }

// bounded is the report cut down to what somebody can read.
func (ps Problems) bounded() Problems {
	if len(ps) <= maxProblems {
		return ps
	}
	return append(ps[:maxProblems:maxProblems], more(len(ps)-maxProblems))
}

// more stands for problems that are not listed.
func more(n int) Problem {
	return Problem{Rule: RuleElement, Value: fmt.Sprintf("%d more problems", n), Expected: "a policy document", Fix: "start with the ones above"}
}

type problemsError Problems

// Error lists every problem on a line of its own, or the only one behind the heading.
func (ps problemsError) Error() string {
	if len(ps) == 1 {
		return "policy document: " + ps[0].String()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "policy document: %d problems:", len(ps))
	for _, p := range ps {
		b.WriteString("\n  - " + p.String())
	}
	return b.String()
}

// shown is how much of a value a message quotes, in bytes.
const shown = 120

// quote shows a text in quotes, shortened if it is long.
func quote(text string) string {
	if len(text) > shown {
		cut := shown
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		return strconv.Quote(text[:cut]) + "..."
	}
	return strconv.Quote(text)
}
