package iam

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var iamNoUsers = rule.Rule{
	ID:         "iam-no-users",
	Title:      "No IAM users",
	Why:        "A user has a password or a key that works for years and from anywhere; a role has credentials that end within hours.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV_AWS_273"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
	Fix: rule.Fix{
		Bulwark: "no component makes users: people come by IAM Identity Center, services by identity.NewTaskRole, pipelines by identity.NewDeployRole",
		Plain:   "iam.NewRole in place of iam.NewUser; IAM Identity Center for people",
	},
	Types:  []string{user},
	Params: []rule.Param{{Name: "allowed", Default: []string{}, Description: "Users that there may be: break-glass access, clients that know nothing but keys."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		name := r.Get("name").TextOr(r.Name)
		if !slices.Contains(f.Texts("allowed"), name) {
			f.Fail(r, "%s: expected a role, or a user in IAM Identity Center", name)
		}
	},
	Good: []rule.Example{{Name: "what knows nothing but keys", Params: map[string]any{"allowed": []any{"ses-smtp"}}, YAML: `
ses-smtp:
  type: aws:iam/user:User
  properties: {path: /system/}
`}, {Name: "by its name in AWS", Params: map[string]any{"allowed": []any{"break-glass"}}, YAML: `
break:
  type: aws:iam/user:User
  properties: {name: break-glass}
`}},
	Bad: []rule.Example{{YAML: `
jane:
  type: aws:iam/user:User
  properties: {name: jane}
`}, {Name: "without a name of its own", YAML: `
ci:
  type: aws:iam/user:User
  properties: {path: /}
`}},
}
