package iampolicy

import (
	"slices"
	"strings"
)

// AllowsPublic says whether strangers get anything from a resource's policy. See Public.
func (d Document) AllowsPublic() bool { return len(d.Public()) > 0 }

// Public finds the statements that let strangers in: they allow something to everybody (Principal "*" or {"AWS": "*"}), to
// everybody but a few (NotPrincipal), or to the users of an identity provider that anybody can join, and no condition
// confines them to accounts, organizations or networks that somebody owns. A statement that another one takes back counts
// as well-behaved: one that denies the same to everybody whom no such condition lets through.
//
// S3 is stricter in one respect when it blocks public policies: it wants values without any wildcard, where here an
// account that is fixed will do (arn:aws:cloudtrail:*:123456789012:trail/*).
//
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
func (d Document) Public() []Finding {
	var found findings
	denied := d.strangerDenials()
	d.each(Allow, func(i int, s Statement) {
		element, value, who := s.strangers()
		if element == "" || len(s.ConfinedBy()) > 0 || denied.all(s) {
			return
		}
		reason := who + " may do " + s.shownActions()
		if len(s.Conditions) > 0 {
			reason += ", and no condition confines them to an account, organization or network"
		}
		found.add(i, s, element, value, reason)
	})
	return found
}

// strangers says whom a statement means, if it means strangers.
func (s Statement) strangers() (element, value, who string) {
	switch {
	case s.Principals.Any:
		return "Principal", "*", "everybody"
	case slices.ContainsFunc(s.Principals.AWS, open):
		i := slices.IndexFunc(s.Principals.AWS, open)
		return indexed("Principal.AWS", i), s.Principals.AWS[i], "everybody"
	case !s.NotPrincipals.IsZero() && !s.NotPrincipals.Everybody():
		return "NotPrincipal", strings.Trim(s.NotPrincipals.show(), `"`), "everybody but " + strings.Trim(s.NotPrincipals.show(), `"`)
	}
	for i, provider := range s.Principals.Federated {
		if publicProvider(provider) && !s.pinsProvider(provider) {
			return indexed("Principal.Federated", i), provider, "every user of " + provider
		}
	}
	return "", "", ""
}

// maxDenials is how many statements that deny something are held against one that allows something. A document with more
// of them for one service may be taken for more open than it is, and takes no longer than others of its length.
const maxDenials = 64

// denials are the statements of a document that deny something to strangers, by the services whose actions they are about.
type denials struct {
	byService map[string][]*Statement
	// everywhere are those about actions of any service.
	everywhere []*Statement
}

// strangerDenials are the statements that deny something to everybody whom no confining condition lets through.
func (d Document) strangerDenials() denials {
	found := denials{byService: map[string][]*Statement{}}
	for i := range d.Statements {
		deny := &d.Statements[i]
		if deny.Effect != Deny || slices.ContainsFunc(deny.Conditions, func(c Condition) bool { return !c.excepts() }) {
			continue
		}
		if !deny.Principals.Everybody() && (deny.NotPrincipals.IsZero() || deny.NotPrincipals.Everybody()) {
			continue
		}
		if len(deny.NotActions) > 0 {
			found.everywhere = append(found.everywhere, deny)
		}
		for _, action := range deny.Actions {
			if service := serviceOf(action); strings.ContainsAny(service, "*?") {
				found.everywhere = append(found.everywhere, deny)
			} else if of := found.byService[service]; len(of) == 0 || of[len(of)-1] != deny {
				found.byService[service] = append(of, deny)
			}
		}
	}
	return found
}

func serviceOf(action string) string {
	service, _, _ := strings.Cut(strings.ToLower(action), ":")
	return service
}

// all says whether one of them denies all that s allows.
func (d denials) all(s Statement) bool {
	takesBack := func(deny *Statement) bool { return deny.coversActions(s) && deny.coversResources(s) }
	if slices.ContainsFunc(d.everywhere[:min(len(d.everywhere), maxDenials)], takesBack) {
		return true
	}
	if len(s.Actions) == 0 {
		return false
	}
	// It would have to be about each of the actions: look where there are the fewest.
	fewest := d.byService[serviceOf(s.Actions[0])]
	for _, action := range s.Actions[1:] {
		if of := d.byService[serviceOf(action)]; len(of) < len(fewest) {
			fewest = of
		}
	}
	return slices.ContainsFunc(fewest[:min(len(fewest), maxDenials)], takesBack)
}

// coversActions says whether s is about every action that other is about.
func (s Statement) coversActions(other Statement) bool {
	return coversList(s.Actions, s.NotActions, other.Actions, other.NotActions, func(a, b string) bool { return covers(a, b, true) })
}

// coversResources says whether s is about every resource that other is about.
func (s Statement) coversResources(other Statement) bool {
	return coversList(s.Resources, s.NotResources, other.Resources, other.NotResources, coversARN)
}

// coversList says whether what (these, butNot) mean includes what (those, butNotThose) mean. Lists that are both empty mean
// the resource that the policy is attached to.
func coversList(these, butNot, those, butNotThose []string, covers func(pattern, other string) bool) bool {
	some := func(patterns []string, other string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { return covers(p, other) })
	}
	switch {
	case len(these)+len(butNot) == 0:
		return len(those)+len(butNotThose) == 0
	case slices.ContainsFunc(these, onlyStars):
		return true
	case len(butNot) > 0 && len(butNotThose) > 0:
		// What these leave out, those have to leave out too.
		return !slices.ContainsFunc(butNot, func(b string) bool { return !some(butNotThose, b) })
	case len(butNotThose) > 0 || len(butNot) > 0:
		// Whether two patterns meet is not known here; only equality would tell, so that nothing is claimed.
		return false
	default:
		return len(those) > 0 && !slices.ContainsFunc(those, func(o string) bool { return !some(these, o) })
	}
}

// publicProviders are identity providers whose users are the public.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity
var publicProviders = []string{"accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com"}

func publicProvider(provider string) bool {
	return slices.Contains(publicProviders, strings.ToLower(provider))
}

// pinsProvider says whether a condition on the provider's own keys fixes the application or the user.
func (s Statement) pinsProvider(provider string) bool {
	return slices.ContainsFunc(s.Conditions, func(c Condition) bool {
		prefix, name, _ := strings.Cut(c.Key, ":")
		if !strings.EqualFold(prefix, provider) || !slices.Contains([]string{"aud", "sub", "app_id", "user_id", "id"}, strings.ToLower(name)) {
			return false
		}
		o, ok := ParseOperator(c.Operator)
		return ok && !o.Negated() && !o.HoldsWithoutKey() && len(c.Values) > 0 && !slices.ContainsFunc(c.Values, func(v string) bool { return !fixedText(v) })
	})
}
