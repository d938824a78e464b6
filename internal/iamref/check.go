package iamref

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The rules that find problems.
const (
	// RuleAction: no such action, or no action that the pattern means.
	RuleAction = "policy-unknown-action"
	// RuleResource: the resource has a form that the actions beside it do not take.
	RuleResource = "policy-resource-form"
	// RuleKey: the condition key is unknown, or unknown to the action.
	RuleKey = "policy-condition-key"
)

// Check finds what a policy document says about actions, resources and condition keys that AWS does not have, or not
// together:
//
//   - an action that does not exist, a pattern that means none;
//   - an action that takes none of the statement's resources, a resource that none of its actions takes;
//   - a condition key that an action does not know, so that the condition never holds for it. An operator that holds
//     without the key, such as StringNotEquals or one with IfExists, needs one action that knows it.
//
// The document is one that iampolicy.Parse accepts. Statements about all actions ("*", NotAction) are held against the keys
// and actions of all services.
func Check(d iampolicy.Document) validate.Problems {
	var ps validate.Problems
	for i, s := range d.Statements {
		c := checker{path: fmt.Sprintf("Statement[%d]", i), statement: s}
		c.actions()
		c.resources()
		c.keys()
		ps = append(ps, c.problems...)
	}
	return ps
}

type checker struct {
	path      string
	statement iampolicy.Statement
	// known are the actions that exist, by the pattern that names them.
	known    []named
	problems validate.Problems
}

// named is an element of Action with the actions that it means.
type named struct {
	path, pattern string
	actions       []Action
}

func (c *checker) add(rule, path, value, expected, fix string) {
	c.problems = append(c.problems, validate.Problem{
		Rule: rule, Path: validate.Path(c.path + "." + path), Value: validate.Show(value), Expected: expected, Fix: fix,
	})
}

// all tells whether the statement is about actions of every service.
func (c *checker) all() bool {
	return len(c.statement.NotActions) > 0 || slices.ContainsFunc(c.statement.Actions, onlyStars)
}

func (c *checker) actions() {
	read := func(element string, patterns []string) {
		for i, pattern := range patterns {
			if onlyStars(pattern) {
				continue
			}
			n := named{fmt.Sprintf("%s[%d]", element, i), pattern, Match(pattern)}
			if len(n.actions) == 0 {
				c.add(RuleAction, n.path, pattern, "an action of AWS", likely(pattern))
				continue
			}
			if element == "Action" {
				c.known = append(c.known, n)
			}
		}
	}
	read("Action", c.statement.Actions)
	read("NotAction", c.statement.NotActions)
}

// likely says what was probably meant.
func likely(pattern string) string {
	prefix, name, _ := strings.Cut(pattern, ":")
	if !strings.ContainsAny(prefix, "*?") {
		s, ok := find(prefix)
		if !ok {
			if near, ok := validate.Nearest(prefix, Services()); ok {
				return fmt.Sprintf("no service has the prefix %s; did you mean %s?", prefix, near)
			}
			return "no service has the prefix " + prefix
		}
		var names []string
		for _, a := range s.actions {
			names = append(names, a.Name)
		}
		if near, ok := validate.Nearest(name, names); ok {
			return fmt.Sprintf("did you mean %s:%s?", prefix, near)
		}
	}
	return "look it up in AWS's Service Authorization Reference"
}

func (c *checker) resources() {
	if len(c.statement.Resources) == 0 || c.all() {
		return
	}
	for _, n := range c.known {
		takes := func(a Action) bool { return slices.ContainsFunc(c.statement.Resources, a.Takes) }
		if !slices.ContainsFunc(n.actions, takes) {
			c.add(RuleResource, n.path, n.pattern, "a resource that it takes: "+forms(n.actions), "name one in Resource, or take the action out")
		}
	}
	for i, resource := range c.statement.Resources {
		taken := func(n named) bool {
			return slices.ContainsFunc(n.actions, func(a Action) bool { return a.Takes(resource) })
		}
		if len(c.known) > 0 && !slices.ContainsFunc(c.known, taken) {
			c.add(RuleResource, fmt.Sprintf("Resource[%d]", i), resource, "a resource that one of the statement's actions takes", "")
		}
	}
}

// forms lists the forms that some actions take, the first few.
func forms(actions []Action) string {
	const most = 4
	var found []string
	for _, a := range actions {
		for _, t := range a.Types {
			if !slices.Contains(found, t.ARN) {
				found = append(found, t.ARN)
			}
		}
	}
	switch {
	case len(found) == 0:
		return `"*" only`
	case len(found) > most:
		return strings.Join(found[:most], ", ") + ", ..."
	}
	return strings.Join(found, ", ")
}

func (c *checker) keys() {
	for _, condition := range c.statement.Conditions {
		path := fmt.Sprintf("Condition.%s[%q]", condition.Operator, condition.Key)
		if !KnownKey(condition.Key) {
			c.add(RuleKey, path, condition.Key, "a condition key of AWS", "")
			continue
		}
		if c.all() {
			continue
		}
		knows := func(n named) bool {
			return slices.ContainsFunc(n.actions, func(a Action) bool { return a.Knows(condition.Key) })
		}
		operator, _ := iampolicy.ParseOperator(condition.Operator)
		if operator.HoldsWithoutKey() || operator.Negated() {
			if len(c.known) > 0 && !slices.ContainsFunc(c.known, knows) {
				c.add(RuleKey, path, condition.Key, "a condition key that one of the statement's actions knows", "")
			}
			continue
		}
		for _, n := range c.known {
			if !knows(n) {
				c.add(RuleKey, path, condition.Key, "a condition key that "+n.pattern+" knows",
					"without the key the condition does not hold: the statement does nothing for "+n.pattern)
			}
		}
	}
}
