package componenttest

import "strings"

func init() {
	service(map[string]awsType{
		"aws:iam/role:Role": {computed: func(r registered) map[string]any {
			role := r.generated("name")
			return map[string]any{"id": role, "name": role, "arn": "arn:aws:iam::" + AccountID + ":role/" + role}
		}},
		"aws:iam/rolePolicy:RolePolicy":                     {untaggable: true},
		"aws:iam/rolePolicyAttachment:RolePolicyAttachment": {untaggable: true},
		"aws:iam/policy:Policy": {computed: func(r registered) map[string]any {
			policy := "arn:aws:iam::" + AccountID + ":policy/" + r.generated("name")
			return map[string]any{"id": policy, "arn": policy, "name": r.generated("name")}
		}},
		"aws:iam/openIdConnectProvider:OpenIdConnectProvider": {computed: func(r registered) map[string]any {
			provider := "arn:aws:iam::" + AccountID + ":oidc-provider/" + strings.TrimPrefix(r.text("url", ""), "https://")
			return map[string]any{"id": provider, "arn": provider}
		}},
		"aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {untaggable: true},
	}, nil)
}
