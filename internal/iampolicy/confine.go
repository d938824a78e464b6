package iampolicy

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// confinement judges one value of a condition on a key that can confine callers.
type confinement func(value string) bool

// confining are the keys that tie a request to callers, resources or networks that somebody owns. Strangers can set none
// of them at will. Tags, user agents, referers and kms:ViaService are not among them: anybody can have those.
//
// Sources: "The meaning of public" in https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html,
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account,
// https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
var confining = map[string]confinement{
	"aws:principalaccount":      fixedAccount,
	"aws:principalarn":          fixedOwner,
	"aws:principalorgid":        fixedOrganization,
	"aws:principalorgpaths":     fixedOrganization,
	"aws:principalservicename":  fixedText,
	"aws:userid":                fixedUser,
	"aws:sourceaccount":         fixedAccount,
	"aws:sourceowner":           fixedAccount,
	"aws:sourcearn":             fixedOwner,
	"aws:sourceorgid":           fixedOrganization,
	"aws:sourceorgpaths":        fixedOrganization,
	"aws:sourcevpc":             fixedText,
	"aws:sourcevpcarn":          fixedOwner,
	"aws:sourcevpce":            fixedText,
	"aws:vpceaccount":           fixedAccount,
	"aws:vpceorgid":             fixedOrganization,
	"aws:vpceorgpaths":          fixedOrganization,
	"aws:sourceip":              narrowRange,
	"kms:calleraccount":         fixedAccount,
	"s3:dataaccesspointaccount": fixedAccount,
	"s3:dataaccesspointarn":     fixedOwner,
	"s3:x-amz-server-side-encryption-aws-kms-key-id": fixedText,
	"elasticfilesystem:accessedviamounttarget":       isTrue,
}

// fixedText is a value without wildcards and variables.
func fixedText(value string) bool {
	return value != "" && !strings.ContainsAny(value, "*?") && !strings.Contains(value, "${")
}

// fixedAccount is an account id, or the account of the resource itself.
func fixedAccount(value string) bool {
	return isAccountID(value) || strings.EqualFold(value, "${aws:ResourceAccount}")
}

// fixedOrganization is an organization's id, the beginning of a path in one, or the organization of the resource itself.
func fixedOrganization(value string) bool {
	if strings.EqualFold(value, "${aws:ResourceOrgID}") {
		return true
	}
	id, _, _ := strings.Cut(value, "/")
	return strings.HasPrefix(id, "o-") && fixedText(id)
}

// fixedOwner is an ARN that fixes the account, or the bucket: the ARNs of buckets have no account.
func fixedOwner(value string) bool {
	arn, ok := validate.SplitARN(value)
	if !ok {
		return false
	}
	if fixedAccount(arn.Account) {
		return true
	}
	return arn.Service == "s3" && fixedText(arn.Resource) && !strings.Contains(arn.Resource, "/")
}

// fixedUser is a unique id; behind the colon, which begins the name of a session, wildcards are harmless.
func fixedUser(value string) bool {
	id, _, _ := strings.Cut(value, ":")
	return fixedText(id)
}

// narrowRange is a range that the S3 page does not call public: at least /8 for IPv4, /32 for IPv6, or private.
func narrowRange(value string) bool {
	prefix, ok := parseCIDR(value)
	if !ok {
		return false
	}
	if prefix.Addr().Is4() {
		return prefix.Bits() >= 8 || slices.ContainsFunc(privateRanges, func(r netip.Prefix) bool { return r.Bits() <= prefix.Bits() && r.Contains(prefix.Addr()) })
	}
	return prefix.Bits() >= 32 || prefix.Bits() >= 7 && uniqueLocal.Contains(prefix.Addr())
}

var (
	privateRanges = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16")}
	uniqueLocal   = netip.MustParsePrefix("fc00::/7")
)

func isTrue(value string) bool { b, ok := parseBool(value); return ok && b }

// confines says whether the condition alone keeps strangers out: it is on a confining key, all its values are fixed, and
// it fails if the request lacks the key.
func (c Condition) confines() bool {
	o, ok := ParseOperator(c.Operator)
	return ok && !o.Negated() && !o.HoldsWithoutKey() && c.narrow(o)
}

// excepts says whether the condition, in a statement that denies, leaves through only those whom a confining condition
// would let in: it is the negation of one. A request that lacks the key is denied.
func (c Condition) excepts() bool {
	o, ok := ParseOperator(c.Operator)
	if !ok {
		return false
	}
	// aws:ViaAWSService would leave through strangers who come by way of a service.
	if o.Base == "Bool" && c.On("aws:PrincipalIsAWSService") {
		return len(c.Values) == 1 && strings.EqualFold(c.Values[0], "false")
	}
	return o.Negated() && o.Quantifier != ForAnyValue && c.narrow(o)
}

// narrow says whether every value is fixed, as far as the operator compares values that can be.
func (c Condition) narrow(o Operator) bool {
	fixed := confining[strings.ToLower(c.Key)]
	if fixed == nil || len(c.Values) == 0 {
		return false
	}
	switch o.family() {
	case familyString, familyARN, familyIP, familyBool:
	default:
		return false
	}
	for _, value := range c.Values {
		if !fixed(value) {
			return false
		}
	}
	return true
}

// ConfinedBy are the conditions of a statement that keep strangers out, each on its own: on aws:SourceArn,
// aws:PrincipalOrgID, aws:SourceVpce and the like, with values that fix an account, organization or network.
func (s Statement) ConfinedBy() []Condition {
	var found []Condition
	for _, c := range s.Conditions {
		if c.confines() {
			found = append(found, c)
		}
	}
	return found
}
