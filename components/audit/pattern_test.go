package audit_test

import (
	"fmt"
	"path"
	"strings"
)

// match says whether a JSON filter pattern of CloudWatch Logs matches an event. It knows what the patterns of the
// package use: =, !=, NOT EXISTS, && before ||, parentheses, and * in values.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
func match(pattern string, event map[string]any) (bool, error) {
	p := &parser{rest: strings.TrimSpace(pattern), event: event}
	if !p.take("{") {
		return false, fmt.Errorf("no { at %q", p.rest)
	}
	result := p.either()
	if p.err == nil && (!p.take("}") || p.rest != "") {
		p.err = fmt.Errorf("no end at %q", p.rest)
	}
	return result, p.err
}

type parser struct {
	rest  string
	event map[string]any
	err   error
}

func (p *parser) take(token string) bool {
	rest, found := strings.CutPrefix(p.rest, token)
	if found {
		p.rest = strings.TrimSpace(rest)
	}
	return found
}

func (p *parser) either() bool {
	result := p.all()
	for p.err == nil && p.take("||") {
		other := p.all()
		result = result || other
	}
	return result
}

func (p *parser) all() bool {
	result := p.term()
	for p.err == nil && p.take("&&") {
		other := p.term()
		result = result && other
	}
	return result
}

func (p *parser) term() bool {
	if p.take("(") {
		result := p.either()
		if p.err == nil && !p.take(")") {
			p.err = fmt.Errorf("no ) at %q", p.rest)
		}
		return result
	}
	if !p.take("$.") {
		p.err = fmt.Errorf("no $. at %q", p.rest)
		return false
	}
	found, exists := lookup(p.event, strings.Split(p.word(), "."))
	switch {
	case p.take("NOT EXISTS"):
		return !exists
	case p.take("!="):
		value := p.value()
		return exists && !like(value, found)
	case p.take("="):
		value := p.value()
		return exists && like(value, found)
	}
	p.err = fmt.Errorf("no operator at %q", p.rest)
	return false
}

func (p *parser) word() string {
	end := strings.IndexAny(p.rest, " =!)}")
	if end <= 0 {
		p.err = fmt.Errorf("no word at %q", p.rest)
		return ""
	}
	word := p.rest[:end]
	p.rest = strings.TrimSpace(p.rest[end:])
	return word
}

func (p *parser) value() string {
	if !strings.HasPrefix(p.rest, `"`) {
		return p.word()
	}
	value, rest, closed := strings.Cut(p.rest[1:], `"`)
	if !closed {
		p.err = fmt.Errorf("no closing quote at %q", p.rest)
	}
	p.rest = strings.TrimSpace(rest)
	return value
}

func lookup(event map[string]any, keys []string) (string, bool) {
	value, exists := event[keys[0]]
	if !exists {
		return "", false
	}
	if nested, ok := value.(map[string]any); ok && len(keys) > 1 {
		return lookup(nested, keys[1:])
	}
	text, ok := value.(string)
	return text, ok && len(keys) == 1
}

func like(pattern, value string) bool {
	matches, err := path.Match(pattern, value)
	return err == nil && matches
}
