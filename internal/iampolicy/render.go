package iampolicy

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Render writes the document as canonical JSON without whitespace: statements in their order, elements in the order Sid,
// Effect, Principal, Action, Resource, Condition, lists sorted and without duplicates, lists of one as text, conditions
// sorted. AWS returns documents in the same form, so that a refresh finds no difference.
//
// It fails for a document that JSON cannot express: with two conditions on the same operator and key, or with an element
// and its opposite, such as Actions and NotActions. Whether AWS would accept the document is for Check to say.
func (d Document) Render() (string, error) {
	text, err := d.MarshalJSON()
	return string(text), err
}

// MarshalJSON is Render.
func (d Document) MarshalJSON() ([]byte, error) {
	out := struct {
		Version   string
		ID        string `json:"Id,omitempty"`
		Statement []jsonStatement
	}{Version: d.version(), ID: d.ID, Statement: make([]jsonStatement, len(d.Statements))}
	for i, s := range d.Statements {
		j, err := s.json()
		if err != nil {
			return nil, fmt.Errorf("policy document: Statement[%d]: %w", i, err)
		}
		out.Statement[i] = j
	}
	return json.Marshal(out)
}

// UnmarshalJSON is Parse. Its error lists every problem.
func (d *Document) UnmarshalJSON(text []byte) error {
	parsed, problems := Parse(string(text))
	*d = parsed
	return Err(problems)
}

type jsonStatement struct {
	Sid          string `json:",omitempty"`
	Effect       Effect
	Principal    any                       `json:",omitempty"`
	NotPrincipal any                       `json:",omitempty"`
	Action       any                       `json:",omitempty"`
	NotAction    any                       `json:",omitempty"`
	Resource     any                       `json:",omitempty"`
	NotResource  any                       `json:",omitempty"`
	Condition    map[string]map[string]any `json:",omitempty"`
}

func (s Statement) json() (jsonStatement, error) {
	out := jsonStatement{
		Sid: s.Sid, Effect: s.Effect,
		Principal: s.Principals.json(), NotPrincipal: s.NotPrincipals.json(),
		Action: list(s.Actions), NotAction: list(s.NotActions),
		Resource: list(s.Resources), NotResource: list(s.NotResources),
	}
	for _, pair := range []struct {
		name        string
		one, negate any
	}{
		{"Principal", out.Principal, out.NotPrincipal}, {"Action", out.Action, out.NotAction}, {"Resource", out.Resource, out.NotResource},
	} {
		if pair.one != nil && pair.negate != nil {
			return out, fmt.Errorf("%s and Not%s exclude each other", pair.name, pair.name)
		}
	}
	for _, c := range s.Conditions {
		if out.Condition == nil {
			out.Condition = map[string]map[string]any{}
		}
		keys := out.Condition[c.Operator]
		if keys == nil {
			keys = map[string]any{}
			out.Condition[c.Operator] = keys
		}
		if _, taken := keys[c.Key]; taken {
			return out, fmt.Errorf("two conditions %s on %s: put the values into one", c.Operator, c.Key)
		}
		if values := list(c.Values); values != nil {
			keys[c.Key] = values
		} else {
			keys[c.Key] = []string{}
		}
	}
	return out, nil
}

func (p Principals) json() any {
	if p.Any {
		return "*"
	}
	named := map[string]any{}
	for kind, ids := range map[string][]string{"AWS": p.AWS, "Service": p.Service, "Federated": p.Federated, "CanonicalUser": p.CanonicalUser} {
		if len(ids) > 0 {
			named[kind] = list(ids)
		}
	}
	if len(named) == 0 {
		return nil
	}
	return named
}

// list is the list sorted and without duplicates, the text alone if one is left, nil if none is.
func list(values []string) any {
	switch sorted := set(values); len(sorted) {
	case 0:
		return nil
	case 1:
		return sorted[0]
	default:
		return sorted
	}
}

// Size is the length of a document's text as AWS counts it for the policies of identities: in characters, without the
// whitespace between elements. Text that is no JSON counts as a whole.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
func Size(text string) int {
	n := 0
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			n++
			i++
			if i < len(text) {
				n++
			}
			continue
		case c == '"':
			quoted = !quoted
		case !quoted && strings.IndexByte(" \t\r\n", c) >= 0, c&0xC0 == 0x80:
			continue
		}
		n++
	}
	return n
}
