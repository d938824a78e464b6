package iampolicy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// Sources: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html,
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
func TestCallsThatNoPolicyDecides(t *testing.T) {
	trust := grantTo(`"*"`)
	for name, test := range map[string]struct {
		caller, action, resource string
		policies                 policies
		want                     iampolicy.Decision
		reason                   string
	}{
		"who am I, without any policy":   {user, "sts:GetCallerIdentity", "", policies{}, iampolicy.Allowed, "needs no permission"},
		"who am I, denied":               {user, "STS:getcalleridentity", "", policies{identity: deny, scp: [][]string{{deny}}, boundary: deny}, iampolicy.Allowed, "needs no permission"},
		"who am I, of a federated user":  {federated, "sts:GetCallerIdentity", "", policies{}, iampolicy.Allowed, "needs no permission"},
		"who am I, of nobody":            {"*", "sts:GetCallerIdentity", "", policies{}, iampolicy.ImplicitDeny, ""},
		"root user assumes a role":       {own, "sts:AssumeRole", target, policies{resource: trust}, iampolicy.ImplicitDeny, "root user of an account cannot assume a role"},
		"root user of another account":   {other, "sts:AssumeRole", target, policies{resource: trust}, iampolicy.ImplicitDeny, "root user of an account cannot assume a role"},
		"root user, denied besides":      {own, "sts:AssumeRole", target, policies{resource: trust, rcp: `{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}`}, iampolicy.ExplicitDeny, ""},
		"root user calls IAM":            {own, "iam:CreateUser", "arn:aws:iam::123456789012:user/eve", policies{}, iampolicy.Allowed, ""},
		"federated user calls IAM":       {federated, "iam:ListUsers", "", policies{identity: allow, session: allow}, iampolicy.ImplicitDeny, "cannot call IAM"},
		"federated user assumes a role":  {federated, "sts:AssumeRole", target, policies{identity: allow, session: allow, resource: trust}, iampolicy.ImplicitDeny, "cannot call STS"},
		"federated user passes a role":   {federated, "iam:PassRole", target, policies{identity: allow, session: allow}, iampolicy.Allowed, ""},
		"federated user, other services": {federated, "s3:GetObject", object, policies{identity: allow, session: allow}, iampolicy.Allowed, ""},
		"a role calls IAM":               {session, "iam:ListUsers", "", policies{identity: allow}, iampolicy.Allowed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			caller, ok := iampolicy.CallerOf(test.caller)
			require.True(t, ok)
			got := iampolicy.Evaluate(iampolicy.Request{Caller: caller, Action: test.action, Resource: test.resource, ResourceAccount: own}, test.policies.build(t))
			assert.Equal(t, test.want, got.Decision, got.Reason)
			assert.Contains(t, got.Reason, test.reason)
		})
	}
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
func TestDenyWithNotPrincipalMeansEveryoneWithABoundary(t *testing.T) {
	const notBob = `{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::123456789012:user/bob","arn:aws:iam::123456789012:role/reader","123456789012"]},"Action":"s3:GetObject","Resource":"*"}`
	for name, test := range map[string]struct {
		caller   string
		policies policies
		want     iampolicy.Decision
	}{
		"a user without a boundary": {user, policies{identity: allow, resource: notBob}, iampolicy.Allowed},
		"a user with one":           {user, policies{identity: allow, resource: notBob, boundary: allow}, iampolicy.ExplicitDeny},
		"a role with one":           {session, policies{identity: allow, resource: notBob, boundary: allow}, iampolicy.ExplicitDeny},
		"the root user has none":    {own, policies{resource: notBob, boundary: allow}, iampolicy.Allowed},
		"through an endpoint":       {user, policies{identity: allow, endpoint: grantTo(`"*"`) + "," + notBob, boundary: allow}, iampolicy.ExplicitDeny},
		"of another action":         {user, policies{identity: allow, resource: `{"Effect":"Deny","NotPrincipal":{"AWS":"` + user + `"},"Action":"s3:PutObject","Resource":"*"}`, boundary: allow}, iampolicy.Allowed},
	} {
		t.Run(name, func(t *testing.T) {
			caller, ok := iampolicy.CallerOf(test.caller)
			require.True(t, ok)
			got := iampolicy.Evaluate(iampolicy.Request{Caller: caller, Action: "s3:GetObject", Resource: object, ResourceAccount: own}, test.policies.build(t))
			assert.Equal(t, test.want, got.Decision, got.Reason)
		})
	}
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
func TestAStarThatEndsAPartOfAResourceReachesBeyondColons(t *testing.T) {
	const queue = "arn:aws:sqs:eu-west-1:123456789012:jobs"
	caller, _ := iampolicy.CallerOf(user)
	for pattern, want := range map[string]iampolicy.Decision{
		"arn:aws:sqs:*:123456789012:jobs": iampolicy.Allowed,
		"arn:aws:sqs:*":                   iampolicy.Allowed,
		"arn:aws:sqs:*:jobs":              iampolicy.Allowed,
		"arn:aws:*:jobs":                  iampolicy.Allowed,
		"arn:aws:sqs:eu-*:jobs":           iampolicy.Allowed,
		"arn:aws:sqs:e*1:jobs":            iampolicy.ImplicitDeny, // in the middle of its part
		"arn:aws:sqs:eu-west-1?12*:jobs":  iampolicy.ImplicitDeny,
		"arn:aws:s*:topic":                iampolicy.ImplicitDeny,
	} {
		got := iampolicy.Evaluate(iampolicy.Request{Caller: caller, Action: "sqs:SendMessage", Resource: queue},
			policies{identity: `{"Effect":"Allow","Action":"sqs:*","Resource":"` + pattern + `"}`}.build(t))
		assert.Equal(t, want, got.Decision, pattern)
	}
	// The operators for ARNs compare part by part.
	got := iampolicy.Evaluate(
		iampolicy.Request{Caller: caller, Action: "sqs:SendMessage", Resource: queue, Context: iampolicy.Context{"aws:SourceArn": {queue}}},
		policies{identity: `{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:sqs:*:jobs"}}}`}.build(t))
	assert.Equal(t, iampolicy.ImplicitDeny, got.Decision)
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func TestAKeyWithSeveralValuesIsNoVariable(t *testing.T) {
	caller, _ := iampolicy.CallerOf(user)
	for name, test := range map[string]struct {
		variable string
		context  iampolicy.Context
		want     iampolicy.Decision
	}{
		"one value":                     {"${aws:PrincipalTag/team}", iampolicy.Context{"aws:PrincipalTag/team": {"k"}}, iampolicy.Allowed},
		"several values":                {"${aws:PrincipalTag/team}", iampolicy.Context{"aws:PrincipalTag/team": {"k", "k2"}}, iampolicy.ImplicitDeny},
		"several values, and a default": {"${aws:PrincipalTag/team, 'k'}", iampolicy.Context{"aws:PrincipalTag/team": {"x", "y"}}, iampolicy.ImplicitDeny},
		"one value of a key of several": {"${aws:TagKeys}", iampolicy.Context{"aws:TagKeys": {"k"}}, iampolicy.ImplicitDeny},
		"a default":                     {"${aws:PrincipalTag/team, 'k'}", nil, iampolicy.Allowed},
	} {
		t.Run(name, func(t *testing.T) {
			got := iampolicy.Evaluate(iampolicy.Request{Caller: caller, Action: "s3:GetObject", Resource: object, Context: test.context},
				policies{identity: `{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/` + test.variable + `"}`}.build(t))
			assert.Equal(t, test.want, got.Decision, got.Reason)
		})
	}
}
