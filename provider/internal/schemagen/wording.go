package schemagen

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/bulwark-iac/bulwark/provider/internal/gosource"
)

// wording turns a Go comment into the words of the other languages: `logBucketName` for the field LogBucketName, `off`
// for the constant AccessLogsOff. What is about Go alone is left out.
type wording struct {
	source *gosource.Module
	pkg    *gosource.Package
	// owner is the struct that the comment, or its field, belongs to; nil for other comments.
	owner *gosource.Type
	// values are the constants that the field can have.
	values []gosource.Constant
}

var (
	// seeConstructor points a reader of Go documentation to the function; other languages have one name for both.
	seeConstructor = regexp.MustCompile(` ?See New[A-Z]\w*\.`)
	// insteadOf names the field that takes a Go value where this one takes plain text.
	insteadOf = regexp.MustCompile(`,? instead of ([A-Z]\w*)`)
	// seeFunction points to a function, which other languages do not have.
	seeFunction = regexp.MustCompile(`, see ([A-Z]\w*)`)
	// template is a text with placeholders: <project>-<name>. As code, Markdown does not take them for tags.
	template = regexp.MustCompile(`[\w:-]*(?:<\w+>-?)+`)
	// identifier is a name as Go exports it, with the package or type before it.
	identifier = regexp.MustCompile(`\b(?:\w+\.)?[A-Z]\w*\b`)
)

// products are fields and constants that are called as what they are about: in a sentence, the product is meant.
var products = map[string]bool{
	"CloudTrail": true, "EventBridge": true, "Insights": true, "Linux": true, "LoadBalancer": true, "PHP": true, "POSIX": true,
	"S3": true, "Windows": true, "WordPress": true,
}

// inGo marks what other languages do not have, and inGoAlready begins a remark that says so itself.
const (
	inGo        = " (in Go only)"
	inGoAlready = "(in Go: "
)

func (w wording) translate(comment string) string {
	if w.pkg == nil {
		return comment
	}
	comment = seeConstructor.ReplaceAllString(comment, "")
	if w.owner != nil {
		comment = insteadOf.ReplaceAllStringFunc(comment, func(clause string) string {
			if f, ok := fieldNamed(w.owner, insteadOf.FindStringSubmatch(clause)[1]); ok && f.Sibling != "" {
				return ""
			}
			return clause
		})
	}
	comment = seeFunction.ReplaceAllStringFunc(comment, func(clause string) string {
		if w.pkg.Functions[seeFunction.FindStringSubmatch(clause)[1]] {
			return ""
		}
		return clause
	})
	comment = template.ReplaceAllStringFunc(comment, code)
	var out strings.Builder
	at := 0
	for _, m := range identifier.FindAllStringIndex(comment, -1) {
		name := comment[m[0]:m[1]]
		out.WriteString(comment[at:m[0]])
		remark := strings.LastIndex(comment[:m[0]], inGoAlready)
		if remark >= 0 && !strings.Contains(comment[remark:m[0]], ")") {
			out.WriteString(name)
		} else {
			out.WriteString(w.word(name, m[0] == 0))
		}
		at = m[1]
	}
	out.WriteString(comment[at:])
	return out.String()
}

// word is one name, translated if it is one of Go's.
func (w wording) word(name string, first bool) string {
	if w.owner != nil {
		switch f, ok := fieldNamed(w.owner, name); {
		case ok && f.Property != "" && (first || !products[name]):
			return code(f.Property)
		case ok && f.Sibling != "":
			return code(name) + inGo
		}
	}
	if products[name] && !first {
		return name
	}
	for _, c := range w.values {
		if c.Name == name {
			return code(c.Value)
		}
	}
	if before, after, qualified := strings.Cut(name, "."); qualified {
		return w.qualified(name, before, after)
	}
	for _, t := range w.pkg.Types {
		for _, c := range t.Constants {
			if c.Name == name {
				return code(c.Value)
			}
		}
	}
	for _, c := range w.pkg.Constructors {
		if c.Function == name {
			return code(c.Component)
		}
	}
	if text, ok := w.pkg.Texts[name]; ok {
		return code(text)
	}
	if w.pkg.Functions[name] {
		return code(name) + inGo
	}
	if property, ok := w.anywhere(name); ok && !products[name] {
		return code(property)
	}
	return name
}

// qualified is package.Constant or Type.Field.
func (w wording) qualified(name, before, after string) string {
	if t := w.pkg.Types[before]; t != nil {
		f, ok := fieldNamed(t, after)
		switch {
		case ok && f.Property != "":
			return code(f.Property)
		case ok && f.Sibling != "":
			return code(after) + inGo
		}
	}
	if p, ok := w.source.Named(before); ok {
		if p.Functions[after] {
			return code(name) + inGo
		}
		for _, t := range p.Types {
			for _, c := range t.Constants {
				if c.Name == after {
					return code(c.Value)
				}
			}
		}
	}
	return name
}

// anywhere finds the field of another struct of the package. Names of one word are left alone, as they may be prose, and
// so are those of types, which are the same everywhere.
func (w wording) anywhere(name string) (string, bool) {
	if w.pkg.Types[name] != nil || !strings.ContainsFunc(name[1:], unicode.IsUpper) {
		return "", false
	}
	for _, t := range w.pkg.Types {
		if f, ok := fieldNamed(t, name); ok && f.Property != "" {
			return f.Property, true
		}
	}
	return "", false
}

func fieldNamed(t *gosource.Type, name string) (gosource.Field, bool) {
	for _, f := range t.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return gosource.Field{}, false
}

func code(s string) string { return "`" + s + "`" }
