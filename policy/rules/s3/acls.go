package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// The groups of strangers that an ACL can name.
//
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee-predefined-groups
const (
	allUsers           = "http://acs.amazonaws.com/groups/global/AllUsers"
	authenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
)

// noGrant is a rule that an ACL gives a group none of the permissions, neither by a canned ACL nor by a grant.
func noGrant(group string, canned []string, permissions ...string) func(*rule.Resource, *rule.Findings) {
	return func(r *rule.Resource, f *rule.Findings) {
		f.WantNoneOf(r.Get("acl"), canned...)
		check := func(uri, permission rule.Value) {
			if uri.Is(group) && slices.Contains(permissions, permission.Text()) {
				f.Fail(permission, "%s to %s: expected no grant to strangers", permission, uri)
			}
		}
		if r.Is(bucketACL) {
			f.Each(r.Get("accessControlPolicy.grants"), func(grant rule.Value) { check(grant.Get("grantee.uri"), grant.Get("permission")) })
			return
		}
		f.Each(r.Get("grants"), func(grant rule.Value) {
			for _, permission := range grant.Get("permissions").List() {
				check(grant.Get("uri"), permission)
			}
		})
	}
}
