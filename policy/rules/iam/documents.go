package iam

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

// identityPolicies are the types that hold the policies of identities; a role may hold some inline.
var identityPolicies = []string{policy, rolePolicy, userPolicy, groupPolicy, role, inlinePermissions}

// identityRule is a rule about every policy of an identity.
func identityRule(judge func(f *rule.Findings, at rule.Value, d iampolicy.Document)) func(*rule.Resource, *rule.Findings) {
	return func(r *rule.Resource, f *rule.Findings) {
		one := func(at rule.Value) {
			if d, ok := policies.Read(at); ok {
				judge(f, at, d)
			}
		}
		if r.Is(inlinePermissions) {
			one(r.Get("inlinePolicy"))
			return
		}
		if !r.Is(role) {
			one(r.Get("policy"))
			return
		}
		if r.Get("inlinePolicies").Empty() {
			f.NotApplicable("it has no inline policy")
			return
		}
		f.Each(r.Get("inlinePolicies"), func(inline rule.Value) { one(inline.Get("policy")) })
	}
}

// actionsRule is a rule that no policy allows one of the actions on resources that nobody named. What completes "expected
// ...".
func actionsRule(actions []string, what string) func(*rule.Resource, *rule.Findings) {
	return grantRule(func([]string) []string { return actions }, what)
}

// grantRule is actionsRule about those actions that the elements of Action mean.
func grantRule(among func(patterns []string) []string, what string) func(*rule.Resource, *rule.Findings) {
	return identityRule(func(f *rule.Findings, at rule.Value, d iampolicy.Document) {
		for _, grant := range policies.Wide(d) {
			patterns := grant.Actions
			if len(grant.NotActions) > 0 {
				patterns = []string{"*"}
			}
			if allowed := grant.AnyOf(among(patterns)); len(allowed) > 0 {
				f.Fail(at, "%s: %s: allows %s: expected %s", grant.Path, grant.Resource, policies.Brief(allowed), what)
			}
		}
	})
}

// trust is the policy that says who may assume a role.
func trust(r *rule.Resource) (rule.Value, iampolicy.Document) {
	at := r.Get("assumeRolePolicy")
	d, _ := policies.Read(at)
	return at, d
}
