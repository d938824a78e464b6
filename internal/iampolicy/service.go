package iampolicy

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// ConfusedDeputy finds the service principals that a statement lets in without saying for whom the service acts: anybody
// could then make the service act on the resource. One of these conditions ties it down: aws:SourceArn, aws:SourceAccount,
// aws:SourceOwner, aws:SourceOrgID or aws:SourceOrgPaths with a value that fixes the account or organization, or, in a key's
// policy, kms:CallerAccount or a part of kms:EncryptionContext that names the resource.
//
// Not every service sends these keys when it assumes a role. Which trusts have to be tied down is for the caller to say.
//
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
func (d Document) ConfusedDeputy() []Finding {
	var found findings
	d.each(Allow, func(i int, s Statement) {
		if slices.ContainsFunc(s.Conditions, Condition.confinesService) {
			return
		}
		for j, service := range s.Principals.Service {
			found.add(i, s, indexed("Principal.Service", j), service, service+" may do "+s.shownActions()+", for whichever account it acts")
		}
		if s.Principals.Everybody() {
			for _, c := range s.conditionsOn("aws:PrincipalServiceName") {
				for j, service := range c.Values {
					found.add(i, s, indexed("Condition."+c.Operator+"["+validate.Show(c.Key)+"]", j), service, service+" may do "+s.shownActions()+", for whichever account it acts")
				}
			}
		}
	})
	return found
}

var deputyKeys = []string{
	"aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths", "kms:calleraccount",
}

// confinesService says whether the condition fixes for whom a service acts.
func (c Condition) confinesService() bool {
	key := strings.ToLower(c.Key)
	if slices.Contains(deputyKeys, key) {
		return c.confines()
	}
	if !strings.HasPrefix(key, "kms:encryptioncontext:") {
		return false
	}
	o, ok := ParseOperator(c.Operator)
	return ok && !o.Negated() && !o.HoldsWithoutKey() && len(c.Values) > 0 &&
		!slices.ContainsFunc(c.Values, func(v string) bool { return !fixedOwner(v) && !fixedText(v) })
}

// UnpinnedFederation finds the identity providers whose users a trust policy lets in without saying which: without a
// condition on the audience (aud), and for GitHub without one on the subject (sub) that fixes owner and repository.
//
// Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html and
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
func (d Document) UnpinnedFederation() []Finding {
	var found findings
	d.each(Allow, func(i int, s Statement) {
		for j, id := range s.Principals.Federated {
			path := indexed("Principal.Federated", j)
			provider, saml := providerKey(id)
			switch {
			case saml:
				if !s.fixes("SAML:aud", fixedText) && !s.fixes("saml:iss", fixedText) {
					found.add(i, s, path, id, "lets in users of "+id+" whatever they signed in for: no condition fixes SAML:aud")
				}
			case provider == githubProvider:
				if !s.fixes(provider+":sub", githubSubject) {
					found.add(i, s, path, id, "lets in workflows of any repository: no condition fixes owner and repository in "+provider+":sub")
				}
			case !s.fixes(provider+":aud", fixedText) && !s.fixes(provider+":app_id", fixedText) && !s.fixes(provider+":sub", fixedText):
				found.add(i, s, path, id, "lets in users of "+provider+" whatever they signed in for: no condition fixes "+provider+":aud")
			}
		}
	})
	return found
}

const githubProvider = "token.actions.githubusercontent.com"

// providerKey is the prefix of a provider's condition keys.
func providerKey(id string) (prefix string, saml bool) {
	arn, ok := validate.SplitARN(id)
	if !ok {
		return strings.ToLower(id), false
	}
	if provider, oidc := strings.CutPrefix(arn.Resource, "oidc-provider/"); oidc {
		return strings.ToLower(provider), false
	}
	return "saml", true
}

// githubSubject fixes owner and repository: repo:owner/name:anything.
// Source: https://docs.github.com/en/actions/reference/security/oidc
func githubSubject(value string) bool {
	rest, ok := strings.CutPrefix(value, "repo:")
	if !ok {
		return false
	}
	repository, _, _ := strings.Cut(rest, ":")
	owner, name, ok := strings.Cut(repository, "/")
	return ok && fixedText(owner) && fixedText(name) && strings.Contains(rest, ":")
}

// fixes says whether a condition on a key holds for values of a sort only, and fails without the key.
func (s Statement) fixes(key string, fixed func(string) bool) bool {
	return slices.ContainsFunc(s.conditionsOn(key), func(c Condition) bool {
		o, ok := ParseOperator(c.Operator)
		return ok && !o.Negated() && !o.HoldsWithoutKey() && len(c.Values) > 0 && !slices.ContainsFunc(c.Values, func(v string) bool { return !fixed(v) })
	})
}
