package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

// wantOne reports a stack without a resource of the type, and checks those that it has.
func wantOne(s *rule.Stack, f *rule.Findings, what, typ string, check func(r *rule.Resource)) {
	found := s.Of(typ)
	if len(found) == 0 {
		f.Fail(s, "the stack has no %s: expected one", what)
		return
	}
	f.EachResource(found, check)
}
