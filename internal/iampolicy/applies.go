package iampolicy

import (
	"slices"
	"strings"
)

// askForSession notes that it depends on the name of the session, which is a part of aws:userid.
func (e *evaluation) askForSession(t truth) {
	if t == maybe && e.request.Caller.Kind == CallerRole && e.request.Caller.Session == "" {
		e.facts.asked = append(e.facts.asked, "aws:userid")
	}
}

// grants says how a statement that allows something names the caller.
func (s Statement) grants(c Caller) naming {
	if s.NotPrincipals.IsZero() {
		return s.Principals.named(c)
	}
	return naming{grantDirect: s.about(c)}
}

// about says whether a statement of a resource's policy is about the caller at all.
//
// To be exempt by NotPrincipal, a user needs its account there too, and a role's session its role and its account.
// Otherwise it depends on the service.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
func (s Statement) about(c Caller) truth {
	if s.NotPrincipals.IsZero() {
		return s.Principals.named(c).any()
	}
	switch exempt := s.NotPrincipals.named(c).any(); {
	case exempt == no:
		return yes
	case s.NotPrincipals.Everybody() || !c.limited() || c.Kind == CallerRoot:
		return no
	case s.NotPrincipals.hasAccount(c.Account()) && s.NotPrincipals.hasIdentity(c):
		return no
	default:
		return maybe
	}
}

// hasAccount says whether the account itself is among the principals, not only identities of it.
func (p Principals) hasAccount(account string) bool {
	return slices.ContainsFunc(p.AWS, func(name string) bool {
		return name == account || principalAccount(name) == account && strings.HasSuffix(name, ":root")
	})
}

// hasIdentity says whether the user is among the principals, or the role whatever its session.
func (p Principals) hasIdentity(c Caller) bool {
	return slices.ContainsFunc(p.AWS, func(name string) bool { return sameIdentity(name, c.ARN) })
}

// applies says whether action, resource and conditions of a statement fit the request.
func (e *evaluation) applies(s Statement, version string) truth {
	if !s.AboutAction(e.request.Action) {
		return no
	}
	variables := version == Version2012
	before := len(e.facts.asked)
	result := e.aboutResource(s, variables)
	for _, c := range s.Conditions {
		if result == no {
			break
		}
		result = min(result, c.holds(e.facts, variables))
	}
	if result != maybe {
		e.facts.asked = e.facts.asked[:before]
	}
	return result
}

// AboutAction says whether a statement, whatever its effect, is about an action such as s3:GetObject.
func (s Statement) AboutAction(action string) bool {
	matches := func(pattern string) bool { return matchFold(pattern, action) }
	if len(s.NotActions) > 0 {
		return !slices.ContainsFunc(s.NotActions, matches)
	}
	return slices.ContainsFunc(s.Actions, matches)
}

// aboutResource says whether a statement is about the resource of the request. A statement without resources is about
// what the policy is attached to.
func (e *evaluation) aboutResource(s Statement, variables bool) truth {
	resource := e.request.Resource
	if resource == "" {
		resource = "*"
	}
	matches := func(pattern string, negated bool) truth {
		x := e.facts.expand(pattern, variables, true)
		match := !x.unresolved && matchResource(x.pattern, resource)
		switch {
		case match && !x.unknown:
			return yes
		case match || negated && x.doubtful:
			return maybe
		}
		return no
	}
	result := no
	switch {
	case len(s.NotResources) > 0:
		for _, pattern := range s.NotResources {
			result = max(result, matches(pattern, true))
		}
		return result.not()
	case len(s.Resources) > 0:
		for _, pattern := range s.Resources {
			result = max(result, matches(pattern, false))
		}
		return result
	default:
		return yes
	}
}
