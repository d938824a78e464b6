package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

// ownership is one of the two ways to give a role policies: inside the role, or by satellites of it.
type ownership struct {
	// inside is the property of the role, element what identifies one of its elements; empty for the element itself.
	inside, element string
	// satellite is the type of the other way, key its property that identifies the same thing.
	satellite, key string
}

// wantOneOwner reports a role that has policies both ways. What the role says it has may have been read from AWS, where
// the satellites' policies are among them: those that no satellite accounts for were set inside.
func wantOneOwner(s *rule.Stack, f *rule.Findings, r *rule.Resource, o ownership) {
	satellites := s.Referrers(r, "role", o.satellite)
	if len(satellites) == 0 {
		return
	}
	apart := map[string]bool{}
	for _, satellite := range satellites {
		apart[satellite.Get(o.key).Text()] = true
	}
	f.Each(r.Get(o.inside), func(element rule.Value) {
		if id := element.Get(o.element); !id.Empty() && !apart[id.Text()] {
			f.Fail(element, "%s is set in the role, and %s apart: expected one of the two ways", id, satellites[0])
		}
	})
}
