package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamNoUserPolicies = rule.Rule{
	ID:       "iam-no-user-policies",
	Title:    "Policies attach to groups or roles, not users",
	Why:      "Rights given to users one by one are forgotten one by one: nobody sees what a person may do, and what stays behind when the person changes the team.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"IAM.2"},
		CIS:     []string{"v3:1.15", "v5:1.14"},
		Checkov: []string{"CKV_AWS_40"},
		Trivy:   []string{"AWS-0143"},
		CDKNag:  []string{"NIST:IAMUserNoPolicies"},
		Pulumi:  []string{"aws-iam-user-policy-attachment-only-attachment-through-groups", "aws-iam-policy-attachment-only-attachment-through-groups"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-2",
	Fix: rule.Fix{
		Bulwark: "no component makes users: people come by IAM Identity Center, services by identity.NewTaskRole, pipelines by identity.NewDeployRole",
		Plain:   "iam.GroupPolicyAttachment or iam.RolePolicyAttachment in place of iam.UserPolicyAttachment",
	},
	Types: []string{userPolicy, userPolicyAttachment, policyAttachment, userAttachments},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Is(policyAttachment) {
			f.WantUnset(r.Get("users"), "policies belong to groups and roles")
			return
		}
		if r.Is(userAttachments) {
			f.WantUnset(r.Get("policyArns"), "policies belong to groups and roles")
			return
		}
		f.Fail(r, "gives a policy to a single user: expected one of a group or role")
	},
	Good: []rule.Example{{YAML: `
it:
  type: aws:iam/policyAttachment:PolicyAttachment
  properties: {name: it, policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess", roles: [audit], groups: [auditors]}
`}},
	Bad: []rule.Example{{Name: "inline", YAML: `
it:
  type: aws:iam/userPolicy:UserPolicy
  properties:
    user: jane
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio/uploads/*"}
`}, {Name: "attached", YAML: `
it:
  type: aws:iam/userPolicyAttachment:UserPolicyAttachment
  properties: {user: jane, policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess"}
`}, {Name: "attached with others", YAML: `
it:
  type: aws:iam/policyAttachment:PolicyAttachment
  properties: {policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess", users: [jane], groups: [auditors]}
`}},
}
