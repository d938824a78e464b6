package iampolicy

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// FullAdmin finds the statements that allow every action on every resource, whatever their conditions.
func (d Document) FullAdmin() []Finding {
	var found findings
	d.each(Allow, func(i int, s Statement) {
		a := slices.IndexFunc(s.Actions, everyAction)
		r := slices.IndexFunc(s.Resources, everyResource)
		if a >= 0 && r >= 0 {
			found.add(i, s, indexed("Action", a), s.Actions[a], "allows every action on every resource")
		}
	})
	return found
}

// everyAction says whether an action pattern is "*" or "*:*".
func everyAction(action string) bool {
	service, name, found := strings.Cut(action, ":")
	return onlyStars(service) && (!found || onlyStars(name))
}

// everyResource says whether a resource pattern leaves everything open: "*", or an ARN of stars.
func everyResource(resource string) bool {
	if onlyStars(resource) {
		return true
	}
	rest, ok := strings.CutPrefix(resource, "arn:")
	return ok && strings.Trim(rest, "*:") == "" && strings.Contains(rest, "*")
}

// ServiceWildcards finds the actions that take in a service as a whole, such as s3:*, or all of them, where they are allowed.
func (d Document) ServiceWildcards() []Finding {
	var found findings
	d.each(Allow, func(i int, s Statement) {
		for j, action := range s.Actions {
			service, name, split := strings.Cut(action, ":")
			switch {
			case everyAction(action):
				found.add(i, s, indexed("Action", j), action, "allows every action of every service")
			case split && onlyStars(name):
				found.add(i, s, indexed("Action", j), action, "allows every action of "+service)
			}
		}
	})
	return found
}

// WildcardActions finds all actions with wildcards, where they are allowed.
func (d Document) WildcardActions() []Finding {
	return d.wildcards("Action", "allows every action that matches ", func(s Statement) []string { return s.Actions }, func(action string) bool {
		return strings.ContainsAny(action, "*?")
	})
}

// WildcardResources finds "*" and ARNs whose resource part is nothing but wildcards, such as arn:aws:s3:::*, where they are
// allowed. Some actions know no narrower resource.
func (d Document) WildcardResources() []Finding {
	return d.wildcards("Resource", "allows it on ", func(s Statement) []string { return s.Resources }, unboundedResource)
}

// unboundedResource says whether a resource pattern names no resource: everything, or everything of a service or a type.
func unboundedResource(resource string) bool {
	if everyResource(resource) {
		return true
	}
	arn, ok := validate.SplitARN(resource)
	if !ok {
		// Too few parts: an ARN that breaks off at a star.
		return strings.HasPrefix(resource, "arn:") && strings.HasSuffix(resource, "*")
	}
	return onlyStars(arn.Resource)
}

func (d Document) wildcards(element, reason string, values func(Statement) []string, wide func(string) bool) []Finding {
	var found findings
	d.each(Allow, func(i int, s Statement) {
		for j, value := range values(s) {
			if wide(value) {
				found.add(i, s, indexed(element, j), value, reason+value)
			}
		}
	})
	return found
}

// AllowNotAction finds the statements that allow all actions but some: what AWS adds tomorrow is allowed too.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
func (d Document) AllowNotAction() []Finding {
	return d.allowNot("NotAction", "allows every action but ", func(s Statement) []string { return s.NotActions })
}

// AllowNotResource finds the statements that allow something on all resources but some.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
func (d Document) AllowNotResource() []Finding {
	return d.allowNot("NotResource", "allows it on everything but ", func(s Statement) []string { return s.NotResources })
}

// AllowNotPrincipal finds the statements that allow something to everybody but some, anonymous callers included.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
func (d Document) AllowNotPrincipal() []Finding {
	return d.allowNot("NotPrincipal", "lets in everybody but ", func(s Statement) []string {
		if s.NotPrincipals.Any {
			return []string{"*"}
		}
		return slices.Concat(s.NotPrincipals.AWS, s.NotPrincipals.Service, s.NotPrincipals.Federated, s.NotPrincipals.CanonicalUser)
	})
}

func (d Document) allowNot(element, reason string, values func(Statement) []string) []Finding {
	var found findings
	d.each(Allow, func(i int, s Statement) {
		if list := values(s); len(list) > 0 {
			found.add(i, s, element, strings.Join(list, ", "), reason+enumerate(list))
		}
	})
	return found
}

// DenyAll finds the statements that deny every action to everybody without any condition: they lock out all but the root
// user, who alone can lift them.
func (d Document) DenyAll() []Finding {
	var found findings
	d.each(Deny, func(i int, s Statement) {
		if !s.Principals.Everybody() || len(s.Conditions) > 0 {
			return
		}
		a := slices.IndexFunc(s.Actions, func(action string) bool {
			_, name, split := strings.Cut(action, ":")
			return everyAction(action) || split && onlyStars(name)
		})
		if a >= 0 {
			found.add(i, s, indexed("Action", a), s.Actions[a], "denies "+s.shownActions()+" to everybody")
		}
	})
	return found
}
