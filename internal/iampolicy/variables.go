package iampolicy

import (
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Variable is a policy variable, which AWS replaces by a value of the request.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
type Variable struct {
	// Path leads to the value that has it, such as Statement[0].Resource[1].
	Path string
	// Key is the condition key whose value replaces it.
	Key string
	// Default replaces it if the request lacks the key.
	Default string
	// HasDefault tells an empty default from none.
	HasDefault bool
}

// Variables lists the policy variables of a document, in order. A document in Version2008 has none.
func (d Document) Variables() []Variable {
	var found []Variable
	if d.version() != Version2012 {
		return nil
	}
	d.eachText(func(where place, text string) {
		if !where.variables {
			return
		}
		for piece := range pieces(text) {
			if piece.variable && piece.problem == "" {
				found = append(found, Variable{Path: where.path(), Key: piece.text, Default: piece.fallback, HasDefault: piece.hasFallback})
			}
		}
	})
	return found
}

// place is where a text stands in a document.
type place struct {
	statement int
	element   string
	condition *Condition
	index     int
	// variables says whether AWS replaces variables there.
	variables bool
}

func (p place) path() string {
	if p.condition != nil {
		return indexed(conditionPath(p.statement, *p.condition), p.index)
	}
	return indexed(statementPath(p.statement, p.element), p.index)
}

// eachText visits every text of a document that could have variables, and those that must not have any.
func (d Document) eachText(visit func(place, string)) {
	for i := range d.Statements {
		s := &d.Statements[i]
		for _, list := range []struct {
			element   string
			values    []string
			variables bool
		}{
			{"Principal.AWS", s.Principals.AWS, false},
			{"NotPrincipal.AWS", s.NotPrincipals.AWS, false},
			{"Principal.Service", s.Principals.Service, false},
			{"NotPrincipal.Service", s.NotPrincipals.Service, false},
			{"Action", s.Actions, false},
			{"NotAction", s.NotActions, false},
			{"Resource", s.Resources, true},
			{"NotResource", s.NotResources, true},
		} {
			for j, text := range list.values {
				visit(place{statement: i, element: list.element, index: j, variables: list.variables}, text)
			}
		}
		for j := range s.Conditions {
			c := &s.Conditions[j]
			operator, known := ParseOperator(c.Operator)
			for k, text := range c.Values {
				visit(place{statement: i, condition: c, index: k, variables: !known || operator.variables()}, text)
			}
		}
	}
}

// checkVariables reports malformed variables, and variables where AWS takes them for plain text.
func (p *parser) checkVariables(d Document) {
	d.eachText(func(where place, text string) {
		if !strings.Contains(text, "${") {
			return
		}
		switch {
		case !where.variables:
			p.add(validate.Problem{
				Rule: RuleVariable, Path: validate.Path(where.path()), Value: validate.Show(text), Expected: "no policy variable: they work in Resource, and in conditions on texts and ARNs only",
				Fix: "write the value itself",
			})
		case d.Version != Version2012:
			p.add(validate.Problem{
				Rule: RuleVariable, Path: validate.Path(where.path()), Value: validate.Show(text), Expected: "no policy variable: they are plain text in version " + Version2008,
				Fix: `set "Version" to ` + validate.Show(Version2012),
			})
		default:
			for piece := range pieces(text) {
				if piece.problem != "" {
					p.add(validate.Problem{Rule: RuleVariable, Path: validate.Path(where.path()), Value: validate.Show(text), Expected: piece.problem, Fix: "such as ${aws:username} or ${aws:PrincipalTag/team, 'none'}"})
				}
			}
		}
	})
}

// piece is a part of a text: plain, or a variable.
type piece struct {
	// text is plain text, or the key of the variable.
	text     string
	variable bool
	// literal is plain text in which wildcards are none.
	literal     bool
	fallback    string
	hasFallback bool
	// problem completes "expected ..." if the variable is malformed.
	problem string
}

// pieces takes a text apart at its variables. ${*}, ${?} and ${$} are plain text, which stand for these characters.
func pieces(text string) func(yield func(piece) bool) {
	return func(yield func(piece) bool) {
		for text != "" {
			before, rest, found := strings.Cut(text, "${")
			if before != "" && !yield(piece{text: before}) {
				return
			}
			if !found {
				return
			}
			inside, after, closed := cutVariable(rest)
			if !closed {
				yield(piece{text: rest, variable: true, problem: "a variable that ends in }"})
				return
			}
			if !yield(variable(inside)) {
				return
			}
			text = after
		}
	}
}

// cutVariable finds the brace that ends a variable: the first one that is not inside the quotes of a default.
func cutVariable(text string) (inside, after string, closed bool) {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '\'':
			quoted = !quoted
		case text[i] == '}' && !quoted:
			return text[:i], text[i+1:], true
		}
	}
	if quoted { // a quote without its fellow: take it for a plain character
		return strings.Cut(text, "}")
	}
	return "", "", false
}

func variable(inside string) piece {
	if inside == "*" || inside == "?" || inside == "$" {
		return piece{text: inside, literal: true}
	}
	key, fallback, hasFallback := strings.Cut(inside, ",")
	p := piece{text: key, variable: true}
	switch {
	case strings.TrimSpace(key) == "":
		p.problem = "the name of a condition key inside the braces"
	case strings.ContainsAny(key, " \t"):
		p.problem = "no space in the name of a variable"
	}
	if !hasFallback {
		return p
	}
	fallback = strings.TrimSpace(fallback)
	if len(fallback) < 2 || fallback[0] != '\'' || fallback[len(fallback)-1] != '\'' {
		p.problem = "a default in single quotes"
		return p
	}
	p.fallback, p.hasFallback = fallback[1:len(fallback)-1], true
	return p
}
