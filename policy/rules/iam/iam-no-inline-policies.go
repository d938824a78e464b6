package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamNoInlinePolicies = rule.Rule{
	ID:         "iam-no-inline-policies",
	Title:      "No inline policies",
	Why:        "Inline policies are found only by who looks into every identity, have no versions to go back to, and those inside iam.Role silently remove the ones made apart.",
	Severity:   rule.Low,
	References: rule.References{CDKNag: []string{"NIST:IAMNoInlinePolicy"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
	Fix: rule.Fix{
		Bulwark: "the components keep a role's own policy in one iam.RolePolicy, which goes with the role",
		Plain:   "iam.NewRolePolicy or iam.NewPolicy in place of iam.RoleArgs{InlinePolicies: ...}; iam.NewPolicy and iam.NewGroupPolicyAttachment for groups",
	},
	Types:  []string{role, rolePolicy, userPolicy, groupPolicy},
	Params: []rule.Param{{Name: "rolePolicies", Default: false, Description: "Whether iam.RolePolicy counts as well, which belongs to one role by design."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		switch {
		case r.Is(role):
			f.WantUnset(r.Get("inlinePolicies"), "inside the role they take away every policy made apart")
		case !r.Is(rolePolicy) || f.Bool("rolePolicies"):
			f.Fail(r, "is an inline policy: expected a managed one")
		}
	},
	Good: []rule.Example{{Name: "of a role, made apart", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio/uploads/*"}
`}, {Name: "a role without", YAML: `
api:
  type: aws:iam/role:Role
  properties: {name: api}
`}},
	Bad: []rule.Example{{Name: "of a user", YAML: `
it:
  type: aws:iam/userPolicy:UserPolicy
  properties:
    user: jane
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio/uploads/*"}
`}, {Name: "of a group", YAML: `
it:
  type: aws:iam/groupPolicy:GroupPolicy
  properties:
    group: admins
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio/uploads/*"}
`}, {Name: "in a role", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: inline
        policy:
          fn::toJSON:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio/uploads/*"}
`}, {Name: "of a role, where these count", Params: map[string]any{"rolePolicies": true}, YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio/uploads/*"}
`}},
}
