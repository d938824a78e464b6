package iampolicy_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

func TestCheck(t *testing.T) {
	for name, test := range map[string]struct {
		kind iampolicy.Kind
		text string
		// want is the rule and the path of each problem.
		want []string
	}{
		"identity": {
			iampolicy.RolePolicy, `{"Version":"2012-10-17","Id":"x","Statement":[
				{"Sid":"Read it","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},
				{"Sid":"A","Effect":"Allow","NotPrincipal":{"AWS":"123456789012"},"Action":"s3:GetObject"},
				{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":["*","bucket"]},
				{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/€","Condition":{"StringEquals":{"aws:PrincipalTag/日本":"é"}}}]}`,
			[]string{
				"policy-element Id", "policy-sid Statement[0].Sid", "policy-principal Statement[0].Principal", "policy-principal Statement[1].NotPrincipal",
				"policy-resource Statement[1].Resource", "policy-resource Statement[2].Resource[1]", "policy-sid Statement[2].Sid",
				"policy-characters Statement[3].Resource[0]", `policy-characters Statement[3].Condition.StringEquals["aws:PrincipalTag/日本"]`,
			},
		},
		"trust": {
			iampolicy.TrustPolicy, `{"Version":"2012-10-17","Statement":[
				{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*","Principal":{"Service":"ec2.amazonaws.com"}},
				{"Effect":"Allow","Action":"sts:AssumeRole","NotPrincipal":{"AWS":"123456789012"}},
				{"Effect":"Allow","Action":"sts:AssumeRole"},
				{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"},
				{"Effect":"Allow","Action":"sts:AssumeRoleWithSAML","Principal":{"Federated":"arn:aws:iam::123456789012:saml-provider/okta"}}]}`,
			[]string{
				"policy-resource Statement[0].Resource", "policy-principal Statement[1].NotPrincipal", "policy-principal Statement[2].Principal",
				"policy-principal Statement[3].Principal",
			},
		},
		"bucket": {
			iampolicy.BucketPolicy, `{"Version":"2012-10-17","Id":"x","Statement":[
				{"Sid":"Same one","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Principal":{"Federated":"graph.facebook.com"}},
				{"Sid":"Same one","Effect":"Deny","Action":"s3:GetObject","Resource":"b/*","NotPrincipal":{"AWS":"123456789012"}},
				{"Effect":"Deny","Action":"s3:GetObject"}]}`,
			[]string{
				"policy-principal Statement[0].Principal.Federated", "policy-resource Statement[1].Resource[0]",
				"policy-principal Statement[2].Principal", "policy-resource Statement[2].Resource",
			},
		},
		"topic": {
			iampolicy.TopicPolicy, `{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[
				{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":"sns:Publish","Resource":"arn:aws:sns:eu-west-1:123456789012:t"},
				{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sns:Publish","Resource":"arn:aws:sns:eu-west-1:123456789012:t"}]}`,
			[]string{"policy-sid Statement[1].Sid"},
		},
		"key": {
			iampolicy.KeyPolicy, `{"Version":"2012-10-17","Statement":{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"kms:*","Resource":"*"}}`,
			nil,
		},
		"repository": {
			iampolicy.RepositoryPolicy, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"ecr:BatchGetImage"}}`,
			nil,
		},
		"resource control": {
			iampolicy.ResourceControlPolicy, `{"Version":"2012-10-17","Statement":[
				{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"},
				{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}`,
			[]string{"policy-principal Statement[1].Principal"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := parse(t, test.text)
			var got []string
			for _, p := range d.Check(test.kind) {
				got = append(got, strings.TrimSpace(p.Rule+" "+string(p.Path)))
			}
			assert.Equal(t, test.want, got)
			_, all := iampolicy.ParseAs(test.kind, test.text)
			assert.Len(t, all, len(test.want))
		})
	}
}

// Each kind has a limit with its source, or says that AWS documents none.
func TestLimits(t *testing.T) {
	for _, kind := range iampolicy.Kinds() {
		limit := kind.Limit()
		assert.True(t, strings.HasPrefix(limit.Source, "https://docs.aws.amazon.com/"), kind)
		if limit.Max == 0 {
			assert.Empty(t, kind.CheckSize(strings.Repeat("x", 1<<20)))
			continue
		}
		assert.Empty(t, kind.CheckSize(strings.Repeat("x", limit.Max)), kind)
		assert.Equal(t, []string{iampolicy.RuleSize}, kind.CheckSize(strings.Repeat("x", limit.Max+1)).Rules(), kind)
		// Whitespace counts, unless IAM leaves it out.
		assert.Equal(t, limit.Compact, len(kind.CheckSize(strings.Repeat(" ", limit.Max+1))) == 0, kind)
		// So does every byte of a character, where bytes are counted.
		assert.Equal(t, !limit.Bytes, len(kind.CheckSize(strings.Repeat("é", limit.Max/2+1))) == 0, kind)
	}
}

func TestParseAsIsBounded(t *testing.T) {
	_, problems := iampolicy.ParseAs(iampolicy.RolePolicy, `{"Statement":[`+strings.Repeat(`{"Effect":"Deny","Principal":"*","Action":"*"},`, 80)+`{"Effect":"Deny","Action":"*","Resource":"*"}]}`)
	require.Len(t, problems, 101)
	assert.Equal(t, "60 more problems", problems[100].Value)
}

func TestSizeProblem(t *testing.T) {
	problems := iampolicy.UserPolicy.CheckSize(`"` + strings.Repeat("x", 2047) + `"`)
	require.EqualError(t, iampolicy.Err(problems), "policy document: 2049 characters, whitespace not counted: expected at most 2048 in a user policy (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html); fix: name fewer resources one by one, or make two policies")
	problems = iampolicy.RepositoryPolicy.CheckSize(`"` + strings.Repeat("x", 10000) + `"` + strings.Repeat("\n", 500))
	require.ErrorContains(t, iampolicy.Err(problems), "fix: write it without whitespace")
}

func TestSize(t *testing.T) {
	for text, want := range map[string]int{
		"":                        0,
		" { \"a b\" :\t[1,\n2] }": 13,
		`"\" x"`:                  6,
		`"é"`:                     3,
		`"\`:                      2,
	} {
		assert.Equal(t, want, iampolicy.Size(text), text)
	}
}
