package iampolicy

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// who are the keys that tell which identity makes a request, or how it has proved to be it. Conditions on transport,
// region or time are none of these, and neither is one on the account or organization: all its identities meet it.
//
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
var who = map[string]confinement{
	"aws:principalarn":           oneOfMany,
	"aws:userid":                 fixedUser,
	"aws:username":               notOnlyStars,
	"aws:multifactorauthpresent": isTrue,
	"sts:externalid":             notOnlyStars,
	"sts:sourceidentity":         notOnlyStars,
	"aws:sourceidentity":         notOnlyStars,
	"aws:sourceip":               narrowRange,
	"aws:sourcevpc":              fixedText,
	"aws:sourcevpce":             fixedText,
}

// notOnlyStars is a value that leaves something out.
func notOnlyStars(value string) bool { return value != "" && !onlyStars(value) }

// oneOfMany is the ARN of some of the identities of an account, and not of all of them or all of a kind.
func oneOfMany(value string) bool {
	arn, ok := validate.SplitARN(value)
	if !ok || arn.Resource == "root" {
		return false
	}
	kind, name, found := strings.Cut(arn.Resource, "/")
	return !onlyStars(kind) && (!found || !onlyStars(name))
}

// NarrowsCallers says whether a condition keeps a statement to some of the identities that its principals mean, where these
// are an account: on aws:PrincipalArn, aws:PrincipalTag, sts:ExternalId, aws:MultiFactorAuthPresent and the like, with values
// that leave something out, and failing without the key.
func (s Statement) NarrowsCallers() bool {
	return slices.ContainsFunc(s.Conditions, func(c Condition) bool {
		o, ok := ParseOperator(c.Operator)
		if !ok || o.Negated() || o.HoldsWithoutKey() || len(c.Values) == 0 {
			return false
		}
		key := strings.ToLower(c.Key)
		if key == "aws:multifactorauthage" {
			return o.family() == familyNumeric
		}
		narrow := who[key]
		if strings.HasPrefix(key, "aws:principaltag/") {
			narrow = notOnlyStars
		}
		return narrow != nil && o.Base != "Null" && !slices.ContainsFunc(c.Values, func(v string) bool { return !narrow(v) })
	})
}
