package config

import (
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Glob is a pattern for URNs: * stands for any characters, ? for one.
type Glob string

// Match tells whether the whole text fits the pattern.
func (g Glob) Match(urn string) bool {
	pattern, text := []rune(string(g)), []rune(urn)
	p, t := 0, 0
	star, resume := -1, 0 // the last *, and where in the text what follows it was tried
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			resume++
			p, t = star+1, resume
		default:
			return false
		}
	}
	return strings.Trim(string(pattern[p:]), "*") == ""
}

// check returns what is wrong with the pattern as one for URNs.
func (g Glob) check(path validate.Path) []validate.Problem {
	text := string(g)
	invalid := func(expected, fix string) []validate.Problem {
		return []validate.Problem{validate.Invalid(path, text, expected, fix).By("exemption-urn")}
	}
	switch {
	case strings.Trim(text, "*?:") == "":
		return invalid("a pattern that names resources", "to switch a control off for all, set its level to disabled")
	case strings.ContainsAny(text, " \t\n\r"):
		return invalid("a URN, which has no spaces", "remove the spaces")
	case !strings.HasPrefix(text, "urn:pulumi:") && !strings.HasPrefix(text, "*"):
		return invalid("a URN pattern such as urn:pulumi:prod::acme::*::audio", "begin with urn:pulumi: or *")
	case strings.ContainsAny(text, "[]{}"):
		return invalid("a pattern of * (anything) and ? (one character)", "write an exemption for each alternative")
	}
	return nil
}
