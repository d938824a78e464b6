package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamRolePolicyConflict = rule.Rule{
	ID:         "iam-role-policy-conflict",
	Title:      "Role inline policies and attachments are not mixed",
	Why:        "managedPolicyArns and inlinePolicies of a role claim to be all there is: every update takes away what is attached apart, which the next one attaches again, and in between the service has no rights.",
	Severity:   rule.Medium,
	References: rule.References{Pulumi: []string{"awsguard:iamRoleNoPolicyManagementConflicts"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html",
	Fix: rule.Fix{
		Bulwark: "the components attach with iam.RolePolicy and iam.RolePolicyAttachment only",
		Plain:   "iam.NewRolePolicyAttachment for each policy, and no ManagedPolicyArns or InlinePolicies in iam.RoleArgs",
	},
	Types: []string{role, rolePolicy, rolePolicyAttachment},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(role), func(r *rule.Resource) {
			wantOneOwner(s, f, r, ownership{inside: "managedPolicyArns", satellite: rolePolicyAttachment, key: "policyArn"})
			wantOneOwner(s, f, r, ownership{inside: "inlinePolicies", element: "name", satellite: rolePolicy, key: "name"})
		})
	},
	Good: []rule.Example{{Name: "attached apart", YAML: `
api:
  type: aws:iam/role:Role
  properties: {name: api}
traces:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: "${api.name}", policyArn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"}
own:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: "${api.id}"
    name: own
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio/uploads/*"}
`}, {Name: "in the role", YAML: `
api:
  type: aws:iam/role:Role
  properties: {name: api, managedPolicyArns: ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"], inlinePolicies: []}
`}, {Name: "what a refresh has read", YAML: `
api:
  type: aws:iam/role:Role
  properties: {name: api, managedPolicyArns: ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"]}
traces:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: "${api.name}", policyArn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"}
`}},
	Bad: []rule.Example{{Name: "managed policies", YAML: `
api:
  type: aws:iam/role:Role
  properties: {name: api, managedPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"]}
traces:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: "${api.name}", policyArn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"}
`}, {Name: "inline policies", YAML: `
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
own:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: "${api.id}"
    name: own
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio/uploads/*"}
`}},
}
