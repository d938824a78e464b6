package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamPermissionsBoundary = rule.Rule{
	ID:       "iam-permissions-boundary",
	Title:    "Roles created by CI carry a permissions boundary",
	Why:      "Whoever may create roles can give them any rights; a boundary is what keeps a role made by a pipeline below what its owners have agreed to.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
	Fix: rule.Fix{
		Bulwark: "set TaskRoleArgs.PermissionsBoundaryArn; ExecutionRoleArgs.PermissionsBoundaryArn, DeployRoleArgs.PermissionsBoundaryArn and service.TaskDefinition.PermissionsBoundaryArn are the same for their roles",
		Plain:   "iam.RoleArgs{PermissionsBoundary: boundary.Arn}",
	},
	OptIn:  "whether roles need a boundary, and which one, is for the owners of the account to say",
	Types:  []string{role},
	Params: []rule.Param{{Name: "boundary", Default: "", Description: "ARN of the boundary that every role has; empty for any."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		boundary := r.Get("permissionsBoundary")
		if want := f.Text("boundary"); want != "" {
			f.WantOneOf(boundary, want)
			return
		}
		f.WantSet(boundary, "the ARN of a permissions boundary")
	},
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/role:Role
  properties: {permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary"}
`}, {Name: "the one that is asked for", Params: map[string]any{"boundary": "arn:aws:iam::111122223333:policy/boundary"}, YAML: `
api:
  type: aws:iam/role:Role
  properties: {permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
api:
  type: aws:iam/role:Role
  properties: {name: api}
`}, {Name: "another", Params: map[string]any{"boundary": "arn:aws:iam::111122223333:policy/boundary"}, YAML: `
api:
  type: aws:iam/role:Role
  properties: {permissionsBoundary: "arn:aws:iam::111122223333:policy/wide"}
`}},
}
