package iampolicy

import (
	"fmt"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The rules that find problems, for tests and for callers that sort problems.
const (
	// RuleJSON: the text is not JSON, or not as policies can be.
	RuleJSON = "policy-json"
	// RuleElement: an element is unknown, missing, twice there, of the wrong type, or excludes another one.
	RuleElement = "policy-element"
	// RuleVersion: the language version is unknown.
	RuleVersion = "policy-version"
	// RuleSid: a Sid has characters that are not allowed, or is not unique.
	RuleSid = "policy-sid"
	// RuleEffect: an effect is missing or unknown.
	RuleEffect = "policy-effect"
	// RulePrincipal: a principal is malformed, missing, or not allowed in such a policy.
	RulePrincipal = "policy-principal"
	// RuleAction: an action is malformed.
	RuleAction = "policy-action"
	// RuleResource: a resource is malformed, missing, or not allowed in such a policy.
	RuleResource = "policy-resource"
	// RuleCondition: an operator, key or value of a condition is wrong.
	RuleCondition = "policy-condition"
	// RuleVariable: a policy variable is malformed, or stands where it is plain text.
	RuleVariable = "policy-variable"
	// RuleSize: the document is longer than AWS accepts.
	RuleSize = "policy-size"
	// RuleCharacters: the document has characters that AWS does not accept.
	RuleCharacters = "policy-characters"
)

// Err is the problems of a policy document as one error, nil if there are none.
func Err(problems validate.Problems) error { return problems.Err("policy document", "") }

// maxProblems bounds the report on a document that is wrong throughout.
const maxProblems = 100

// bounded is the report cut down to what somebody can read.
func bounded(ps validate.Problems) validate.Problems {
	if len(ps) <= maxProblems {
		return ps
	}
	return append(ps[:maxProblems:maxProblems], more(len(ps)-maxProblems))
}

// more stands for problems that are not listed.
func more(n int) validate.Problem {
	return validate.Problem{Rule: RuleElement, Value: fmt.Sprintf("%d more problems", n), Expected: "a policy document", Fix: "start with the ones above"}
}
