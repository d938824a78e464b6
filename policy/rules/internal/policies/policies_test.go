package policies_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

func TestRead(t *testing.T) {
	properties, err := structpb.NewStruct(map[string]any{
		"text":   `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}`,
		"object": map[string]any{"Statement": map[string]any{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}},
		"bad":    `{"Statement":[{"Effect":"Perhaps"}]}`,
	})
	require.NoError(t, err)
	r := &rule.Rule{ID: "test", Resource: func(r *rule.Resource, _ *rule.Findings) {
		for _, name := range []string{"text", "object"} {
			document, ok := policies.Read(r.Get(name))
			assert.True(t, ok)
			assert.True(t, document.AllowsPublic())
		}
		_, ok := policies.Read(r.Get("absent"))
		assert.False(t, ok)
		policies.Read(r.Get("bad"))
	}}
	o := r.JudgeResource(&rule.Context{}, nil, rule.NewResource(rule.Raw{Properties: properties}))
	require.Len(t, o.Findings, 1)
	assert.Contains(t, o.Findings[0].Message, "expected a policy document: ")
	assert.Contains(t, o.Findings[0].Message, "Perhaps")
}

func TestWide(t *testing.T) {
	for name, tt := range map[string]struct {
		statement       string
		wide, unbounded bool
	}{
		"everything":         {`"Action":"kms:Decrypt","Resource":"*"`, true, true},
		"all of a service":   {`"Action":"s3:GetObject","Resource":"arn:aws:s3:::*"`, true, true},
		"all but":            {`"Action":"s3:GetObject","NotResource":"arn:aws:s3:::audio"`, true, true},
		"all keys":           {`"Action":"kms:Decrypt","Resource":"arn:aws:kms:*:111122223333:key/*"`, true, false},
		"all secrets":        {`"Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:*:*:secret:*"`, true, false},
		"all objects":        {`"Action":"s3:GetObject","Resource":"arn:aws:s3:::*/*"`, true, false},
		"all users of RDS":   {`"Action":"rds-db:connect","Resource":"arn:aws:rds-db:eu-west-1:111122223333:dbuser:*/*"`, true, false},
		"one bucket":         {`"Action":"s3:GetObject","Resource":"arn:aws:s3:::audio/*"`, false, false},
		"secrets by a name":  {`"Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:*:*:secret:acme/*"`, false, false},
		"one API":            {`"Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:eu-west-1:111122223333:abcdef/*"`, false, false},
		"a queue":            {`"Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:111122223333:jobs"`, false, false},
		"with a tag":         {`"Action":"kms:Decrypt","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/app":"acme"}}`, false, false},
		"with any tag":       {`"Action":"kms:Decrypt","Resource":"*","Condition":{"StringLike":{"aws:ResourceTag/app":"*"}}`, true, true},
		"perhaps with a tag": {`"Action":"kms:Decrypt","Resource":"*","Condition":{"StringEqualsIfExists":{"aws:ResourceTag/app":"acme"}}`, true, true},
		"through a service":  {`"Action":"kms:Decrypt","Resource":"*","Condition":{"StringEquals":{"kms:ViaService":"s3.eu-west-1.amazonaws.com"}}`, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			d, problems := iampolicy.Parse(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` + tt.statement + `}]}`)
			require.NoError(t, iampolicy.Err(problems))
			assert.Equal(t, tt.wide, len(policies.Wide(d)) == 1, "wide")
			assert.Equal(t, tt.unbounded, len(policies.Unbounded(d)) == 1, "unbounded")
		})
	}
}

func TestAllowsHonoursWildcardsAndDenials(t *testing.T) {
	d, problems := iampolicy.Parse(`{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","NotAction":"iam:*","Resource":"*"},
		{"Effect":"Deny","Action":["s3:Get*"],"Resource":"*"},
		{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}}]}`)
	require.NoError(t, iampolicy.Err(problems))
	grants := policies.Wide(d)
	require.Len(t, grants, 1)
	assert.Equal(t, []string{"S3:PutObject", "sqs:SendMessage"},
		grants[0].AnyOf([]string{"iam:PassRole", "s3:GetObject", "S3:PutObject", "sqs:SendMessage"}))
}

func TestAllowsWhatTheResourceCanMean(t *testing.T) {
	d, problems := iampolicy.Parse(`{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Action":"*","Resource":["arn:aws:s3:::*","arn:aws:iam::111122223333:role/*"]}]}`)
	require.NoError(t, iampolicy.Err(problems))
	grants := policies.Wide(d)
	require.Len(t, grants, 1)
	assert.Equal(t, "Statement[0].Resource[0]", grants[0].Path)
	assert.Equal(t, []string{"iam:PassRole", "s3:GetObject", "sts:AssumeRole"},
		grants[0].AnyOf([]string{"iam:PassRole", "kms:Decrypt", "s3:GetObject", "sts:AssumeRole"}))
}
