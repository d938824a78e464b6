// Package ruletest runs the examples of rules as their tests.
//
// A domain's rules are tested by one line, which the registry generator writes:
//
//	func TestRules(t *testing.T) { ruletest.Run(t, rules) }
//
// Every good example has to pass in an update and must not fail in a preview; every bad one has to fail in an update and
// must not pass in a preview. Then each property of each example is made unknown, secret, missing, null and of another
// type, one at a time: no rule may break down, show a secret, or pass something that it could not know.
package ruletest
