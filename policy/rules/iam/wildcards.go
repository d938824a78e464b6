package iam

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iamref"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

// restrictable are the actions of a grant that could be kept to named resources, patterns with wildcards among them, as far
// as a judgement takes them. The last list is allowed by the stack on top of what cannot be restricted.
func restrictable(grant policies.Grant, judged func(iamref.Action) bool, allowed []string) []string {
	if len(grant.NotActions) > 0 {
		return []string{"everything but " + policies.Brief(grant.NotActions)}
	}
	var found []string
	for _, action := range grant.Actions {
		every := strings.Trim(action, "*") == ""
		switch {
		case every:
		case anyPrefix(allowed, action):
			continue
		case !strings.ContainsAny(action, "*?") && !grant.Allows(action):
			continue // a denial takes it back
		case !slices.ContainsFunc(iamref.Match(action), func(a iamref.Action) bool { return confinable(a) && judged(a) }):
			continue
		}
		found = append(found, action)
	}
	return found
}

// anyPrefix tells whether one of the patterns, in which a star may stand at the end, takes in all of the name.
func anyPrefix(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		begins, open := strings.CutSuffix(strings.ToLower(pattern), "*")
		name := strings.ToLower(name)
		return name == begins || open && strings.HasPrefix(name, begins)
	})
}

// allowedOnAll is the parameter of both rules about Resource "*".
var allowedOnAll = rule.Param{
	Name: "allowed", Default: []string{},
	Description: "Actions, a star standing for any ending, that may be allowed on all resources although they could be restricted.",
}
