package oidctrust

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// Cause is why the role was refused.
type Cause string

// The causes.
const (
	// NotRefused: AWS gave the role.
	NotRefused Cause = "not-refused"
	// NoProvider: the account has no provider for the token's issuer.
	NoProvider Cause = "no-provider"
	// NoRole: the account has no such role. AWS refuses it with the same words.
	NoRole Cause = "no-role"
	// Token: the token is expired, not verifiable, or for somebody else.
	Token Cause = "token"
	// OtherProvider: the trust policy names another provider.
	OtherProvider Cause = "provider"
	// NoStatement: no statement of the trust policy lets tokens in.
	NoStatement Cause = "no-statement"
	// Audience and SubjectClaim: the claim misses what the trust policy asks for.
	Audience     Cause = "aud"
	SubjectClaim Cause = "sub"
	// SessionName: the name of the session misses.
	SessionName Cause = "session-name"
	// Denied: a statement denies it.
	Denied Cause = "denied"
	// OtherCondition: a condition on something that CloudTrail does not record.
	OtherCondition Cause = "condition"
	// LetIn: the trust policy, as it stands now, lets the call in.
	LetIn Cause = "let-in"
)

// Miss is a claim that is not what the trust policy asks for.
type Miss struct {
	// Key is the condition key: token.actions.githubusercontent.com:sub.
	Key string `json:"key"`
	// Found is what the token says, Expected what the statement asks for.
	Found    string   `json:"found"`
	Expected []string `json:"expected"`
	// Path is where the statement says so: Statement[0].Condition.StringEquals.
	Path string `json:"path"`
	// operator and at find the condition.
	operator string
	at       int
}

// Diagnosis is why a role was refused, and what lets the pipeline in.
type Diagnosis struct {
	Cause Cause `json:"cause"`
	// Misses are the claims that missed, in the statement that came closest.
	Misses []Miss `json:"misses,omitempty"`
	// Reason is one paragraph.
	Reason string `json:"reason"`
	// Fixes are what to do, the best first.
	Fixes []string `json:"fixes"`
	// Change says in words what changes in the trust policy; Trust is the policy after it. Both are empty when none should
	// be changed.
	Change string              `json:"change,omitempty"`
	Trust  *iampolicy.Document `json:"trust,omitempty"`
	// Warnings are about what the trust policy lets in already, or would after the change.
	Warnings []string `json:"warnings,omitempty"`
}

const (
	anAudience = "sts.amazonaws.com"
	// githubIssuer is GitHub's provider, as conditions name it.
	githubIssuer = "token.actions.githubusercontent.com"
	webIdentity  = "sts:" + Operation
)

// Diagnose says why an attempt was refused. A nil trust policy stands for a role that the account does not have.
func Diagnose(a Attempt, trust *iampolicy.Document) Diagnosis {
	d := diagnose(a, trust)
	if trust != nil {
		after := trust
		if d.Trust != nil {
			after = d.Trust
		}
		d.Warnings = append(d.Warnings, wide(a, *after)...)
	}
	return d
}

func diagnose(a Attempt, trust *iampolicy.Document) Diagnosis {
	if d, ok := byCode(a); ok {
		return d
	}
	if trust == nil {
		return Diagnosis{
			Cause: NoRole, Reason: fmt.Sprintf("The account has no role %s: AWS refuses it in the same words as a claim that misses.", a.RoleARN),
			Fixes: []string{"correct role-to-assume in the workflow, or deploy the role"},
		}
	}
	result := iampolicy.Evaluate(a.request(), iampolicy.Policies{Resource: trust})
	switch result.Decision {
	case iampolicy.Allowed:
		return Diagnosis{
			Cause: LetIn, Reason: "The trust policy, as it stands now, lets this token in: it was changed after the refusal, or something else refuses it.",
			Fixes: []string{
				"run the job again: a change of a trust policy takes some seconds to work everywhere",
				"look for a service or resource control policy of the organization that denies " + webIdentity,
			},
		}
	case iampolicy.ExplicitDeny:
		return Diagnosis{
			Cause: Denied, Reason: fmt.Sprintf("The role is %s: somebody decided that this token shall not have it.", result.Reason),
			Fixes: []string{"ask whoever wrote that statement; no statement that allows can overrule it"},
		}
	}
	return closest(a, *trust)
}

// byCode reads the refusals that come before the trust policy is looked at.
// Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
func byCode(a Attempt) (Diagnosis, bool) {
	code := strings.TrimSuffix(a.Code, "Exception")
	switch {
	case !a.Refused():
		return Diagnosis{Cause: NotRefused, Reason: "AWS gave the role: there is nothing to mend.", Fixes: []string{}}, true
	case code == "InvalidIdentityToken" && strings.Contains(strings.ToLower(a.Message), "no openidconnect provider"):
		return Diagnosis{
			Cause: NoProvider, Reason: "The account has no identity provider for the token's issuer: no role of it can be had with this token.",
			Fixes: []string{
				"make the provider once in the account: identity.NewGitHubProvider, or https://" + githubIssuer + " with the audience " + anAudience + " in IAM",
				"if the account has one, look at the number of the account in role-to-assume: it is another one",
			},
		}, true
	case code == "InvalidIdentityToken" && strings.Contains(strings.ToLower(a.Message), "audience"):
		return Diagnosis{
			Cause: Audience, Reason: fmt.Sprintf("The token is for the audience %s, which the identity provider in the account does not list.", orUnknown(a.Audience)),
			Fixes: []string{"leave out audience in the workflow: aws-actions/configure-aws-credentials asks for " + anAudience + " then"},
		}, true
	case code == "ExpiredToken":
		return Diagnosis{
			Cause: Token, Reason: "The token had expired: it is good for minutes, and the job waited longer between asking for it and using it.",
			Fixes: []string{"ask for credentials again in the step that needs them"},
		}, true
	case code == "InvalidIdentityToken", code == "IDPRejectedClaim", code == "IDPCommunicationError":
		return Diagnosis{
			Cause: Token, Reason: "AWS could not verify the token: " + orUnknown(a.Message) + ".",
			Fixes: []string{"run the job again; if it stays so, compare the issuer of the token with the address of the provider in IAM"},
		}, true
	}
	return Diagnosis{}, false
}

func orUnknown(text string) string {
	if text == "" {
		return "unknown"
	}
	return strings.TrimSuffix(text, ".")
}

// request is the call as policies see it. CloudTrail does not record the other claims of the token.
func (a Attempt) request() iampolicy.Request {
	caller, ok := iampolicy.CallerOf(a.ProviderARN)
	if !ok {
		caller = iampolicy.Caller{Kind: iampolicy.CallerProvider, ARN: a.ProviderARN}
	}
	context := iampolicy.Context{a.Issuer + ":sub": {a.Subject}, "sts:RoleSessionName": {a.SessionName}}
	if a.Audience != "" {
		context[a.Issuer+":aud"] = []string{a.Audience}
	}
	return iampolicy.Request{
		Caller: caller, Action: webIdentity, Resource: a.RoleARN, Context: context, Unknown: []string{a.Issuer + ":*", "aws:*", "sts:*"},
	}
}

// closest finds the statement that nearly lets the attempt in, and says what is missing.
func closest(a Attempt, trust iampolicy.Document) Diagnosis {
	best, found := -1, []Miss(nil)
	named := false
	for i, s := range trust.Statements {
		if s.Effect != iampolicy.Allow || !offers(s, trust.Version) {
			continue
		}
		if !slices.Contains(s.Principals.Federated, a.ProviderARN) {
			continue
		}
		named = true
		misses := a.misses(i, s, trust.Version)
		if best < 0 || len(misses) < len(found) {
			best, found = i, misses
		}
	}
	switch {
	case !named:
		return otherProvider(a, trust)
	case len(found) == 0:
		return Diagnosis{
			Cause:  OtherCondition,
			Reason: fmt.Sprintf("Audience and subject are what Statement[%d] asks for. What else it asks for is not in CloudTrail's record.", best),
			Fixes:  []string{"print the claims of the token in the job, and compare them with the conditions of the statement"},
		}
	}
	return a.explain(found, trust)
}

// offers tells whether a statement is about tokens.
func offers(s iampolicy.Statement, version string) bool {
	probe := iampolicy.Document{Version: version, Statements: []iampolicy.Statement{{
		Effect: iampolicy.Allow, Principals: iampolicy.Principals{Federated: []string{"probe.example.com"}}, Actions: s.Actions, NotActions: s.NotActions,
	}}}
	caller, _ := iampolicy.CallerOf("probe.example.com")
	request := iampolicy.Request{Caller: caller, Action: webIdentity, Resource: "arn:aws:iam::123456789012:role/probe"}
	return iampolicy.Evaluate(request, iampolicy.Policies{Resource: &probe}).Decision == iampolicy.Allowed
}

// misses are the conditions of a statement that do not hold, one by one.
func (a Attempt) misses(i int, s iampolicy.Statement, version string) []Miss {
	var misses []Miss
	request := a.request()
	for _, c := range s.Conditions {
		alone := s
		alone.Conditions = []iampolicy.Condition{c}
		d := iampolicy.Document{Version: version, Statements: []iampolicy.Statement{alone}}
		if iampolicy.Evaluate(request, iampolicy.Policies{Resource: &d}).Decision != iampolicy.ImplicitDeny {
			continue
		}
		misses = append(misses, Miss{
			Key: c.Key, Found: strings.Join(valueOf(request.Context, c.Key), ", "), Expected: slices.Clone(c.Values),
			Path: fmt.Sprintf("Statement[%d].Condition.%s", i, c.Operator), operator: c.Operator, at: i,
		})
	}
	return misses
}

// valueOf looks a key up, whose case does not matter.
func valueOf(context iampolicy.Context, key string) []string {
	for name, values := range context {
		if strings.EqualFold(name, key) {
			return values
		}
	}
	return nil
}

// otherProvider is about a trust policy that does not name the token's provider.
func otherProvider(a Attempt, trust iampolicy.Document) Diagnosis {
	var federated []string
	for _, s := range trust.Statements {
		if s.Effect == iampolicy.Allow && offers(s, trust.Version) {
			federated = append(federated, s.Principals.Federated...)
		}
	}
	if len(federated) == 0 {
		return Diagnosis{
			Cause: NoStatement, Reason: "No statement of the trust policy allows " + webIdentity + " to an identity provider.",
			Fixes: []string{"let the role be made by identity.NewDeployRole or identity.NewPreviewRole, which write the trust policy"},
		}
	}
	reason := fmt.Sprintf("The token comes from %s, and the trust policy names %s.", a.ProviderARN, strings.Join(federated, ", "))
	if i := slices.IndexFunc(federated, func(name string) bool { return issuerOf(name) == a.Issuer }); i >= 0 {
		return Diagnosis{
			Cause: OtherProvider, Reason: reason + " It is the provider of another account, whose tokens never come with that name here.",
			Misses: []Miss{{Key: "Federated", Found: a.ProviderARN, Expected: federated, Path: "Principal.Federated"}},
			Fixes:  []string{"name " + a.ProviderARN + " in Principal.Federated"},
			Change: fmt.Sprintf("Principal.Federated: %s instead of %s", a.ProviderARN, federated[i]),
			Trust:  renameProvider(trust, federated[i], a.ProviderARN),
		}
	}
	return Diagnosis{
		Cause: OtherProvider, Reason: reason + " They are different issuers: the role was made for another kind of pipeline.",
		Misses: []Miss{{Key: "Federated", Found: a.ProviderARN, Expected: federated, Path: "Principal.Federated"}},
		Fixes:  []string{"give this pipeline a role of its own; conditions on the claims of another issuer would not hold for it"},
	}
}

func renameProvider(trust iampolicy.Document, from, to string) *iampolicy.Document {
	changed := clone(trust)
	for i := range changed.Statements {
		federated := changed.Statements[i].Principals.Federated
		for j, name := range federated {
			if name == from {
				federated[j] = to
			}
		}
	}
	return &changed
}

// clone is a copy that shares no list with the original.
func clone(d iampolicy.Document) iampolicy.Document {
	d.Statements = slices.Clone(d.Statements)
	for i, s := range d.Statements {
		s.Principals.Federated = slices.Clone(s.Principals.Federated)
		s.Conditions = slices.Clone(s.Conditions)
		for j, c := range s.Conditions {
			s.Conditions[j].Values = slices.Clone(c.Values)
		}
		d.Statements[i] = s
	}
	return d
}
