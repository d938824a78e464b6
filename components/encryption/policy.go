package encryption

import (
	"slices"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// What administrators may do. No kms:CreateGrant, which would let them hand out use of the key.
// Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
var (
	readActions = []string{
		"kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies",
		"kms:ListKeyRotations", "kms:ListResourceTags",
	}
	changeActions = []string{
		"kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DisableKey", "kms:DisableKeyRotation",
		"kms:EnableKey", "kms:EnableKeyRotation", "kms:PutKeyPolicy", "kms:RevokeGrant", "kms:RotateKeyOnDemand",
		"kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
	}
	// dataActions are what a symmetric key is used for.
	dataActions = []string{
		"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
		"kms:ReEncryptFrom", "kms:ReEncryptTo",
	}
	// useActions are those, and asking whether the key can be used.
	useActions = slices.Concat(dataActions, []string{"kms:DescribeKey"})
)

// statements are those of the key policy. Resource "*" stands for the key itself there.
func (a *KeyArgs) statements(in account.Info) []iampolicy.Statement {
	statements := a.administration(in)
	statements = append(statements, a.throughServices(in)...)
	for _, s := range []struct {
		use  Use
		make func(account.Info) []iampolicy.Statement
	}{
		{UseDirect, direct},
		{UseLogs, a.logs},
		{UseSNS, alarms},
		{UseCloudTrail, a.trails},
		{UseLogDelivery, a.logDelivery},
		{UseFargateStorage, a.fargateStorage},
	} {
		if slices.Contains(a.Uses, s.use) {
			statements = append(statements, s.make(in)...)
		}
	}
	for i := range statements {
		statements[i].Effect, statements[i].Resources = iampolicy.Allow, []string{"*"}
	}
	return statements
}

// administration leaves the key to the account's IAM policies, or to the administrators only. It includes the policy
// itself, so that the key cannot become unmanageable.
func (a *KeyArgs) administration(in account.Info) []iampolicy.Statement {
	root, all := iampolicy.Principals{AWS: []string{in.Root()}}, slices.Concat(readActions, changeActions)
	if len(a.Administrators) == 0 {
		return []iampolicy.Statement{{Sid: "AdministrationByIAM", Principals: root, Actions: all}}
	}
	return []iampolicy.Statement{
		{Sid: "ReadingByIAM", Principals: root, Actions: readActions},
		{Sid: "Administrators", Principals: iampolicy.Principals{AWS: a.Administrators}, Actions: all},
	}
}

// throughServices lets identities of the account use the key through the services of its uses, as far as their own IAM
// policies say. The principal is the account, not "*": a role without a grant gets nothing here.
func (a *KeyArgs) throughServices(in account.Info) []iampolicy.Statement {
	var services, granting []string
	for _, use := range a.Uses {
		if endpoint := use.endpoint(); endpoint != "" {
			services = append(services, in.Service(endpoint))
			if use.grants() {
				granting = append(granting, in.Service(endpoint))
			}
		}
	}
	root := iampolicy.Principals{AWS: []string{in.Root()}}
	via := func(services []string) []iampolicy.Condition {
		slices.Sort(services)
		return []iampolicy.Condition{
			{Operator: "StringEquals", Key: "kms:CallerAccount", Values: []string{in.ID}},
			{Operator: "StringEquals", Key: "kms:ViaService", Values: services},
		}
	}
	var statements []iampolicy.Statement
	if len(services) > 0 {
		statements = append(statements, iampolicy.Statement{
			Sid: "UseThroughServices", Principals: root, Actions: useActions, Conditions: via(services),
		})
	}
	if len(granting) > 0 {
		statements = append(statements, iampolicy.Statement{
			Sid: "GrantsOfServices", Principals: root, Actions: []string{"kms:CreateGrant"},
			Conditions: append(via(granting), iampolicy.Condition{
				Operator: "Bool", Key: "kms:GrantIsForAWSResource", Values: []string{"true"},
			}),
		})
	}
	return statements
}

func direct(in account.Info) []iampolicy.Statement {
	return []iampolicy.Statement{{
		Sid: "DirectUse", Principals: iampolicy.Principals{AWS: []string{in.Root()}}, Actions: useActions,
	}}
}

// logs follows https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
func (a *KeyArgs) logs(in account.Info) []iampolicy.Statement {
	groups := a.LogGroups
	if len(groups) == 0 {
		groups = []string{"*"}
	}
	arns := make([]string, len(groups))
	for i, group := range groups {
		arns[i] = in.ARN("logs", in.Region, "log-group:"+group)
	}
	return []iampolicy.Statement{{
		Sid: "CloudWatchLogs", Principals: iampolicy.Principals{Service: []string{in.Service("logs")}},
		// No kms:DescribeKey: its requests have no encryption context, so that the condition never holds for it.
		Actions:    dataActions,
		Conditions: []iampolicy.Condition{{Operator: "ArnLike", Key: "kms:EncryptionContext:aws:logs:arn", Values: arns}},
	}}
}

// alarms follows https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html: without it an alarm that publishes to
// an encrypted topic vanishes silently.
func alarms(in account.Info) []iampolicy.Statement {
	return []iampolicy.Statement{{
		Sid: "CloudWatchAlarms", Principals: iampolicy.Principals{Service: []string{"cloudwatch.amazonaws.com"}},
		Actions: []string{"kms:Decrypt", "kms:GenerateDataKey*"},
		Conditions: []iampolicy.Condition{
			{Operator: "ArnLike", Key: "aws:SourceArn", Values: []string{in.ARN("cloudwatch", in.Region, "alarm:*")}},
			{Operator: "StringEquals", Key: "aws:SourceAccount", Values: []string{in.ID}},
		},
	}}
}

// trails follows https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
func (a *KeyArgs) trails(in account.Info) []iampolicy.Statement {
	arns := make([]string, len(a.TrailNames))
	for i, name := range a.TrailNames {
		arns[i] = in.ARN("cloudtrail", in.Region, "trail/"+name)
	}
	service := iampolicy.Principals{Service: []string{"cloudtrail.amazonaws.com"}}
	ofTrails := iampolicy.Condition{Operator: "StringEquals", Key: "aws:SourceArn", Values: arns}
	anyTrail := iampolicy.Condition{
		Operator: "StringLike", Key: "kms:EncryptionContext:aws:cloudtrail:arn",
		Values: []string{in.ARN("cloudtrail", "*", "trail/*")},
	}
	return []iampolicy.Statement{
		{
			Sid: "CloudTrailEncrypt", Principals: service, Actions: []string{"kms:GenerateDataKey*"},
			Conditions: []iampolicy.Condition{
				ofTrails,
				anyTrail,
			},
		},
		// Decrypt is for buckets with a bucket key.
		{
			Sid: "CloudTrailDescribe", Principals: service, Actions: []string{"kms:Decrypt", "kms:DescribeKey"},
			Conditions: []iampolicy.Condition{ofTrails},
		},
		{
			Sid: "CloudTrailReaders", Principals: iampolicy.Principals{AWS: []string{in.Root()}},
			Actions: []string{"kms:Decrypt", "kms:ReEncryptFrom"},
			Conditions: []iampolicy.Condition{
				{Operator: "StringEquals", Key: "kms:CallerAccount", Values: []string{in.ID}},
				anyTrail,
			},
		},
	}
}

// logDelivery follows https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
func (a *KeyArgs) logDelivery(in account.Info) []iampolicy.Statement {
	arns := []string{in.ARN("logs", in.Region, "*")}
	for _, region := range a.LogDeliveryRegions {
		if region != in.Region {
			arns = append(arns, in.ARN("logs", region, "*"))
		}
	}
	slices.Sort(arns)
	return []iampolicy.Statement{{
		Sid: "LogDelivery", Principals: iampolicy.Principals{Service: []string{"delivery.logs.amazonaws.com"}},
		Actions: []string{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"},
		Conditions: []iampolicy.Condition{
			{Operator: "ArnLike", Key: "aws:SourceArn", Values: arns},
			{Operator: "StringEquals", Key: "aws:SourceAccount", Values: []string{in.ID}},
		},
	}}
}

// fargateStorage follows
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-create-storage-key.html: Fargate makes a data key
// for each task, and lets the task's own host decrypt it by a grant. The encryption context names the cluster by its
// name, not its ARN. Whoever creates the cluster has kms:DescribeKey through IAM, as for every key of the account.
func (a *KeyArgs) fargateStorage(in account.Info) []iampolicy.Statement {
	service := iampolicy.Principals{Service: []string{"fargate.amazonaws.com"}}
	ofClusters := []iampolicy.Condition{
		{Operator: "StringEquals", Key: "kms:EncryptionContext:aws:ecs:clusterAccount", Values: []string{in.ID}},
		{Operator: "StringEquals", Key: "kms:EncryptionContext:aws:ecs:clusterName", Values: a.ClusterNames},
	}
	return []iampolicy.Statement{
		{
			Sid: "FargateStorage", Principals: service, Actions: []string{"kms:GenerateDataKeyWithoutPlaintext"},
			Conditions: ofClusters,
		},
		{
			Sid: "FargateStorageGrants", Principals: service, Actions: []string{"kms:CreateGrant"},
			Conditions: append(slices.Clone(ofClusters), iampolicy.Condition{
				Operator: "ForAllValues:StringEquals", Key: "kms:GrantOperations", Values: []string{"Decrypt"},
			}),
		},
	}
}
