package iampolicy

import (
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Wildcards in policies: "*" is any run of characters, "?" any single one. A pattern is matched in at most the product of
// the two lengths, so that no pattern takes long.

// matchText says whether a pattern matches a text, case counting.
func matchText(pattern, text string) bool { return glob(pattern, text, false) }

// matchFold is matchText without regard to the case of ASCII letters.
func matchFold(pattern, text string) bool { return glob(pattern, text, true) }

func glob(pattern, text string, fold bool) bool {
	p, t := 0, 0
	star, mark := -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && pattern[p] == '?':
			p++
			t += width(text[t:])
		case p < len(pattern) && same(pattern[p], text[t], fold):
			p++
			t++
		case star >= 0:
			mark += width(text[mark:])
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// width is the length of the first character, in bytes.
func width(text string) int {
	n := 1
	for n < len(text) && text[n]&0xC0 == 0x80 {
		n++
	}
	return n
}

// same compares a character of a pattern, which is no wildcard, with one of a text.
func same(pattern, text byte, fold bool) bool {
	switch pattern {
	case text:
		return true
	case literalStar:
		return text == '*'
	case literalQuestion:
		return text == '?'
	}
	return fold && lower(pattern) == lower(text)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// matchResource compares an ARN with a pattern of a Resource element. A wildcard stays within its part of the ARN, but for a
// "*" that is the last character of its part, which reaches beyond the colons that follow, and those of the last part.
// Patterns that do not begin as ARNs are compared as a whole.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
func matchResource(pattern, text string) bool {
	if !matchText(pattern, text) {
		return false // the most that wildcards could mean
	}
	return !strings.ContainsAny(pattern, "*?") || !strings.HasPrefix(pattern, "arn:") || matchBeyond(pattern, text)
}

// matchBeyond is matchResource by trying every length of every "*", in the product of the two lengths.
func matchBeyond(pattern, text string) bool {
	// The beginnings of text that the pattern matches so far, and with one more character.
	reached, next := make([]bool, len(text)+1), make([]bool, len(text)+1)
	reached[0] = true
	colons := 0
	for p := range len(pattern) {
		clear(next)
		// In the last part wildcards are free; before it, a "*" that ends its part is.
		free := colons >= arnParts-1 || pattern[p] == '*' && (p+1 == len(pattern) || pattern[p+1] == ':')
		if pattern[p] == '*' {
			stretch(reached, next, text, free)
		} else {
			advance(pattern[p], reached, next, text, free)
		}
		if pattern[p] == ':' {
			colons++
		}
		reached, next = next, reached
	}
	return reached[len(text)]
}

// stretch goes from every beginning as far as a "*" reaches: to the next colon, or to the end if it is free.
func stretch(reached, next []bool, text string, free bool) {
	for t, on := range reached {
		next[t] = next[t] || on
		if next[t] && t < len(text) && (free || text[t] != ':') {
			next[t+1] = true
		}
	}
}

// advance goes from every beginning over one character, if the pattern's fits it.
func advance(pattern byte, reached, next []bool, text string, free bool) {
	for t, on := range reached {
		switch {
		case !on || t == len(text):
		case pattern == '?' && (free || text[t] != ':'):
			next[t+width(text[t:])] = true
		case pattern != '?' && same(pattern, text[t], false):
			next[t+1] = true
		}
	}
}

// arnParts is how many parts an ARN has, the last of which may have colons of its own.
const arnParts = 6

// matchARN compares an ARN with a pattern part by part, as the operators for ARNs do, so that a wildcard stays within its
// part. Patterns and texts that are no ARNs are compared as a whole.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
func matchARN(pattern, text string) bool {
	p, ok := validate.SplitARN(pattern)
	if !ok {
		return matchText(pattern, text)
	}
	t, ok := validate.SplitARN(text)
	if !ok {
		return matchText(pattern, text)
	}
	return matchText(p.Partition, t.Partition) && matchText(p.Service, t.Service) && matchText(p.Region, t.Region) &&
		matchText(p.Account, t.Account) && matchText(p.Resource, t.Resource)
}

// covers says whether a pattern matches everything that another pattern matches. It may miss some such pairs, and never
// claims one that is none: a "*" of the other pattern is only ever taken by a "*" of this one.
func covers(pattern, other string, fold bool) bool {
	p, t := 0, 0
	star, mark := -1, 0
	for t < len(other) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && pattern[p] == '?' && other[t] != '*':
			p++
			t += width(other[t:])
		case p < len(pattern) && pattern[p] != '?' && other[t] != '*' && other[t] != '?' && same(pattern[p], other[t], fold):
			p++
			t++
		case star >= 0:
			mark += width(other[mark:])
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// coversARN is covers for resources: part by part if both are ARNs.
func coversARN(pattern, other string) bool {
	p, ok := validate.SplitARN(pattern)
	if !ok {
		return covers(pattern, other, false)
	}
	o, ok := validate.SplitARN(other)
	if !ok {
		return false
	}
	return covers(p.Partition, o.Partition, false) && covers(p.Service, o.Service, false) && covers(p.Region, o.Region, false) &&
		covers(p.Account, o.Account, false) && covers(p.Resource, o.Resource, false)
}

// onlyStars says whether a pattern matches everything.
func onlyStars(pattern string) bool { return pattern != "" && strings.Trim(pattern, "*") == "" }
