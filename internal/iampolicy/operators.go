package iampolicy

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"net/netip"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// holds says whether a condition holds for a request.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
func (c Condition) holds(f *facts, variables bool) truth {
	o, ok := ParseOperator(c.Operator)
	if !ok {
		return no
	}
	values, known := f.lookup(c.Key)
	if o.Base == "Null" {
		return c.missing(known)
	}
	switch known {
	case unknown:
		return maybe
	case absent:
		return truthOf(o.HoldsWithoutKey())
	case present:
	}
	test := o.test(f, c.Values, variables && o.variables())
	switch {
	case o.Quantifier == ForAllValues:
		all := yes
		for _, v := range values {
			all = min(all, test(v))
		}
		return all
	case o.Negated() && o.Quantifier == "":
		// None of the values may be among those of the policy.
		none := yes
		for _, v := range values {
			none = min(none, test(v))
		}
		return none
	default:
		some := no
		for _, v := range values {
			some = max(some, test(v))
		}
		return some
	}
}

// missing is the operator Null: whether the key is missing.
func (c Condition) missing(known state) truth {
	result := no
	for _, v := range c.Values {
		want, ok := parseBool(v)
		switch {
		case !ok:
		case known == unknown:
			result = max(result, maybe)
		default:
			result = max(result, truthOf(want == (known == absent)))
		}
	}
	return result
}

// test makes the question that the operator asks of one value of the request. The values of the policy are prepared once.
func (o Operator) test(f *facts, policyValues []string, variables bool) func(string) truth {
	wanted := make([]expansion, len(policyValues))
	for i, v := range policyValues {
		wanted[i] = f.expand(v, variables, o.wildcards())
	}
	negated := o.Negated()
	return func(value string) truth {
		match := no
		for _, w := range wanted {
			match = max(match, o.match(w, value))
			if w.doubtful && negated {
				match = max(match, maybe)
			}
		}
		if negated {
			return match.not()
		}
		return match
	}
}

// match compares one value of the policy with one of the request. For negated operators, it is the match that they negate.
func (o Operator) match(w expansion, value string) truth {
	if w.unresolved {
		return no
	}
	var result truth
	switch o.family() {
	case familyString, familyARN:
		result = truthOf(o.matchText(w.pattern, value))
	case familyBool:
		// Variables can be unknown here too; then the pattern matches either.
		result = truthOf(matchFold(w.pattern, value) && (strings.EqualFold(value, "true") || strings.EqualFold(value, "false")))
	default:
		result = truthOf(o.compare(w.pattern, value))
	}
	if w.unknown {
		result = min(result, maybe)
	}
	return result
}

func (o Operator) matchText(pattern, value string) bool {
	switch o.Base {
	case "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase":
		return strings.EqualFold(unescape(pattern), value) || matchFold(pattern, value)
	case "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike":
		// All six parts are compared, so that a pattern with fewer matches nothing, unless it is "*".
		_, whole := validate.SplitARN(pattern)
		return (whole || onlyStars(pattern)) && matchARN(pattern, value)
	default:
		return matchText(pattern, value)
	}
}

// unescape is the text of a pattern without wildcards.
func unescape(pattern string) string {
	if strings.IndexByte(pattern, literalStar) < 0 && strings.IndexByte(pattern, literalQuestion) < 0 {
		return pattern
	}
	b := []byte(pattern)
	for i, c := range b {
		switch c {
		case literalStar:
			b[i] = '*'
		case literalQuestion:
			b[i] = '?'
		}
	}
	return string(b)
}

// compare is for the operators without variables.
func (o Operator) compare(want, value string) bool {
	switch o.family() {
	case familyNumeric:
		a, ok := parseNumber(value)
		b, ok2 := parseNumber(want)
		return ok && ok2 && o.ordered(cmp.Compare(a, b))
	case familyDate:
		a, ok := parseDate(value)
		b, ok2 := parseDate(want)
		return ok && ok2 && o.ordered(a.Compare(b))
	case familyIP:
		address, err := netip.ParseAddr(value)
		prefix, ok := parseCIDR(want)
		return err == nil && ok && prefix.Contains(address.Unmap().WithZone(""))
	case familyBinary:
		a, err := base64.StdEncoding.DecodeString(value)
		b, err2 := base64.StdEncoding.DecodeString(want)
		return err == nil && err2 == nil && bytes.Equal(a, b)
	}
	return false
}

// ordered says whether the order of two values is what the operator asks for.
func (o Operator) ordered(order int) bool {
	switch strings.TrimPrefix(strings.TrimPrefix(o.Base, "Numeric"), "Date") {
	case "LessThan":
		return order < 0
	case "LessThanEquals":
		return order <= 0
	case "GreaterThan":
		return order > 0
	case "GreaterThanEquals":
		return order >= 0
	default: // Equals, NotEquals
		return order == 0
	}
}
