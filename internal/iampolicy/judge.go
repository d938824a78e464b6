package iampolicy

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The rules in this file judge single values. A problem of theirs lacks path and value, which the caller knows.

func indexed(element string, i int) string { return element + "[" + strconv.Itoa(i) + "]" }

// judgeAction accepts "*" and service:Action with wildcards. Which actions exist is not known here.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
func judgeAction(action string) (validate.Problem, bool) {
	if onlyStars(action) {
		return validate.Problem{}, false
	}
	service, name, found := strings.Cut(action, ":")
	if found && service != "" && name != "" && actionText(service, true) && actionText(name, false) {
		return validate.Problem{}, false
	}
	p := validate.Problem{Rule: RuleAction, Expected: "a service and an action, such as s3:GetObject"}
	if strings.TrimSpace(action) != action {
		p.Fix = "remove the whitespace"
	}
	return p, true
}

func actionText(text string, service bool) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= lower(c) && lower(c) <= 'z', '0' <= c && c <= '9', c == '*', c == '?':
		case service && c == '-':
		default:
			return false
		}
	}
	return true
}

// judgeResource refuses what no service takes. Most take ARNs only, which Check knows.
func judgeResource(resource string) (validate.Problem, bool) {
	switch {
	case resource == "":
		return validate.Problem{Rule: RuleResource, Expected: `an ARN or "*"`, Fix: "name the resource"}, true
	case strings.HasPrefix(resource, "arn:") && strings.Count(resource, ":") < 5 && !strings.Contains(resource, "*"):
		return validate.Problem{Rule: RuleResource, Expected: "an ARN with six parts, such as arn:aws:s3:::bucket/*", Fix: "add the parts that are missing; they may be empty"}, true
	}
	return validate.Problem{}, false
}

// awsPrincipal accepts an account id, the ARN of an account, identity or session, a unique id that IAM left behind for a
// deleted identity, or "*".
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func awsPrincipal(id string) (validate.Problem, bool) {
	if id == "*" || isAccountID(id) || uniqueID(id) {
		return validate.Problem{}, false
	}
	p := validate.Problem{Rule: RulePrincipal, Expected: "an account id, or the ARN of an account, role, user or session"}
	if strings.ContainsAny(id, "*?") {
		p.Fix = `wildcards do not work in a part of a principal: name it, or use "*" with a condition on aws:PrincipalArn`
		return p, true
	}
	arn, ok := validate.SplitARN(id)
	if !ok || (arn.Service != "iam" && arn.Service != "sts") || arn.Region != "" || arn.Resource == "" {
		p.Fix = "such as arn:aws:iam::123456789012:role/reader"
		return p, true
	}
	if isAccountID(arn.Account) || arn.Service == "iam" && arn.Account == "cloudfront" {
		return validate.Problem{}, false
	}
	p.Fix = "an account id has 12 digits"
	return p, true
}

// uniqueID recognises the ids that IAM gives to identities.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
func uniqueID(id string) bool {
	if len(id) < 16 || !slices.Contains([]string{"AIDA", "AROA", "AGPA"}, id[:4]) {
		return false
	}
	return strings.IndexFunc(id, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') }) < 0
}

func servicePrincipal(id string) (validate.Problem, bool) {
	if strings.Contains(id, ".") && !strings.ContainsAny(id, "*?:/ ") && id == strings.ToLower(id) {
		return validate.Problem{}, false
	}
	return validate.Problem{Rule: RulePrincipal, Expected: "a service principal in lower case, without wildcards", Fix: "such as ecs-tasks.amazonaws.com"}, true
}

func federatedPrincipal(id string) (validate.Problem, bool) {
	if arn, ok := validate.SplitARN(id); ok {
		if arn.Service == "iam" && isAccountID(arn.Account) && (strings.HasPrefix(arn.Resource, "saml-provider/") || strings.HasPrefix(arn.Resource, "oidc-provider/")) &&
			!strings.ContainsAny(id, "*?") {
			return validate.Problem{}, false
		}
	} else if strings.Contains(id, ".") && !strings.ContainsAny(id, "*? ") {
		return validate.Problem{}, false
	}
	return validate.Problem{Rule: RulePrincipal, Expected: "the ARN of an identity provider, or the domain of one that needs none", Fix: "such as arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"}, true
}

// canonicalUser accepts what S3 calls a canonical user id: 64 hexadecimal digits.
// Source: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
func canonicalUser(id string) (validate.Problem, bool) {
	if len(id) == 64 && strings.Trim(strings.ToLower(id), "0123456789abcdef") == "" {
		return validate.Problem{}, false
	}
	return validate.Problem{Rule: RulePrincipal, Expected: "a canonical user id, which has 64 hexadecimal digits", Fix: "better name the account under AWS"}, true
}

// judgeKey asks for a prefix. Which keys exist is not known here, with one exception: a tag key needs the tag's name.
func (p *parser) judgeKey(path, key string) {
	prefix, name, found := strings.Cut(key, ":")
	switch {
	case !found || prefix == "" || name == "" || strings.ContainsAny(prefix, " *?"):
		p.found(RuleCondition, path, validate.Show(key), "a condition key with its prefix, such as aws:SourceArn", "")
	case strings.EqualFold(prefix, "aws") && slices.ContainsFunc([]string{"PrincipalTag", "RequestTag", "ResourceTag"}, func(tag string) bool {
		return strings.EqualFold(name, tag) || strings.EqualFold(name, tag+"/")
	}):
		p.found(RuleCondition, path, validate.Show(key), "the name of the tag behind the key", "such as "+strings.TrimSuffix(key, "/")+"/owner")
	}
}

// operatorFix guesses which operator was meant.
func operatorFix(name string) string {
	for known := range maps.Keys(operators) {
		for _, quantifier := range []string{"", "ForAllValues:", "ForAnyValue:"} {
			for _, suffix := range []string{"", "IfExists"} {
				if candidate := quantifier + known + suffix; strings.EqualFold(candidate, name) {
					if candidate == "NullIfExists" || strings.HasSuffix(candidate, ":NullIfExists") {
						return "Null asks whether the key exists: it goes without IfExists"
					}
					return "did you mean " + validate.Show(candidate) + "?"
				}
			}
		}
	}
	return ""
}

// judge says whether a value can be compared by the operator.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
func (o Operator) judge(value string) (validate.Problem, bool) {
	wrong := func(expected, fix string) (validate.Problem, bool) {
		return validate.Problem{Rule: RuleCondition, Expected: fmt.Sprintf("%s, as %s compares it", expected, o.Base), Fix: fix}, true
	}
	switch o.family() {
	case familyBool, familyNull:
		if o.variables() && strings.Contains(value, "${") {
			return validate.Problem{}, false
		}
		if _, ok := parseBool(value); !ok {
			return wrong("true or false", "")
		}
	case familyNumeric:
		if _, ok := parseNumber(value); !ok {
			return wrong("a number", "")
		}
	case familyDate:
		if _, ok := parseDate(value); !ok {
			return wrong("a date", "such as 2026-01-31T12:00:00Z")
		}
	case familyIP:
		if _, ok := parseCIDR(value); !ok {
			return wrong("an address or a range of addresses", "such as 203.0.113.0/24")
		}
	case familyBinary:
		if _, err := base64.StdEncoding.DecodeString(value); err != nil {
			return wrong("bytes in base64", "")
		}
	case familyString, familyARN:
	}
	return validate.Problem{}, false
}

func parseBool(text string) (value, ok bool) {
	switch {
	case strings.EqualFold(text, "true"):
		return true, true
	case strings.EqualFold(text, "false"):
		return false, true
	}
	return false, false
}

func parseNumber(text string) (float64, bool) {
	if text == "" || strings.Trim(text, "+-.0123456789eE") != "" {
		return 0, false
	}
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil
}

// parseDate reads the W3C profile of ISO 8601, from the year alone to fractions of a second, and seconds since 1970.
// Source: https://www.w3.org/TR/NOTE-datetime
func parseDate(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return time.Unix(seconds, 0).UTC(), true
	}
	return time.Time{}, false
}

// parseCIDR reads a range of addresses. An address alone is a range of one.
func parseCIDR(text string) (netip.Prefix, bool) {
	if prefix, err := netip.ParsePrefix(text); err == nil {
		return prefix.Masked(), true
	}
	if address, err := netip.ParseAddr(text); err == nil && address.Zone() == "" {
		return netip.PrefixFrom(address, address.BitLen()), true
	}
	return netip.Prefix{}, false
}
