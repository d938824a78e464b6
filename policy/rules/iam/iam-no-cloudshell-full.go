package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamNoCloudshellFull = rule.Rule{
	ID:         "iam-no-cloudshell-full",
	Title:      "AWSCloudShellFullAccess not attached",
	Why:        "AWSCloudShellFullAccess lets its holder upload and download files in CloudShell: a way out for data that no bucket policy and no VPC sees.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"IAM.27*"}, CIS: []string{"v3:1.22", "v5:1.21"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-27",
	Fix: rule.Fix{
		Bulwark: "no component attaches it",
		Plain:   "iam.NewPolicy with cloudshell:CreateEnvironment and the like, without PutCredentials, GetFileDownloadUrls and GetFileUploadUrls",
	},
	Types:    attachments,
	Resource: notAttached("AWSCloudShellFullAccess", "a policy without the transfer of files"),
	Good: []rule.Example{{YAML: `
it:
  type: aws:iam/groupPolicyAttachment:GroupPolicyAttachment
  properties: {group: admins, policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess"}
`}},
	Bad: []rule.Example{{Name: "group", YAML: `
it:
  type: aws:iam/groupPolicyAttachment:GroupPolicyAttachment
  properties: {group: admins, policyArn: "arn:aws:iam::aws:policy/AWSCloudShellFullAccess"}
`}, {Name: "role", YAML: `
it:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: admin, policyArn: "arn:aws:iam::aws:policy/AWSCloudShellFullAccess"}
`}, {Name: "in the role itself", YAML: `
it:
  type: aws:iam/role:Role
  properties: {managedPolicyArns: ["arn:aws:iam::aws:policy/AWSCloudShellFullAccess"]}
`}},
}
