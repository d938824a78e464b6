package iampolicy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

func TestBreadth(t *testing.T) {
	d := document(t, `
		{"Effect":"Allow","Action":"*","Resource":"*"},
		{"Effect":"Allow","Action":["s3:GetObject","*:*"],"Resource":["arn:aws:s3:::b","arn:*:*:*:*:*"],"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}},
		{"Effect":"Allow","Action":["s3:*","s3:Get*"],"Resource":["arn:aws:s3:::*","arn:aws:s3:::b/*","arn:aws:dynamodb:*"]},
		{"Effect":"Allow","NotAction":["iam:*","sts:*"],"NotResource":"arn:aws:s3:::b"},
		{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},
		{"Effect":"Deny","Action":"*","NotResource":"*"},
		{"Effect":"Deny","NotAction":"s3:*","Resource":"*"}`)
	assert.Equal(t, []string{"Statement[0].Action[0]", "Statement[1].Action[1]"}, paths(d.FullAdmin()))
	assert.True(t, d.FullAdmin()[1].Conditional)
	assert.Equal(t, []string{"Statement[0].Action[0]", "Statement[1].Action[1]", "Statement[2].Action[0]"}, paths(d.ServiceWildcards()))
	assert.Equal(t, "allows every action of s3", d.ServiceWildcards()[2].Reason)
	assert.Equal(t, []string{"Statement[0].Action[0]", "Statement[1].Action[1]", "Statement[2].Action[0]", "Statement[2].Action[1]"}, paths(d.WildcardActions()))
	assert.Equal(t, []string{"Statement[0].Resource[0]", "Statement[1].Resource[1]", "Statement[2].Resource[0]", "Statement[2].Resource[2]"}, paths(d.WildcardResources()))
	assert.Equal(t, []string{"Statement[3].NotAction"}, paths(d.AllowNotAction()))
	assert.Equal(t, "allows every action but iam:*, sts:*", d.AllowNotAction()[0].Reason)
	assert.Equal(t, []string{"Statement[3].NotResource"}, paths(d.AllowNotResource()))
}

func TestAllowNotPrincipal(t *testing.T) {
	d := document(t, `
		{"Effect":"Allow","NotPrincipal":{"AWS":"123456789012"},"Action":"s3:GetObject","Resource":"*"},
		{"Effect":"Deny","NotPrincipal":{"AWS":"123456789012"},"Action":"s3:GetObject","Resource":"*"},
		{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"s3:GetObject","Resource":"*"}`)
	assert.Equal(t, []string{"Statement[0].NotPrincipal"}, paths(d.AllowNotPrincipal()))
	assert.Equal(t, "lets in everybody but 123456789012", d.AllowNotPrincipal()[0].Reason)

	d = document(t, `{"Effect":"Allow","NotPrincipal":"*","Action":"s3:GetObject","Resource":"*"}`)
	assert.Equal(t, []string{"Statement[0].NotPrincipal"}, paths(d.AllowNotPrincipal()))
	assert.False(t, d.AllowsPublic(), "everybody but everybody is nobody")
}

func TestDenyAll(t *testing.T) {
	d := document(t, `
		{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"},
		{"Effect":"Deny","Principal":{"AWS":"*"},"Action":["s3:GetObject","*"],"Resource":"*"},
		{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},
		{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"*"},
		{"Effect":"Deny","Principal":{"AWS":"123456789012"},"Action":"*","Resource":"*"}`)
	assert.Equal(t, []string{"Statement[0].Action[0]", "Statement[1].Action[1]"}, paths(d.DenyAll()))
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
func TestConfusedDeputy(t *testing.T) {
	for name, test := range map[string]struct {
		condition string
		found     bool
	}{
		"none":                      {`"Bool":{"aws:SecureTransport":"true"}`, true},
		"source ARN":                {`"ArnLike":{"AWS:SourceArn":"arn:aws:ecs:eu-west-1:123456789012:*"}`, false},
		"bucket as source":          {`"ArnEquals":{"aws:SourceArn":"arn:aws:s3:*:*:bucket"}`, false},
		"source ARN of any account": {`"ArnLike":{"aws:SourceArn":"arn:aws:ecs:*:*:*"}`, true},
		"source account":            {`"StringEquals":{"aws:SourceAccount":"123456789012"}`, false},
		"source account if any":     {`"StringEqualsIfExists":{"aws:SourceAccount":"123456789012"}`, true},
		"other accounts":            {`"StringNotEquals":{"aws:SourceAccount":"123456789012"}`, true},
		"resource's account":        {`"StringEquals":{"aws:SourceAccount":"${aws:ResourceAccount}"}`, false},
		"organization":              {`"StringEquals":{"aws:SourceOrgID":"o-a1b2c3d4e5"}`, false},
		"caller's organization":     {`"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}`, true},
		"log group of a key":        {`"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:eu-west-1:123456789012:log-group:*"}`, false},
		"any log group":             {`"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"*"}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			d := document(t, `{"Effect":"Allow","Principal":{"Service":["ecs-tasks.amazonaws.com"]},"Action":"sts:AssumeRole","Condition":{`+test.condition+`}}`)
			assert.Equal(t, test.found, len(d.ConfusedDeputy()) == 1)
		})
	}

	d := document(t, `
		{"Effect":"Allow","Principal":{"Service":["a.amazonaws.com","b.amazonaws.com"],"AWS":"123456789012"},"Action":"sts:AssumeRole"},
		{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalServiceName":"c.amazonaws.com"}}},
		{"Effect":"Deny","Principal":{"Service":"d.amazonaws.com"},"Action":"sts:AssumeRole"}`)
	assert.Equal(t, []string{
		"Statement[0].Principal.Service[0]", "Statement[0].Principal.Service[1]", `Statement[1].Condition.StringEquals["aws:PrincipalServiceName"][0]`,
	}, paths(d.ConfusedDeputy()))
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
func TestUnpinnedFederation(t *testing.T) {
	const github = `"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"}`
	for name, test := range map[string]struct {
		statement string
		found     bool
	}{
		"GitHub":                    {github, true},
		"audience only":             {github + `,"Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"}}`, true},
		"one branch":                {github + `,"Condition":{"StringEquals":{"token.actions.githubusercontent.com:sub":"repo:acme/infra:ref:refs/heads/main"}}`, false},
		"any branch":                {github + `,"Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/infra:*"}}`, false},
		"any repository":            {github + `,"Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/*"}}`, true},
		"repositories that grow":    {github + `,"Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/infra*"}}`, true},
		"a subject of another form": {github + `,"Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":"acme/infra:*"}}`, true},
		"any owner":                 {github + `,"Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":["repo:acme/infra:*","repo:*/infra:*"]}}`, true},
		"branch if there is one":    {github + `,"Condition":{"StringLikeIfExists":{"token.actions.githubusercontent.com:sub":"repo:acme/infra:*"}}`, true},
		"cluster":                   {`"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB"},"Condition":{"StringEquals":{"oidc.eks.eu-west-1.amazonaws.com/id/AB:sub":"system:serviceaccount:a:b"}}`, false},
		"cluster as a whole":        {`"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB"}`, true},
		"Google":                    {`"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"accounts.google.com"},"Condition":{"StringEquals":{"accounts.google.com:aud":"app"}}`, false},
		"SAML":                      {`"Effect":"Allow","Action":"sts:AssumeRoleWithSAML","Principal":{"Federated":"arn:aws:iam::123456789012:saml-provider/okta"},"Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}`, false},
		"SAML without audience":     {`"Effect":"Allow","Action":"sts:AssumeRoleWithSAML","Principal":{"Federated":"arn:aws:iam::123456789012:saml-provider/okta"}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			found := document(t, `{`+test.statement+`}`).UnpinnedFederation()
			assert.Equal(t, test.found, len(found) == 1, found)
		})
	}
}

// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
func TestDeniesInsecureTransport(t *testing.T) {
	const bucket = "arn:aws:s3:::b"
	deny := func(principal, action, resource, condition string) string {
		return `{"Effect":"Deny","Principal":` + principal + `,"Action":` + action + `,"Resource":` + resource + `,"Condition":{` + condition + `}}`
	}
	const insecure = `"Bool":{"aws:SecureTransport":false}`
	for name, test := range map[string]struct {
		statements string
		want       bool
	}{
		"bucket and objects":    {deny(`"*"`, `"s3:*"`, `["arn:aws:s3:::b","arn:aws:s3:::b/*"]`, insecure), true},
		"two statements":        {deny(`"*"`, `"s3:*"`, `"arn:aws:s3:::b"`, insecure) + "," + deny(`{"AWS":"*"}`, `"*"`, `"arn:aws:s3:::b/*"`, insecure), true},
		"everything":            {deny(`"*"`, `"S3:*"`, `"*"`, insecure), true},
		"pattern":               {deny(`"*"`, `"s3:*"`, `"arn:aws:s3:::b*"`, insecure), true},
		"objects only":          {deny(`"*"`, `"s3:*"`, `"arn:aws:s3:::b/*"`, insecure), false},
		"bucket only":           {deny(`"*"`, `"s3:*"`, `"arn:aws:s3:::b"`, insecure), false},
		"a prefix":              {deny(`"*"`, `"s3:*"`, `["arn:aws:s3:::b","arn:aws:s3:::b/p/*"]`, insecure), false},
		"another bucket":        {deny(`"*"`, `"s3:*"`, `["arn:aws:s3:::a","arn:aws:s3:::b/*"]`, insecure), false},
		"some actions":          {deny(`"*"`, `["s3:GetObject","s3:Put*"]`, `"*"`, insecure), false},
		"an account":            {deny(`{"AWS":"123456789012"}`, `"s3:*"`, `"*"`, insecure), false},
		"secure transport":      {deny(`"*"`, `"s3:*"`, `"*"`, `"Bool":{"aws:SecureTransport":"true"}`), false},
		"and another condition": {deny(`"*"`, `"s3:*"`, `"*"`, insecure+`,"StringEquals":{"aws:username":"bob"}`), false},
		"allowed":               {`{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := document(t, test.statements)
			assert.Equal(t, test.want, d.DeniesInsecureTransport("s3:*"))
			assert.Equal(t, test.want, d.DeniesInsecureTransport("s3:*", bucket, bucket+"/*"))
		})
	}
	topic := document(t, deny(`"*"`, `"SNS:Publish"`, `"arn:aws:sns:eu-west-1:123456789012:t"`, insecure))
	assert.True(t, topic.DeniesInsecureTransport("sns:Publish"))
	assert.True(t, topic.DeniesInsecureTransport("sns:Publish", "arn:aws:sns:eu-west-1:123456789012:t"))
	assert.False(t, topic.DeniesInsecureTransport("sns:Publish", "arn:aws:sns:eu-west-1:123456789012:other"))
	assert.False(t, topic.DeniesInsecureTransport("sns:*"))
}

func TestDeniesTLSBelow(t *testing.T) {
	d := document(t, `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Condition":{"NumericLessThan":{"s3:TlsVersion":1.2}}}`)
	assert.True(t, d.DeniesTLSBelow(1.2))
	assert.True(t, d.DeniesTLSBelow(1.1, "arn:aws:s3:::b/x"))
	assert.False(t, d.DeniesTLSBelow(1.3))
	assert.False(t, d.DeniesInsecureTransport("s3:*"))
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func TestVacuousConditions(t *testing.T) {
	d := document(t, `
		{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":"owner"}}},
		{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":"owner"},"Null":{"aws:tagkeys":"false"}}},
		{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*","Condition":{"StringLikeIfExists":{"ec2:InstanceType":"t3.*"}}},
		{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*","Condition":{"StringNotLike":{"ec2:InstanceType":"p4.*"}}},
		{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*","Condition":{"StringLike":{"ec2:InstanceType":"t3.*"},"Null":{"ec2:Tenancy":"true"}}},
		{"Effect":"Deny","Action":"ec2:RunInstances","Resource":"*","Condition":{"StringNotLike":{"ec2:InstanceType":"t3.*"}}}`)
	found := d.VacuousConditions()
	assert.Equal(t, []string{
		"Statement[0].Condition.ForAllValues:StringEquals", "Statement[2].Condition.StringLikeIfExists", "Statement[3].Condition.StringNotLike",
	}, paths(found))
	assert.Equal(t, "a request without aws:TagKeys is allowed too: ForAllValues holds if there is no value", found[0].Reason)
}

func TestOperators(t *testing.T) {
	for text, test := range map[string]struct {
		want        iampolicy.Operator
		negated     bool
		withoutKey  bool
		nonsensical bool
	}{
		"StringEquals":                       {want: iampolicy.Operator{Base: "StringEquals"}},
		"StringNotEqualsIgnoreCase":          {want: iampolicy.Operator{Base: "StringNotEqualsIgnoreCase"}, negated: true, withoutKey: true},
		"ArnLikeIfExists":                    {want: iampolicy.Operator{Base: "ArnLike", IfExists: true}, withoutKey: true},
		"ForAllValues:StringLike":            {want: iampolicy.Operator{Quantifier: iampolicy.ForAllValues, Base: "StringLike"}, withoutKey: true},
		"ForAnyValue:StringNotEquals":        {want: iampolicy.Operator{Quantifier: iampolicy.ForAnyValue, Base: "StringNotEquals"}, negated: true},
		"ForAnyValue:StringNotLikeIfExists":  {want: iampolicy.Operator{Quantifier: iampolicy.ForAnyValue, Base: "StringNotLike", IfExists: true}, negated: true, withoutKey: true},
		"Null":                               {want: iampolicy.Operator{Base: "Null"}},
		"NullIfExists":                       {nonsensical: true},
		"stringEquals":                       {nonsensical: true},
		"ForSomeValues:StringEquals":         {nonsensical: true},
		"ForAllValues:ForAnyValue:ArnEquals": {nonsensical: true},
		"":                                   {nonsensical: true},
	} {
		o, ok := iampolicy.ParseOperator(text)
		assert.Equal(t, !test.nonsensical, ok, text)
		assert.Equal(t, test.want, o, text)
		if ok {
			assert.Equal(t, text, o.String())
			assert.Equal(t, test.negated, o.Negated(), text)
			assert.Equal(t, test.withoutKey, o.HoldsWithoutKey(), text)
		}
	}
}

func TestVariables(t *testing.T) {
	d := document(t, `{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::b/${aws:username}/${aws:PrincipalTag/team, 'no one'}/${*}"],"Condition":{"StringLike":{"s3:prefix":["x","${aws:userid}"]}}}`)
	assert.Equal(t, []iampolicy.Variable{
		{Path: "Statement[0].Resource[0]", Key: "aws:username"},
		{Path: "Statement[0].Resource[0]", Key: "aws:PrincipalTag/team", Default: "no one", HasDefault: true},
		{Path: `Statement[0].Condition.StringLike["s3:prefix"][1]`, Key: "aws:userid"},
	}, d.Variables())
	d.Version = iampolicy.Version2008
	assert.Empty(t, d.Variables())
}
