package rule

import (
	"fmt"
	"strings"
)

// Finding is one thing that a rule found wrong.
type Finding struct {
	// URN is the resource; empty for the stack as a whole.
	URN string
	// Path is the property; empty for the resource as a whole.
	Path string
	// Message says what is wrong and what is expected, on one line, without secrets.
	Message string
}

// String is the finding without its resource.
func (f Finding) String() string {
	if f.Path == "" {
		return f.Message
	}
	return f.Path + ": " + f.Message
}

// Place is where something is wrong: a [Value], a [*Resource] or a [*Stack].
type Place interface {
	place() (r *Resource, path string)
}

// Findings is what a rule reports to, and where it asks for its parameters and the run it is part of.
type Findings struct {
	scope
	stack   *Stack
	found   []Finding
	unknown []notYetKnown
	reason  string // why the rule does not apply
	asked   bool   // whether a stack rule went through resources,
	judged  bool   // whether it judged any,
	skipped string // and why it did not judge the last it did not
}

// Fail reports that something is wrong there. Values among the arguments are shown safely; in the message they need no
// quotes of their own.
func (f *Findings) Fail(at Place, format string, args ...any) {
	r, path := at.place()
	secrets := f.secrets(r)
	safe := make([]any, len(args))
	for i, arg := range args {
		safe[i] = blotArgument(arg, secrets)
	}
	finding := Finding{Path: clip(plain(path), maxPath), Message: clip(plain(secrets.inMessages.Replace(fmt.Sprintf(format, safe...))), maxMessage)}
	if r != nil {
		finding.URN = r.URN
	}
	f.found = append(f.found, finding)
}

// secrets are the texts that must not be shown: those of the resource, and for a stack rule those of all resources.
func (f *Findings) secrets(r *Resource) *secretSet {
	if f.stack != nil {
		return f.stack.secretSet()
	}
	if r != nil && r.Properties.doc != nil {
		return r.Properties.doc.secretSet()
	}
	return newSecretSet(nil)
}

// NotApplicable says that there is nothing for the rule to judge, and why. The rule returns after it.
func (f *Findings) NotApplicable(reason string) { f.reason = clip(reason, maxMessage) }

// Each calls judge for every element of the list. One that is not known, or of the wrong type, does not keep the others
// from being judged.
func (f *Findings) Each(list Value, judge func(element Value)) {
	for _, element := range list.List() {
		f.guard(func() { judge(element) })
	}
}

// Also judges a part of what the rule asks. What is not yet known in it does not keep the rest from being judged.
func (f *Findings) Also(judge func()) { f.guard(judge) }

// EachResource calls judge for every resource, in a stack rule. What is not yet known about one does not keep the others
// from being judged, and NotApplicable inside it is about that resource only. A stack rule for which no resource was
// left to judge does not apply.
func (f *Findings) EachResource(resources []*Resource, judge func(r *Resource)) {
	f.asked = true
	for _, r := range resources {
		f.reason = ""
		f.guard(func() { judge(r) })
		if f.reason == "" {
			f.judged = true
		} else {
			f.skipped = f.reason
		}
	}
	f.reason = ""
}

// guard runs a part of a rule, and keeps what ends it early.
func (f *Findings) guard(judge func()) {
	defer func() {
		switch end := recover().(type) {
		case nil:
		case notYetKnown:
			f.unknown = append(f.unknown, end)
		case wrongType:
			f.Fail(end.at, "%s: expected %s", end.at, end.expected)
		default:
			panic(end)
		}
	}()
	judge()
}

// The assertions that follow do not end the rule when the value is not known yet: what they ask next may be.

// WantTrue reports unless the value is true.
func (f *Findings) WantTrue(v Value) {
	f.guard(func() {
		if !v.Bool() {
			f.Fail(v, "%s: expected true", v)
		}
	})
}

// WantNotTrue reports if the value is true: false is the default.
func (f *Findings) WantNotTrue(v Value) {
	f.guard(func() {
		if v.Bool() {
			f.Fail(v, "%s: expected false", v)
		}
	})
}

// WantNotFalse reports if the value is false: true is the default.
func (f *Findings) WantNotFalse(v Value) {
	f.guard(func() {
		if !v.BoolOr(true) {
			f.Fail(v, "%s: expected true", v)
		}
	})
}

// WantSet reports unless there is a text, such as a name or an ARN, that is not empty. What completes "expected ...".
func (f *Findings) WantSet(v Value, what string) {
	f.guard(func() {
		if v.Text() == "" {
			f.Fail(v, "%s: expected %s", v, what)
		}
	})
}

// WantSome reports unless there is a list or object that is not empty. What completes "expected ...".
func (f *Findings) WantSome(v Value, what string) {
	f.guard(func() {
		if v.Empty() {
			f.Fail(v, "%s: expected %s", v, what)
		}
	})
}

// WantUnset reports if there is a value that is not empty. Why completes "expected none: ...".
func (f *Findings) WantUnset(v Value, why string) {
	f.guard(func() {
		if !v.Empty() {
			f.Fail(v, "%s: expected none: %s", v, why)
		}
	})
}

// WantOneOf reports unless the value is one of the texts.
func (f *Findings) WantOneOf(v Value, allowed ...string) {
	f.guard(func() {
		if !v.Is(allowed...) {
			f.Fail(v, "%s: expected %s", v, oneOf(allowed))
		}
	})
}

// WantNoneOf reports if the value is one of the texts.
func (f *Findings) WantNoneOf(v Value, forbidden ...string) {
	f.guard(func() {
		if v.Exists() && v.Is(forbidden...) {
			f.Fail(v, "%s: expected anything but %s", v, oneOf(forbidden))
		}
	})
}

// WantAtLeast reports unless the number is at least the least one. An absent value counts as 0. The unit may be empty.
func (f *Findings) WantAtLeast(v Value, least int, unit string) {
	f.guard(func() {
		if v.Int() < least {
			f.Fail(v, "%s: expected at least %d%s", v, least, spaced(unit))
		}
	})
}

// WantAtMost reports unless the number is at most the greatest one. An absent value counts as 0. The unit may be empty.
func (f *Findings) WantAtMost(v Value, most int, unit string) {
	f.guard(func() {
		if v.Int() > most {
			f.Fail(v, "%s: expected at most %d%s", v, most, spaced(unit))
		}
	})
}

// WantElements reports every one of the texts that the list lacks.
func (f *Findings) WantElements(list Value, wanted ...string) {
	f.guard(func() {
		have := map[string]bool{}
		for _, text := range list.Texts() {
			have[text] = true
		}
		for _, text := range wanted {
			if !have[text] {
				f.Fail(list, "%s: expected it to contain %q", list, text)
			}
		}
	})
}

// WantReferrer reports unless some resource of the types refers to the target by the property, and returns those that
// do; for stack rules. While more of them may turn up, the others are returned, and the rule does not pass before those
// are known too. See [Stack.Referrers].
func (f *Findings) WantReferrer(target *Resource, property string, types ...string) []*Resource {
	referrers, pending := f.stack.referrers(target, property, types)
	switch {
	case pending != nil:
		f.unknown = append(f.unknown, notYetKnown{*pending})
	case len(referrers) == 0:
		f.Fail(target, "no %s refers to it by %s", strings.Join(shortNames(types), " or "), property)
	}
	return referrers
}

// shortNames are the class names of type tokens: BucketPolicy of aws:s3/bucketPolicy:BucketPolicy.
func shortNames(types []string) []string {
	names := make([]string, len(types))
	for i, typ := range types {
		names[i] = typ[strings.LastIndex(typ, ":")+1:]
	}
	return names
}

func oneOf(texts []string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	return "one of " + strings.Join(texts, ", ")
}

func spaced(unit string) string {
	if unit == "" {
		return ""
	}
	return " " + unit
}

// WantTrue is a rule that asks for nothing but that the property is true. The others below are of the same kind.
func WantTrue(path string) func(*Resource, *Findings) {
	return func(r *Resource, f *Findings) { f.WantTrue(r.Get(path)) }
}

// WantNotTrue is the rule that the property is not true.
func WantNotTrue(path string) func(*Resource, *Findings) {
	return func(r *Resource, f *Findings) { f.WantNotTrue(r.Get(path)) }
}

// WantNotFalse is the rule that the property is not false.
func WantNotFalse(path string) func(*Resource, *Findings) {
	return func(r *Resource, f *Findings) { f.WantNotFalse(r.Get(path)) }
}

// WantSet is the rule that the property has a text; what completes "expected ...".
func WantSet(path, what string) func(*Resource, *Findings) {
	return func(r *Resource, f *Findings) { f.WantSet(r.Get(path), what) }
}

// WantOneOf is the rule that the property is one of the texts.
func WantOneOf(path string, allowed ...string) func(*Resource, *Findings) {
	return func(r *Resource, f *Findings) { f.WantOneOf(r.Get(path), allowed...) }
}

// WantNoneOf is the rule that the property is none of the texts.
func WantNoneOf(path string, forbidden ...string) func(*Resource, *Findings) {
	return func(r *Resource, f *Findings) { f.WantNoneOf(r.Get(path), forbidden...) }
}
