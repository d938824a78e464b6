package rule

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/types/known/structpb"
)

const (
	// maxShown is how many characters of a text a message shows.
	maxShown = 80
	// maxMessage and maxPath are how many characters a finding has, and the place that it names.
	maxMessage, maxPath = 800, 200
	// maxElements is how many elements of a list or object a message shows.
	maxElements = 5
	// minSecret is the shortest text that is blotted out inside another; shorter ones would take ordinary words along.
	minSecret = 4
	// shownSecret stands for a secret.
	shownSecret = "[secret]"
)

// String shows the value in a message: quoted, shortened, without control characters; never a secret.
func (v Value) String() string {
	v.wrong = ""
	switch {
	case v.secret:
		return shownSecret
	case v.unknown:
		return "[unknown]"
	case v.pb == nil:
		return "missing"
	}
	switch kind := v.pb.GetKind().(type) {
	case *structpb.Value_StringValue:
		return quote(kind.StringValue)
	case *structpb.Value_ListValue:
		var parts []string
		for i := range kind.ListValue.GetValues() {
			if i == maxElements {
				parts = append(parts, fmt.Sprintf("... %d in all", len(kind.ListValue.GetValues())))
				break
			}
			parts = append(parts, v.element(i).brief())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case *structpb.Value_StructValue:
		return v.brief()
	}
	text, _ := v.scalar()
	return text
}

// brief shows a value inside another one.
func (v Value) brief() string {
	switch kind := v.pb.GetKind().(type) {
	case *structpb.Value_ListValue:
		if !v.secret {
			return "[...]"
		}
	case *structpb.Value_StructValue:
		if v.opaque {
			return "[asset or reference]"
		}
		if !v.secret {
			if len(kind.StructValue.GetFields()) == 0 {
				return "{}"
			}
			return "{...}"
		}
	}
	return v.String()
}

// quote shows a text in quotes, without control characters, at most maxShown characters of it.
func quote(text string) string {
	return strconv.Quote(clip(text, maxShown))
}

// clip shortens a text to a number of characters.
func clip(text string, most int) string {
	if len(text) <= most || utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text[:min(len(text), 4*most)])[:most-3]) + "..."
}

// plain makes a message safe to print on one line: control characters and what could steer a terminal are escaped.
func plain(text string) string {
	clean := true
	for _, r := range text {
		if !strconv.IsPrint(r) {
			clean = false
			break
		}
	}
	if clean {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRune(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}

// secretTexts collects every text inside secret values; keys are no secrets. What a secret JSON document says counts
// one by one as well, because that is what rules quote.
func secretTexts(v Value, into map[string]bool) {
	if v.pb == nil || v.unknown {
		return
	}
	switch kind := v.pb.GetKind().(type) {
	case *structpb.Value_StructValue:
		for key, field := range kind.StructValue.GetFields() {
			if key != sigKey {
				secretTexts(newValue(nil, nil, field, v.secret), into)
			}
		}
	case *structpb.Value_ListValue:
		for _, element := range kind.ListValue.GetValues() {
			secretTexts(newValue(nil, nil, element, v.secret), into)
		}
	default:
		text, ok := v.scalar()
		if _, isBool := kind.(*structpb.Value_BoolValue); !ok || isBool || !v.secret || text == "" {
			return
		}
		into[text] = true
		if text[0] == '{' || text[0] == '[' {
			if decoded := decodeJSON(text); decoded != nil {
				secretTexts(newValue(nil, nil, decoded, true), into)
			}
		}
	}
}

// redacted prints as [secret] with every verb.
type redacted struct{}

// Format implements fmt.Formatter.
func (redacted) Format(s fmt.State, _ rune) { fmt.Fprint(s, shownSecret) }

// blotArgument renders what a rule quotes. A text that is part of a secret counts as one: that is what a rule quotes
// that has looked into it.
func blotArgument(arg any, secrets *secretSet) any {
	var text string
	switch arg := arg.(type) {
	case Value:
		return arg.String()
	case *Resource:
		return arg.Name
	case string:
		text = arg
	case []string:
		out := make([]any, len(arg))
		for i, element := range arg {
			out[i] = blotArgument(element, secrets)
		}
		return out
	case error:
		text = arg.Error()
	case fmt.Stringer:
		text = arg.String()
	default:
		if text = fmt.Sprint(arg); len(text) >= minSecret && secrets.known[text] {
			return redacted{}
		}
		return arg
	}
	if secrets.has(text) {
		return redacted{}
	}
	return secrets.inArguments.Replace(text)
}

// Scrub takes the resource's secrets out of a text that was made somewhere else.
func (r *Resource) Scrub(text string) string { return scrub(text, r.Properties.doc.secretSet()) }

// Scrub takes the secrets of all resources out of a text that was made somewhere else.
func (s *Stack) Scrub(text string) string { return scrub(text, s.secretSet()) }

func scrub(text string, secrets *secretSet) string { return plain(secrets.inArguments.Replace(text)) }
