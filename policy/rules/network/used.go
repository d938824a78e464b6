package network

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// used tells whether a resource of the stack depends on r, other than those of some types.
func used(s *rule.Stack, r *rule.Resource, except ...string) bool {
	return slices.ContainsFunc(s.All(), func(other *rule.Resource) bool {
		return other.Custom() && !other.Is(except...) && slices.Contains(other.Dependencies, r.URN)
	})
}
