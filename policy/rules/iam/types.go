package iam

// The type tokens that several rules share.
const (
	policy                = "aws:iam/policy:Policy"
	rolePolicy            = "aws:iam/rolePolicy:RolePolicy"
	userPolicy            = "aws:iam/userPolicy:UserPolicy"
	groupPolicy           = "aws:iam/groupPolicy:GroupPolicy"
	role                  = "aws:iam/role:Role"
	user                  = "aws:iam/user:User"
	accessKey             = "aws:iam/accessKey:AccessKey"
	rolePolicyAttachment  = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
	userPolicyAttachment  = "aws:iam/userPolicyAttachment:UserPolicyAttachment"
	groupPolicyAttachment = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment"
	roleAttachments       = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
	userAttachments       = "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive"
	groupAttachments      = "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive"
	permissionSet         = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment"
	inlinePermissions     = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
	policyAttachment      = "aws:iam/policyAttachment:PolicyAttachment"
	passwordPolicy        = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"
	analyzer              = "aws:accessanalyzer/analyzer:Analyzer"
)
