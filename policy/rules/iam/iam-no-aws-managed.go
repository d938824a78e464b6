package iam

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var iamNoAwsManaged = rule.Rule{
	ID:         "iam-no-aws-managed",
	Title:      "AWS managed policies are allow-listed",
	Why:        "AWS writes these policies for everybody and widens them when a service grows: most allow their actions on every resource of the account.",
	Severity:   rule.Low,
	References: rule.References{CDKNag: []string{"AwsSolutions-IAM4"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html#aws-managed-policies",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   "iam.NewRolePolicy with the actions and ARNs that are needed",
	},
	Types: attachments,
	Params: []rule.Param{{
		Name: "allowed", Description: "Names of AWS managed policies that may be attached, without their paths.",
		Default: []string{
			"AmazonECSTaskExecutionRolePolicy", "AmazonRDSEnhancedMonitoringRole", "AmazonSSMManagedInstanceCore", "AWSBackupServiceRolePolicyForBackup",
			"AWSBackupServiceRolePolicyForRestores", "AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore", "AWSLambdaBasicExecutionRole",
			"AWSLambdaVPCAccessExecutionRole", "AWSSupportAccess", "AWSXRayDaemonWriteAccess", "AWS_ConfigRole", "CloudWatchAgentServerPolicy", "SecurityAudit", "ViewOnlyAccess",
		},
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		eachAttached(r, f, func(arn rule.Value) {
			if name := ofAWS(arn); name != "" && !slices.Contains(f.Texts("allowed"), name) {
				f.Fail(arn, "%s: expected a policy of one's own, or one of those that are allowed", arn)
			}
		})
	},
	Good: []rule.Example{{Name: "for the agent that starts tasks", YAML: `
it:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: exec, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"}
`}, {Name: "one's own", YAML: `
it:
  type: aws:iam/role:Role
  properties: {managedPolicyArns: ["arn:aws:iam::111122223333:policy/api"]}
`}, {Name: "allowed in the configuration", Params: map[string]any{"allowed": []any{"ReadOnlyAccess"}}, YAML: `
it:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: it, policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess"}
`}},
	Bad: []rule.Example{{Name: "everything of S3", YAML: `
it:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: api, policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess"}
`}, {Name: "in the role itself", YAML: `
it:
  type: aws:iam/role:Role
  properties: {managedPolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"]}
`}},
}
