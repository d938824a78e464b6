package iampolicy

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Union joins statements that several hands wrote into those of one policy, which allows and denies exactly what they
// did together. The order in which they are given changes nothing.
//
// Statements with the same Sid that differ in one list only, such as Resources, become one, with the values of both.
// What another statement says already is dropped. Statements that still share a Sid are numbered: Read, Read2. The
// result is canonical, and sorted by Sid.
func Union(statements ...Statement) []Statement {
	all := Document{Statements: statements}.Canonical().Statements
	slices.SortFunc(all, compareStatements)
	for merged := true; merged; {
		all, merged = mergeOne(all)
	}
	all = uncovered(all)
	slices.SortFunc(all, compareStatements)
	return numbered(all)
}

// mergeOne merges the first two statements that can be, and says whether there were such.
func mergeOne(all []Statement) ([]Statement, bool) {
	for i, a := range all {
		for j := i + 1; j < len(all); j++ {
			b := all[j]
			if a.Sid != b.Sid {
				break // they are sorted by Sid
			}
			if joined, ok := a.join(b); ok {
				all[i] = joined
				return slices.Delete(all, j, j+1), true
			}
		}
	}
	return all, false
}

// join is one statement that says what two canonical ones say, if they differ in one list at most.
func (s Statement) join(other Statement) (Statement, bool) {
	differ := 0
	lists := func(a *[]string, b []string, joinable bool) {
		if slices.Equal(*a, b) {
			return
		}
		differ++
		if !joinable || len(*a) == 0 || len(b) == 0 {
			differ = 2
			return
		}
		*a = set(slices.Concat(*a, b))
	}
	s.Conditions = slices.Clone(s.Conditions)
	lists(&s.Actions, other.Actions, true)
	lists(&s.Resources, other.Resources, true)
	lists(&s.NotActions, other.NotActions, false)
	lists(&s.NotResources, other.NotResources, false)
	if len(s.Conditions) != len(other.Conditions) {
		return s, false
	}
	for i, c := range other.Conditions {
		mine := &s.Conditions[i]
		if mine.Operator != c.Operator || mine.Key != c.Key {
			return s, false
		}
		lists(&mine.Values, c.Values, mine.anyOf())
	}
	same := s.Effect == other.Effect && s.Principals.show() == other.Principals.show() &&
		s.NotPrincipals.show() == other.NotPrincipals.show()
	return s, same && differ <= 1
}

// anyOf says whether the condition holds if one of its values matches, so that two lists of values can become one.
func (c Condition) anyOf() bool {
	o, ok := ParseOperator(c.Operator)
	return ok && !o.Negated() && o.Quantifier != ForAllValues && o.Base != "Null"
}

// uncovered leaves out the statements that another one covers.
func uncovered(all []Statement) []Statement {
	var kept []Statement
	for i, s := range all {
		covered := func(j int, by Statement) bool {
			return j != i && by.says(s) && (j < i || !s.says(by)) // of two equal ones the first is kept
		}
		found := false
		for j, by := range all {
			found = found || covered(j, by)
		}
		if !found {
			kept = append(kept, s)
		}
	}
	return kept
}

// says tells whether a canonical statement says all that another one says, value by value.
func (s Statement) says(other Statement) bool {
	if s.Effect != other.Effect || len(s.Conditions) != len(other.Conditions) ||
		s.Principals.show() != other.Principals.show() || s.NotPrincipals.show() != other.NotPrincipals.show() ||
		!slices.Equal(s.NotActions, other.NotActions) || !slices.Equal(s.NotResources, other.NotResources) ||
		!among(other.Actions, s.Actions) || !among(other.Resources, s.Resources) {
		return false
	}
	for i, c := range other.Conditions {
		mine := s.Conditions[i]
		same := mine.Operator == c.Operator && mine.Key == c.Key
		if !same || !slices.Equal(mine.Values, c.Values) && !(mine.anyOf() && among(c.Values, mine.Values)) {
			return false
		}
	}
	return true
}

// among says whether all values are in the list; an element that is not there is among nothing but the same.
func among(values, list []string) bool {
	if len(values) == 0 || len(list) == 0 {
		return len(values) == len(list)
	}
	return !slices.ContainsFunc(values, func(v string) bool { return !slices.Contains(list, v) })
}

// numbered gives the second of several statements with a Sid the number 2, and so on.
func numbered(all []Statement) []Statement {
	taken := map[string]bool{}
	for _, s := range all {
		taken[s.Sid] = true
	}
	seen := map[string]bool{}
	for i, s := range all {
		if s.Sid == "" || !seen[s.Sid] {
			seen[s.Sid] = true
			continue
		}
		n := 2
		for taken[s.Sid+strconv.Itoa(n)] {
			n++
		}
		all[i].Sid = s.Sid + strconv.Itoa(n)
		taken[all[i].Sid] = true
	}
	return all
}

// compareStatements is an order of canonical statements: by Sid, then by what they say.
func compareStatements(a, b Statement) int {
	return cmp.Or(strings.Compare(a.Sid, b.Sid), strings.Compare(a.text(), b.text()))
}

// text is the statement in JSON, or what Go prints of one that JSON cannot express.
func (s Statement) text() string {
	text, err := Document{Statements: []Statement{s}}.Render()
	if err != nil {
		return err.Error()
	}
	return text
}
