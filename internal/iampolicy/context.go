package iampolicy

import (
	"maps"
	"slices"
	"strings"
)

// Context is what a request says, by condition key. The case of keys does not matter. A key with no values is known to be
// missing; a key that is not there is missing as well, unless Request.Unknown has it.
type Context map[string][]string

// facts is what is known about a request.
type facts struct {
	values  map[string][]string
	unknown []string
	// asked collects the unknown keys that an answer depends on.
	asked []string
}

// state says what is known about a key.
type state int

const (
	absent state = iota
	present
	unknown
)

func newFacts(r Request) *facts {
	f := &facts{values: make(map[string][]string, len(r.Context)+8)}
	for key, value := range r.Caller.context() {
		f.values[key] = []string{value}
	}
	if account := r.resourceAccount(); account != "" {
		f.values["aws:resourceaccount"] = []string{account}
	}
	given := make(map[string][]string, len(r.Context))
	for _, key := range slices.Sorted(maps.Keys(r.Context)) {
		folded := strings.ToLower(key)
		given[folded] = append(given[folded], r.Context[key]...)
	}
	maps.Copy(f.values, given)
	for _, pattern := range r.Unknown {
		f.unknown = append(f.unknown, strings.ToLower(pattern))
	}
	return f
}

func (f *facts) lookup(key string) ([]string, state) {
	folded := strings.ToLower(key)
	if values, ok := f.values[folded]; ok {
		if len(values) == 0 {
			return nil, absent
		}
		return values, present
	}
	if slices.ContainsFunc(f.unknown, func(pattern string) bool { return matchText(pattern, folded) }) {
		f.asked = append(f.asked, key)
		return nil, unknown
	}
	return nil, absent
}

// expansion is a text with its variables replaced.
type expansion struct {
	// pattern is the text, in which characters that came from variables are no wildcards.
	pattern string
	// unknown says that a "*" in the pattern stands for a value that is not known.
	unknown bool
	// unresolved says that the request lacks a key. Nothing matches then.
	unresolved bool
	// doubtful says that the request lacks a key, or may lack it. AWS may then hold the whole statement invalid, so that
	// not even the negation of a match is certain.
	doubtful bool
}

// Characters that are no wildcards, in patterns. Bytes that UTF-8 never has stand for them.
const (
	literalStar     = '\xFE'
	literalQuestion = '\xFF'
)

var escapeWildcards = strings.NewReplacer("*", string([]byte{literalStar}), "?", string([]byte{literalQuestion}))

// expand replaces the variables of a text. wildcards says whether "*" and "?" in the text itself are wildcards.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func (f *facts) expand(text string, variables, wildcards bool) expansion {
	if !variables || !strings.Contains(text, "${") {
		if !wildcards {
			text = escape(text)
		}
		return expansion{pattern: text}
	}
	var out expansion
	var b strings.Builder
	for p := range pieces(text) {
		switch {
		case p.problem != "":
			out.unresolved, out.doubtful = true, true
		case !p.variable && (p.literal || !wildcards):
			b.WriteString(escape(p.text))
		case !p.variable:
			b.WriteString(p.text)
		default:
			values, known := f.lookup(p.text)
			switch {
			case len(values) > 1 || multivalued[strings.ToLower(p.text)]:
				// A key that may have several values is no variable.
				out.unresolved, out.doubtful = true, true
			case known == unknown:
				out.unknown = true
				out.doubtful = out.doubtful || !p.hasFallback
				b.WriteByte('*')
			case known == present && len(values) == 1:
				b.WriteString(escape(values[0]))
			case p.hasFallback:
				b.WriteString(escape(p.fallback))
			default:
				out.unresolved, out.doubtful = true, true
			}
		}
	}
	out.pattern = b.String()
	return out
}

// multivalued are the global keys that may have several values in a request, and so cannot be variables.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var multivalued = map[string]bool{
	"aws:calledvia": true, "aws:principalorgpaths": true, "aws:principalservicenameslist": true, "aws:resourceorgpaths": true,
	"aws:sourceorgpaths": true, "aws:tagkeys": true, "aws:vpceorgpaths": true,
}

func escape(text string) string {
	if strings.ContainsAny(text, "*?") {
		return escapeWildcards.Replace(text)
	}
	return text
}
