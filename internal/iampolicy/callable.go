package iampolicy

import "strings"

// What some callers can never do, and everybody can, whatever policies say.

// needsNoPermission tells whether the request is one that no policy can allow or deny.
// Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
func (r Request) needsNoPermission() bool {
	return r.Caller.limited() && strings.EqualFold(r.Action, "sts:GetCallerIdentity")
}

// impossible says why the caller can make no such call, whatever is granted to it; empty when it can.
//
// Sources: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
func (r Request) impossible() string {
	service, call, _ := strings.Cut(strings.ToLower(r.Action), ":")
	switch {
	case r.Caller.Kind == CallerRoot && service == "sts" && call == "assumerole":
		return "the root user of an account cannot assume a role"
	case r.Caller.Kind != CallerFederatedUser:
		return ""
	case service == "iam" && call != "passrole": // a permission that other services ask for, and no call
		return "a federated user cannot call IAM"
	case service == "sts":
		return "a federated user cannot call STS, but for GetCallerIdentity"
	}
	return ""
}

// deniedByBoundary tells whether a statement denies the request to the caller only because it has a permissions boundary:
// then Deny with NotPrincipal means it, whatever the values.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
func (e *evaluation) deniedByBoundary(s Statement) bool {
	kind := e.request.Caller.Kind
	return s.Effect == Deny && !s.NotPrincipals.IsZero() && e.policies.Boundary != nil && (kind == CallerUser || kind == CallerRole)
}
