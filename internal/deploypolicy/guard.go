package deploypolicy

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// dataLoss are the actions that delete what holds data or evidence.
var dataLoss = []string{
	"cloudtrail:DeleteTrail", "cloudtrail:StopLogging", "dynamodb:DeleteTable", "ecr:DeleteRepository", "kms:DisableKey",
	"kms:ScheduleKeyDeletion", "logs:DeleteLogGroup", "rds:DeleteDBCluster", "rds:DeleteDBInstance", "rds:DeleteDBInstanceAutomatedBackup",
	"route53:DeleteHostedZone", "s3:DeleteBucket", "secretsmanager:DeleteSecret",
}

// keepsData tells whether the scope forbids an action because it deletes data.
func (s Scope) keepsData(action string) bool {
	return !s.AllowDestroy && slices.Contains(dataLoss, action)
}

// trailChanges are the actions after which a trail may record less.
// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
var trailChanges = []string{"cloudtrail:DeleteTrail", "cloudtrail:PutEventSelectors", "cloudtrail:StopLogging", "cloudtrail:UpdateTrail"}

// otherStacks are the actions that hurt most on what belongs to another stack, of services whose permissions know tags.
var otherStacks = []string{
	"ec2:Delete*", "ec2:Modify*", "ec2:TerminateInstances", "ecs:Delete*", "ecs:UpdateService", "elasticloadbalancing:Delete*",
	"elasticloadbalancing:Modify*", "kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "rds:Delete*", "rds:Modify*",
	"secretsmanager:DeleteSecret", "secretsmanager:PutSecretValue",
}

// guards are the statements that deny whatever other policies of the role allow.
func (s Scope) guards() []iampolicy.Statement {
	statements := []iampolicy.Statement{
		s.ownRoles(),
		// Keys and passwords of users are what the deployment makes needless.
		{
			Sid: "NoStaticCredentials", Effect: iampolicy.Deny, Resources: []string{"*"},
			Actions: []string{"iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:CreateServiceSpecificCredential", "iam:CreateUser", "iam:UpdateAccessKey"},
		},
		{
			Sid: "OtherTrails", Effect: iampolicy.Deny, Actions: trailChanges, NotResources: s.arns("cloudtrail:trail/{name}"),
		},
		// The tag has to be there: resources without it are nobody's.
		{
			Sid: "OtherStacks", Effect: iampolicy.Deny, Actions: otherStacks, Resources: []string{"*"},
			Conditions: []iampolicy.Condition{
				{Operator: "Null", Key: "aws:ResourceTag/Environment", Values: []string{"false"}},
				{Operator: "StringNotEquals", Key: "aws:ResourceTag/Environment", Values: []string{s.Environment}},
			},
		},
	}
	if s.Boundary != "" {
		statements = append(statements,
			iampolicy.Statement{
				Sid: "KeepsBoundaries", Effect: iampolicy.Deny, Actions: []string{"iam:DeleteRolePermissionsBoundary"}, Resources: []string{"*"},
			},
			iampolicy.Statement{
				Sid: "AsksForBoundary", Effect: iampolicy.Deny, Resources: []string{"*"},
				Actions:    []string{"iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"},
				Conditions: []iampolicy.Condition{{Operator: "StringNotEquals", Key: "iam:PermissionsBoundary", Values: []string{s.Boundary}}},
			})
	}
	if !s.AllowDestroy {
		statements = append(statements, iampolicy.Statement{
			Sid: "KeepsData", Effect: iampolicy.Deny, Actions: dataLoss, Resources: []string{"*"},
		})
	}
	if len(s.Regions) > 0 {
		statements = append(statements, s.otherRegions())
	}
	return statements
}

// ownRoles keeps the deployment from changing who may do what: its own roles, their boundary, the providers that
// pipelines prove themselves with.
func (s Scope) ownRoles() iampolicy.Statement {
	statement := iampolicy.Statement{
		Sid: "OwnRoles", Effect: iampolicy.Deny, NotActions: []string{"iam:Get*", "iam:List*"}, Resources: s.arns("iam:oidc-provider/*"),
	}
	for _, name := range s.protected() {
		statement.Resources = append(statement.Resources, s.arns("iam:role/"+name)...)
	}
	if s.Boundary != "" {
		statement.Resources = append(statement.Resources, s.Boundary)
	}
	return statement
}

// otherRegions denies every service that has regions in all but the scope's.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html
func (s Scope) otherRegions() iampolicy.Statement {
	return iampolicy.Statement{
		Sid: "OtherRegions", Effect: iampolicy.Deny, Resources: []string{"*"},
		NotActions: []string{"cloudfront:*", "iam:*", "route53:*", "sts:*", "support:*"},
		Conditions: []iampolicy.Condition{{Operator: "StringNotEquals", Key: "aws:RequestedRegion", Values: s.Regions}},
	}
}
