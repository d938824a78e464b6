package iampolicy

import (
	"slices"
	"strings"
)

// DeniesInsecureTransport says whether the policy denies an action (s3:*, sns:Publish) to everybody who comes without TLS:
// Deny, Principal "*", the whole of the action, and nothing but Bool aws:SecureTransport false as condition. All of the
// resources have to be denied, by one statement or several. If none is given, they are those of the policy itself: for S3,
// a bucket and all its objects; for other services anything.
//
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
func (d Document) DeniesInsecureTransport(action string, resources ...string) bool {
	return d.deniesConnections(action, resources, func(c Condition) bool {
		o, ok := ParseOperator(c.Operator)
		return ok && o.Base == "Bool" && o.Quantifier == "" && c.On("aws:SecureTransport") && len(c.Values) == 1 && strings.EqualFold(c.Values[0], "false")
	})
}

// DeniesTLSBelow says the same of S3 connections with a TLS version below one, such as 1.2: by NumericLessThan on
// s3:TlsVersion. Connections without TLS have no version; DeniesInsecureTransport is about those.
//
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
func (d Document) DeniesTLSBelow(version float64, resources ...string) bool {
	return d.deniesConnections("s3:*", resources, func(c Condition) bool {
		o, ok := ParseOperator(c.Operator)
		return ok && o.Base == "NumericLessThan" && o.Quantifier == "" && c.On("s3:TlsVersion") &&
			slices.ContainsFunc(c.Values, func(v string) bool {
				limit, ok := parseNumber(v)
				return ok && limit >= version
			})
	})
}

func (d Document) deniesConnections(action string, resources []string, insecure func(Condition) bool) bool {
	all := Statement{Actions: []string{action}}
	var denied []string
	d.each(Deny, func(_ int, s Statement) {
		if s.Principals.Everybody() && len(s.Conditions) == 1 && insecure(s.Conditions[0]) && s.coversActions(all) {
			denied = append(denied, s.Resources...)
		}
	})
	covered := func(resource string) bool {
		return slices.ContainsFunc(denied, func(pattern string) bool { return coversARN(pattern, resource) })
	}
	switch {
	case len(resources) > 0:
		return !slices.ContainsFunc(resources, func(r string) bool { return !covered(r) })
	case strings.HasPrefix(strings.ToLower(action), "s3:"):
		return slices.ContainsFunc(denied, func(bucket string) bool {
			return onlyStars(bucket) || !strings.Contains(bucket, "/") && covered(strings.TrimSuffix(bucket, "*")+"/*")
		})
	default:
		return len(denied) > 0
	}
}
