package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamNoAdministratorAccess = rule.Rule{
	ID:       "iam-no-administrator-access",
	Title:    "AdministratorAccess is not attached",
	Why:      "AdministratorAccess allows everything that AWS will ever offer, deleting backups and trails included; a service or a pipeline with it turns every bug into the loss of the account.",
	Severity: rule.Critical,
	References: rule.References{
		FSBP:    []string{"IAM.1"},
		CIS:     []string{"v3:1.16", "v5:1.15"},
		Checkov: []string{"CKV_AWS_274", "CKV_AWS_275"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   "attach a policy with the actions that are needed; for people, a permission set in IAM Identity Center",
	},
	Types:    attachments,
	Resource: notAttached("AdministratorAccess", "a policy with what is needed"),
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: api, policyArn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"}
`}, {Name: "one of the same name, written here", YAML: `
api:
  type: aws:iam/role:Role
  properties: {managedPolicyArns: ["arn:aws:iam::111122223333:policy/AdministratorAccess"]}
`}},
	Bad: []rule.Example{{Name: "role", YAML: `
it:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: api, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess"}
`}, {Name: "user", YAML: `
it:
  type: aws:iam/userPolicyAttachment:UserPolicyAttachment
  properties: {user: ci, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess"}
`}, {Name: "group", YAML: `
it:
  type: aws:iam/groupPolicyAttachment:GroupPolicyAttachment
  properties: {group: admins, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess"}
`}, {Name: "several at once", YAML: `
it:
  type: aws:iam/policyAttachment:PolicyAttachment
  properties: {roles: [api], policyArn: "arn:aws-us-gov:iam::aws:policy/AdministratorAccess"}
`}, {Name: "in the role itself", YAML: `
it:
  type: aws:iam/role:Role
  properties: {managedPolicyArns: ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess", "arn:aws:iam::aws:policy/AdministratorAccess"]}
`}},
}
