package iamref

import "strings"

// Patterns of policies and forms of the reference are both sequences of tokens; the question is always whether there is a
// text that both mean.

// token accepts characters: one, or any run of them.
type token struct {
	literal byte // the only character that is accepted; zero for any one
	but     byte // the one that is not, if literal is zero; zero for none
	run     bool // any number of them
}

type tokens []token

func (t token) accepts(c byte) bool {
	if t.literal != 0 {
		return t.literal == c
	}
	return t.but != c
}

// common tells whether two tokens accept the same character.
func (t token) common(o token) bool {
	switch {
	case t.literal != 0:
		return o.accepts(t.literal)
	case o.literal != 0:
		return t.accepts(o.literal)
	}
	return true // there are more characters than either leaves out
}

func literal(text string) tokens {
	out := make(tokens, len(text))
	for i := range len(text) {
		out[i] = token{literal: text[i]}
	}
	return out
}

// glob is a pattern of a policy: "*", "?" and policy variables such as ${aws:username} stand for anything.
func glob(pattern string) tokens {
	var out tokens
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '*':
			out = append(out, token{run: true})
		case c == '?':
			out = append(out, token{})
		case strings.HasPrefix(pattern[i:], "${") && strings.Contains(pattern[i:], "}"):
			out = append(out, token{run: true})
			i += strings.Index(pattern[i:], "}")
		default:
			out = append(out, token{literal: c})
		}
	}
	return out
}

// matcher tells whether texts match a pattern of a policy.
func matcher(pattern string) func(text string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok && !strings.ContainsAny(prefix, "*?$") {
		return func(text string) bool { return strings.HasPrefix(text, prefix) }
	}
	parts := glob(pattern)
	return func(text string) bool { return overlap(parts, literal(text)) }
}

// template is a form of the reference, whose placeholders stand for at least one character. But says which character
// the placeholder before a rest of the form cannot have.
func template(form string, but func(rest string) byte) tokens {
	var out tokens
	for form != "" {
		end := strings.Index(form, "}")
		if !strings.HasPrefix(form, "${") || end < 0 {
			out = append(out, token{literal: form[0]})
			form = form[1:]
			continue
		}
		form = form[end+1:]
		without := byte(0)
		if but != nil {
			without = but(form)
		}
		out = append(out, token{but: without}, token{but: without, run: true})
	}
	return out
}

// overlap tells whether there is a text that both sequences accept, in at most the product of their lengths.
func overlap(a, b tokens) bool {
	width := len(b) + 1
	seen := make([]bool, (len(a)+1)*width)
	todo := []int{0}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[at] {
			continue
		}
		seen[at] = true
		i, j := at/width, at%width
		if i == len(a) && j == len(b) {
			return true
		}
		if i < len(a) && a[i].run {
			todo = append(todo, at+width)
		}
		if j < len(b) && b[j].run {
			todo = append(todo, at+1)
		}
		if i == len(a) || j == len(b) || !a[i].common(b[j]) {
			continue
		}
		next := at
		if !a[i].run {
			next += width
		}
		if !b[j].run {
			next++
		}
		todo = append(todo, next)
	}
	return false
}

// arnForm is the form of a resource type's ARN, in its six parts.
type arnForm [arnParts]tokens

const arnParts = 6

// compileARN reads a form. A placeholder ends before the character that follows it, and the last one has no slash if
// another form of the service goes on with one: what has a slash behind a bucket's name is no bucket but an object.
func compileARN(form string, others []string) arnForm {
	var out arnForm
	for i, part := range strings.SplitN(form, ":", arnParts) {
		if i < arnParts-1 {
			out[i] = template(part, nil)
			continue
		}
		out[i] = template(part, func(rest string) byte {
			if rest != "" {
				if rest[0] == '$' {
					return 0
				}
				return rest[0]
			}
			for _, other := range others {
				if strings.HasPrefix(other, form+"/") {
					return '/'
				}
			}
			return 0
		})
	}
	return out
}

// fits tells whether a resource of a policy can mean a resource of this form.
func (f arnForm) fits(resource string) bool {
	parts := strings.SplitN(resource, ":", arnParts)
	for i, part := range parts {
		// A wildcard may stand for the parts that are not written: arn:aws:s3*.
		if len(parts) < arnParts && i == len(parts)-1 {
			return strings.HasSuffix(part, "*") && overlap(glob(part), f[i])
		}
		if !overlap(glob(part), f[i]) {
			return false
		}
	}
	return true
}

// onlyStars tells whether a pattern means everything.
func onlyStars(pattern string) bool { return pattern != "" && strings.Trim(pattern, "*") == "" }
