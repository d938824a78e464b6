package iam

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

// restrictable are the actions of a grant that could be kept to named resources, patterns with wildcards among them. The
// second list is allowed by the stack on top of what cannot be restricted.
func restrictable(grant policies.Grant, allowed []string) []string {
	if len(grant.NotActions) > 0 {
		return []string{"everything but " + policies.Brief(grant.NotActions)}
	}
	var found []string
	for _, action := range grant.Actions {
		service, name, split := strings.Cut(action, ":")
		patterns, judged := unrestricted[strings.ToLower(service)]
		switch {
		case strings.Trim(service, "*") == "":
		case !judged || !split || anyPrefix(patterns, name) || anyPrefix(allowed, action):
			continue
		case !strings.ContainsAny(action, "*?") && !grant.Allows(action):
			continue // a denial takes it back
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

// writes tells whether an action, or one that a pattern takes in, changes something.
func writes(action string) bool {
	_, name, _ := strings.Cut(action, ":")
	return !slices.ContainsFunc(readVerbs, func(verb string) bool { return strings.HasPrefix(strings.ToLower(name), strings.ToLower(verb)) })
}

// allowedOnAll is the parameter of both rules about Resource "*".
var allowedOnAll = rule.Param{
	Name: "allowed", Default: []string{},
	Description: "Actions, a star standing for any ending, that may be allowed on all resources although they could be restricted.",
}
