package policydoc

import (
	"encoding/json"
	"slices"
)

// Effect is what a statement does.
type Effect string

// The effects.
const (
	Allow Effect = "Allow"
	Deny  Effect = "Deny"
)

// Principals are whom a statement is about. The zero value is none, as in the policy of a role.
type Principals struct {
	// Any is everybody, "*".
	Any bool
	// AWS are ARNs of accounts, roles and users; Service are service principals.
	AWS, Service []string
}

// Condition narrows a statement down: one of the values has to match.
type Condition struct {
	Operator, Key string
	Values        []string
}

// Statement is one statement of a policy.
type Statement struct {
	Sid        string
	Effect     Effect
	Principals Principals
	Actions    []string
	Resources  []string
	Conditions []Condition
}

// Render writes the policy document: the statements in their order, everything in them sorted, lists of one as text. AWS
// returns documents in the same form, so that a refresh finds no difference.
func Render(statements []Statement) (string, error) {
	document := struct {
		Version   string
		Statement []jsonStatement
	}{Version: "2012-10-17"}
	for _, s := range statements {
		document.Statement = append(document.Statement, s.json())
	}
	text, err := json.Marshal(document)
	return string(text), err
}

type jsonStatement struct {
	Sid       string `json:",omitempty"`
	Effect    Effect
	Principal any `json:",omitempty"`
	Action    any
	Resource  any
	Condition map[string]map[string]any `json:",omitempty"`
}

func (s Statement) json() jsonStatement {
	out := jsonStatement{Sid: s.Sid, Effect: s.Effect, Action: list(s.Actions), Resource: list(s.Resources)}
	switch p := s.Principals; {
	case p.Any:
		out.Principal = "*"
	case len(p.AWS)+len(p.Service) > 0:
		named := map[string]any{}
		if len(p.AWS) > 0 {
			named["AWS"] = list(p.AWS)
		}
		if len(p.Service) > 0 {
			named["Service"] = list(p.Service)
		}
		out.Principal = named
	}
	for _, c := range s.Conditions {
		if out.Condition == nil {
			out.Condition = map[string]map[string]any{}
		}
		if out.Condition[c.Operator] == nil {
			out.Condition[c.Operator] = map[string]any{}
		}
		out.Condition[c.Operator][c.Key] = list(c.Values)
	}
	return out
}

// list is a sorted list, or the text alone if there is only one.
func list(values []string) any {
	if len(values) == 1 {
		return values[0]
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}
