package iam

import (
	"slices"
	"strings"
	"sync"

	"github.com/bulwark-iac/bulwark/internal/iamref"
)

// Access levels and resource types are AWS's own, from internal/iamref. What AWS does not say, the lists here choose; a
// test holds them against the reference.

// credentialActions return credentials, or make some, by the descriptions in the Service Authorization Reference.
// ecr:GetAuthorizationToken is none of them: it knows no narrower resource, and everybody who pulls an image needs it.
var credentialActions = []string{
	"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoot", "sts:GetFederationToken",
	"secretsmanager:GetSecretValue", "iam:CreateAccessKey", "iam:UpdateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile",
	"iam:CreateServiceSpecificCredential", "iam:ResetServiceSpecificCredential", "rds-db:connect", "elasticache:Connect",
	"redshift:GetClusterCredentials", "redshift:GetClusterCredentialsWithIAM", "redshift-serverless:GetCredentials",
	"cognito-identity:GetOpenIdTokenForDeveloperIdentity", "codeartifact:GetAuthorizationToken", "ec2:GetPasswordData",
	"ec2-instance-connect:SendSSHPublicKey", "events:RetrieveConnectionCredentials", "lightsail:CreateBucketAccessKey",
	"lightsail:GetInstanceAccessDetails", "lightsail:GetRelationalDatabaseMasterUserPassword", "codepipeline:PollForJobs",
	"elasticmapreduce:GetClusterSessionCredentials",
}

// dataActions return what is stored, or have it exported, by the same descriptions.
var dataActions = []string{
	"s3:GetObject", "s3:GetObjectVersion", "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath",
	"ssm:GetParameterHistory", "secretsmanager:GetSecretValue", "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query",
	"dynamodb:Scan", "dynamodb:ExportTableToPointInTime", "sqs:ReceiveMessage", "kinesis:GetRecords", "ebs:GetSnapshotBlock",
	"rds:DownloadCompleteDBLogFile", "rds:StartExportTask",
}

// givingActions let somebody have more, although AWS's level for them is Write: they share images and snapshots with other
// accounts, and put a user into a group, or give one a way to sign in.
var givingActions = []string{
	"ec2:ModifyImageAttribute", "rds:ModifyDBSnapshotAttribute", "rds:ModifyDBClusterSnapshotAttribute",
	"iam:AddUserToGroup", "iam:CreateAccessKey", "iam:CreateLoginProfile",
}

// permissionActions are the actions among those of a grant that change who may do what, and that can be kept to a
// resource.
func permissionActions(patterns []string) []string {
	var found []string
	for _, pattern := range patterns {
		if strings.Trim(pattern, "*") == "" {
			return allPermissionActions()
		}
		found = append(found, changingPermissions(pattern)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

var allPermissionActions = sync.OnceValue(func() []string { return changingPermissions("*") })

func changingPermissions(pattern string) []string {
	var found []string
	for _, a := range iamref.Match(pattern) {
		if len(a.Types) > 0 && (a.Level == iamref.Permissions || a.Level == iamref.Write && slices.Contains(givingActions, a.String())) {
			found = append(found, a.String())
		}
	}
	return found
}

// confinable tells whether a policy can keep an action to named resources, and has reason to.
//
// Two kinds are left out. Metrics have no ARN: AWS allows publishing them on "*", narrowed by cloudwatch:namespace, and the
// dataset that the action can name is for those who have one. And what EC2 describes is the whole account's: of its nearly
// 200 Describe actions less than a tenth know a resource.
//
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
func confinable(a iamref.Action) bool {
	if a.Service == "ec2" && strings.HasPrefix(a.Name, "Describe") {
		return false
	}
	return slices.ContainsFunc(a.Types, func(t *iamref.ResourceType) bool {
		return a.Service != "cloudwatch" || t.Name != "dataset"
	})
}

// writes tells whether an action changes something.
func writes(a iamref.Action) bool { return a.Level != iamref.List && a.Level != iamref.Read }

// everyAction is a judgement that takes all actions.
func everyAction(iamref.Action) bool { return true }
