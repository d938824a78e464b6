package iampolicy_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// statement is a document with one statement.
func statement(elements string) string {
	return `{"Version":"2012-10-17","Statement":{` + elements + `}}`
}

func TestParseIsLenientInForm(t *testing.T) {
	d, problems := iampolicy.Parse(`
		{"Statement": {
			"Condition": {"NumericLessThan": {"s3:TlsVersion": 1.2}, "Bool": {"aws:SecureTransport": [false]}, "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-1/*", "o-f6/\u002a"]}},
			"Resource": "*", "Principal": {"Service": ["sns.amazonaws.com", "sqs.amazonaws.com"], "AWS": "123456789012"}, "Action": ["s3:Get*"], "Effect": "Deny", "Sid": ""
		}, "Version": "2012-10-17"}`)
	require.Empty(t, problems)
	assert.Equal(t, iampolicy.Document{Version: iampolicy.Version2012, Statements: []iampolicy.Statement{{
		Effect: iampolicy.Deny, Actions: []string{"s3:Get*"}, Resources: []string{"*"},
		Principals: iampolicy.Principals{AWS: []string{"123456789012"}, Service: []string{"sns.amazonaws.com", "sqs.amazonaws.com"}},
		Conditions: []iampolicy.Condition{
			{Operator: "NumericLessThan", Key: "s3:TlsVersion", Values: []string{"1.2"}},
			{Operator: "Bool", Key: "aws:SecureTransport", Values: []string{"false"}},
			{Operator: "ForAnyValue:StringLike", Key: "aws:PrincipalOrgPaths", Values: []string{"o-a1b2c3d4e5/r-1/*", "o-f6/*"}},
		},
	}}}, d)
}

// Without Version, AWS takes a document for one in the older language, in which variables are plain text.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
func TestParseWithoutVersion(t *testing.T) {
	d, problems := iampolicy.Parse(`{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`)
	require.Empty(t, problems)
	assert.Equal(t, iampolicy.Version2008, d.Version)
}

func TestParseReportsEveryProblem(t *testing.T) {
	_, problems := iampolicy.Parse(`{
		"Version": "2012-10-18",
		"Conditions": {},
		"Statement": [
			{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
			{"effect": "allow", "Actions": [7, "s3GetObject"], "NotAction": "s3:*", "Resource": []},
			{"Sid": 1, "Action": "*", "Resource": "arn:aws:s3:bucket", "Principal": {"aws": "arn:aws:iam::12:root", "Service": "*"}},
			"x"
		]
	}`)
	require.EqualError(t, iampolicy.Err(problems), `policy document: 16 problems:
  - Version: "2012-10-18": expected 2012-10-17, the version of the policy language; fix: write "2012-10-17"
  - Conditions: an unknown element: expected one of Version, Id, Statement; fix: remove it
  - Statement[1].effect: an unknown element: expected one of Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition; fix: did you mean "Effect"?
  - Statement[1].Effect: "allow": expected Allow or Deny, in this spelling; fix: write "Allow"
  - Statement[1].Actions: an unknown element: expected one of Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition; fix: did you mean "Action"?
  - Statement[1].Action[0]: a number: expected text
  - Statement[1].Action[1]: "s3GetObject": expected a service and an action, such as s3:GetObject
  - Statement[1].Resource: an empty list: expected at least one value: without one the statement does nothing; fix: add one, or remove the statement
  - Statement[1].Action: both Action and NotAction: expected one of the two; fix: remove one, or make two statements
  - Statement[2].Sid: a number: expected text
  - Statement[2].Resource[0]: "arn:aws:s3:bucket": expected an ARN with six parts, such as arn:aws:s3:::bucket/*; fix: add the parts that are missing; they may be empty
  - Statement[2].Principal.aws: an unknown element: expected one of AWS, Service, Federated, CanonicalUser; fix: did you mean "AWS"?
  - Statement[2].Principal.AWS[0]: "arn:aws:iam::12:root": expected an account id, or the ARN of an account, role, user or session; fix: an account id has 12 digits
  - Statement[2].Principal.Service[0]: "*": expected a service principal in lower case, without wildcards; fix: such as ecs-tasks.amazonaws.com
  - Statement[2].Effect: missing: expected Allow or Deny; fix: add it
  - Statement[3]: text: expected a statement, which is an object`)
}

func TestParseProblems(t *testing.T) {
	rule := func(rules ...string) []string { return rules }
	for name, test := range map[string]struct {
		text string
		want []string
		path string
	}{
		"empty":                     {"", rule(iampolicy.RuleJSON), ""},
		"no JSON":                   {"{", rule(iampolicy.RuleJSON), ""},
		"two documents":             {"{} {}", rule(iampolicy.RuleJSON), ""},
		"null":                      {"null", rule(iampolicy.RuleElement), ""},
		"a list":                    {"[]", rule(iampolicy.RuleElement), ""},
		"no statement":              {`{"Version":"2012-10-17"}`, rule(iampolicy.RuleElement), "Statement"},
		"empty list of statements":  {`{"Version":"2012-10-17","Statement":[]}`, rule(iampolicy.RuleElement), "Statement"},
		"statement is text":         {`{"Version":"2012-10-17","Statement":"x"}`, rule(iampolicy.RuleElement), "Statement"},
		"version is a number":       {`{"Version":2012,"Statement":{"Effect":"Deny","Action":"*"}}`, rule(iampolicy.RuleElement), "Version"},
		"id is a list":              {`{"Id":[],"Statement":{"Effect":"Deny","Action":"*"}}`, rule(iampolicy.RuleElement), "Id"},
		"two statements elements":   {`{"Statement":{"Effect":"Deny","Action":"*"},"Statement":{"Effect":"Allow","Action":"*"}}`, rule(iampolicy.RuleElement), "Statement"},
		"effect twice":              {statement(`"Effect":"Allow","Effect":"Deny","Action":"*"`), rule(iampolicy.RuleElement), "Statement[0].Effect"},
		"effect twice by case":      {statement(`"Effect":"Allow","EFFECT":"Deny","Action":"*"`), rule(iampolicy.RuleElement, iampolicy.RuleElement), "Statement[0].EFFECT"},
		"unknown effect":            {statement(`"Effect":"Permit","Action":"*"`), rule(iampolicy.RuleEffect), "Statement[0].Effect"},
		"effect in lower case":      {statement(`"Effect":"deny","Action":"*"`), rule(iampolicy.RuleEffect), "Statement[0].Effect"},
		"invalid UTF-8":             {statement(`"Effect":"Deny","Action":"*","Resource":"` + "\xff" + `"`), rule(iampolicy.RuleCharacters), ""},
		"effect is null":            {statement(`"Effect":null,"Action":"*"`), rule(iampolicy.RuleElement), "Statement[0].Effect"},
		"no action":                 {statement(`"Effect":"Deny"`), rule(iampolicy.RuleAction), "Statement[0].Action"},
		"action without service":    {statement(`"Effect":"Deny","Action":"GetObject"`), rule(iampolicy.RuleAction), "Statement[0].Action[0]"},
		"action without name":       {statement(`"Effect":"Deny","Action":"s3:"`), rule(iampolicy.RuleAction), "Statement[0].Action[0]"},
		"action with space":         {statement(`"Effect":"Deny","Action":["*"," s3:GetObject"]`), rule(iampolicy.RuleAction), "Statement[0].Action[1]"},
		"empty resource":            {statement(`"Effect":"Deny","Action":"*","Resource":""`), rule(iampolicy.RuleResource), "Statement[0].Resource[0]"},
		"principal is other text":   {statement(`"Effect":"Deny","Action":"*","Principal":"123456789012"`), rule(iampolicy.RulePrincipal), "Statement[0].Principal"},
		"principal is empty":        {statement(`"Effect":"Deny","Action":"*","Principal":{}`), rule(iampolicy.RulePrincipal), "Statement[0].Principal"},
		"principal is a list":       {statement(`"Effect":"Deny","Action":"*","Principal":["*"]`), rule(iampolicy.RuleElement), "Statement[0].Principal"},
		"unknown principal":         {statement(`"Effect":"Deny","Action":"*","Principal":{"Group":"x"}`), rule(iampolicy.RuleElement), "Statement[0].Principal.Group"},
		"wildcard in principal":     {statement(`"Effect":"Deny","Action":"*","NotPrincipal":{"AWS":"arn:aws:iam::123456789012:role/*"}`), rule(iampolicy.RulePrincipal), "Statement[0].NotPrincipal.AWS[0]"},
		"bucket as principal":       {statement(`"Effect":"Deny","Action":"*","Principal":{"AWS":"arn:aws:s3:::bucket"}`), rule(iampolicy.RulePrincipal), "Statement[0].Principal.AWS[0]"},
		"short canonical user":      {statement(`"Effect":"Deny","Action":"*","Principal":{"CanonicalUser":"79a5"}`), rule(iampolicy.RulePrincipal), "Statement[0].Principal.CanonicalUser[0]"},
		"provider without a domain": {statement(`"Effect":"Deny","Action":"*","Principal":{"Federated":"google"}`), rule(iampolicy.RulePrincipal), "Statement[0].Principal.Federated[0]"},
		"both principals":           {statement(`"Effect":"Deny","Action":"*","Principal":"*","NotPrincipal":"*"`), rule(iampolicy.RuleElement), "Statement[0].Principal"},
		"condition is a list":       {statement(`"Effect":"Deny","Action":"*","Condition":[]`), rule(iampolicy.RuleElement), "Statement[0].Condition"},
		"unknown operator":          {statement(`"Effect":"Deny","Action":"*","Condition":{"StringIs":{"aws:username":"x"}}`), rule(iampolicy.RuleCondition), "Statement[0].Condition.StringIs"},
		"operator by case":          {statement(`"Effect":"Deny","Action":"*","Condition":{"stringequals":{"aws:username":"x"}}`), rule(iampolicy.RuleCondition), "Statement[0].Condition.stringequals"},
		"null with if exists":       {statement(`"Effect":"Deny","Action":"*","Condition":{"NullIfExists":{"aws:username":"true"}}`), rule(iampolicy.RuleCondition), "Statement[0].Condition.NullIfExists"},
		"operator without keys":     {statement(`"Effect":"Deny","Action":"*","Condition":{"StringEquals":{}}`), rule(iampolicy.RuleCondition), "Statement[0].Condition.StringEquals"},
		"operator twice":            {statement(`"Effect":"Deny","Action":"*","Condition":{"Bool":{"a:b":"true"},"Bool":{"a:c":"true"}}`), rule(iampolicy.RuleCondition), "Statement[0].Condition.Bool"},
		"key without prefix":        {statement(`"Effect":"Deny","Action":"*","Condition":{"StringEquals":{"username":"x"}}`), rule(iampolicy.RuleCondition), `Statement[0].Condition.StringEquals["username"]`},
		"tag without name":          {statement(`"Effect":"Deny","Action":"*","Condition":{"StringEquals":{"aws:RequestTag":"x"}}`), rule(iampolicy.RuleCondition), `Statement[0].Condition.StringEquals["aws:RequestTag"]`},
		"key twice by case":         {statement(`"Effect":"Deny","Action":"*","Condition":{"StringEquals":{"aws:username":"x","AWS:UserName":"y"}}`), rule(iampolicy.RuleCondition), `Statement[0].Condition.StringEquals["AWS:UserName"]`},
		"value is null":             {statement(`"Effect":"Deny","Action":"*","Condition":{"StringEquals":{"aws:username":null}}`), rule(iampolicy.RuleElement), `Statement[0].Condition.StringEquals["aws:username"]`},
		"no values":                 {statement(`"Effect":"Deny","Action":"*","Condition":{"StringEquals":{"aws:username":[]}}`), rule(iampolicy.RuleCondition), `Statement[0].Condition.StringEquals["aws:username"]`},
		"list in values":            {statement(`"Effect":"Deny","Action":"*","Condition":{"StringEquals":{"aws:username":["x",["y"]]}}`), rule(iampolicy.RuleElement), `Statement[0].Condition.StringEquals["aws:username"][1]`},
		"bool":                      {statement(`"Effect":"Deny","Action":"*","Condition":{"Bool":{"aws:SecureTransport":"no"}}`), rule(iampolicy.RuleCondition), `Statement[0].Condition.Bool["aws:SecureTransport"][0]`},
		"existence":                 {statement(`"Effect":"Deny","Action":"*","Condition":{"Null":{"aws:username":"yes"}}`), rule(iampolicy.RuleCondition), `Statement[0].Condition.Null["aws:username"][0]`},
		"number":                    {statement(`"Effect":"Deny","Action":"*","Condition":{"NumericEquals":{"s3:max-keys":"ten"}}`), rule(iampolicy.RuleCondition), `Statement[0].Condition.NumericEquals["s3:max-keys"][0]`},
		"date":                      {statement(`"Effect":"Deny","Action":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"tomorrow"}}`), rule(iampolicy.RuleCondition), `Statement[0].Condition.DateLessThan["aws:CurrentTime"][0]`},
		"address":                   {statement(`"Effect":"Deny","Action":"*","Condition":{"IpAddress":{"aws:SourceIp":["10.0.0.0/33"]}}`), rule(iampolicy.RuleCondition), `Statement[0].Condition.IpAddress["aws:SourceIp"][0]`},
		"base64":                    {statement(`"Effect":"Deny","Action":"*","Condition":{"BinaryEquals":{"a:b":"%"}}`), rule(iampolicy.RuleCondition), `Statement[0].Condition.BinaryEquals["a:b"][0]`},
		"open variable":             {statement(`"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::b/${aws:username"`), rule(iampolicy.RuleVariable), "Statement[0].Resource[0]"},
		"empty variable":            {statement(`"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::b/${}"`), rule(iampolicy.RuleVariable), "Statement[0].Resource[0]"},
		"space in variable":         {statement(`"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::b/${aws:user name}"`), rule(iampolicy.RuleVariable), "Statement[0].Resource[0]"},
		"default without quotes":    {statement(`"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::b/${aws:username, x}"`), rule(iampolicy.RuleVariable), "Statement[0].Resource[0]"},
		"variable in old version":   {`{"Statement":{"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::b/${aws:username}"}}`, rule(iampolicy.RuleVariable), "Statement[0].Resource[0]"},
		"variable in a number":      {statement(`"Effect":"Deny","Action":"*","Condition":{"NumericEquals":{"a:b":"${a:c}"}}`), rule(iampolicy.RuleCondition, iampolicy.RuleVariable), `Statement[0].Condition.NumericEquals["a:b"][0]`},
		"variable in a principal":   {statement(`"Effect":"Deny","Action":"*","Principal":{"AWS":"${aws:username}"}`), rule(iampolicy.RulePrincipal, iampolicy.RuleVariable), "Statement[0].Principal.AWS[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := iampolicy.Parse(test.text)
			require.Equal(t, test.want, problems.Rules(), problems)
			assert.Equal(t, test.path, string(problems[0].Path))
			assert.NotContains(t, problems[0].String(), "\n")
		})
	}
}

func TestParseAcceptsWhatAWSAccepts(t *testing.T) {
	for name, elements := range map[string]string{
		"account id":          `"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["123456789012","arn:aws:iam::123456789012:root","arn:aws-cn:iam::123456789012:user/path/bob"]}`,
		"session":             `"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:sts::123456789012:assumed-role/reader/session"}`,
		"deleted role":        `"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"AROAEXAMPLEID12345678"}`,
		"origin access":       `"Effect":"Allow","Action":"s3:GetObject","Principal":{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE"}`,
		"identity providers":  `"Effect":"Allow","Action":"sts:AssumeRoleWithSAML","Principal":{"Federated":["cognito-identity.amazonaws.com","arn:aws:iam::123456789012:saml-provider/okta","arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/1"]}`,
		"China":               `"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com.cn"}`,
		"action wildcards":    `"Effect":"Allow","NotAction":["*","*:*","s3:Get?bject","application-autoscaling:*","execute-api:Invoke"],"NotResource":"*"`,
		"execute-api":         `"Effect":"Allow","Action":"execute-api:Invoke","Principal":"*","Resource":"execute-api:/*"`,
		"dates":               `"Effect":"Allow","Action":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":["2026","2026-01","2026-01-31","2026-01-31T12:00Z","2026-01-31T12:00:00.5+01:00","1769860800"]}}`,
		"addresses":           `"Effect":"Allow","Action":"*","Condition":{"IpAddress":{"aws:SourceIp":["203.0.113.7","203.0.113.0/24","2001:DB8::/32"]}}`,
		"special characters":  `"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::b/${*}${?}${$}","arn:aws:s3:::b/${aws:PrincipalTag/team, 'a}b'}","arn:aws:s3:::b/$x{}"]`,
		"variable as boolean": `"Effect":"Allow","Action":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"${aws:PrincipalTag/mfa}"}}`,
		"provider's keys":     `"Effect":"Allow","Action":"*","Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com","SAML:aud":"https://signin.aws.amazon.com/saml","aws:RequestTag/a:b":"c"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := iampolicy.Parse(statement(elements))
			require.NoError(t, iampolicy.Err(problems))
		})
	}
}

func TestProblemsQuoteTheBeginningOnly(t *testing.T) {
	_, problems := iampolicy.Parse(statement(`"Effect":"x` + strings.Repeat("é", 1000) + `","Action":"*"`))
	assert.Equal(t, `"x`+strings.Repeat("é", 119)+`"...`, problems[0].Value)
}

func TestSyntaxErrorTellsWhere(t *testing.T) {
	_, problems := iampolicy.Parse("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [}\n}")
	require.EqualError(t, iampolicy.Err(problems), "policy document: invalid character '}' looking for beginning of value (line 3, column 17): expected JSON; fix: correct the text there")
}

// What is wrong in one element does not hide the others from the rules that judge the document.
func TestParseUnderstandsWhatItCan(t *testing.T) {
	d, problems := iampolicy.Parse(`{"Version":"2012-10-17","Statement":[{"effect":"allow","Action":["*",1],"Resource":"*","Colour":"red"}]}`)
	assert.Len(t, problems, 4)
	assert.Len(t, d.FullAdmin(), 1)
}

func TestParseValue(t *testing.T) {
	want, problems := iampolicy.Parse(statement(`"Effect":"Deny","Principal":{"AWS":["123456789012"]},"Action":["s3:*"],"Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false},"NumericLessThan":{"s3:TlsVersion":1.2,"s3:max-keys":1000000}}`))
	require.Empty(t, problems)

	got, problems := iampolicy.ParseValue(map[string]any{
		"Version": "2012-10-17",
		"Statement": map[string]any{
			"Effect": "Deny", "Principal": map[string]any{"AWS": []string{"123456789012"}}, "Action": []any{"s3:*"}, "Resource": "*",
			"Condition": map[string]any{
				"Bool":            map[string]any{"aws:SecureTransport": false},
				"NumericLessThan": map[string]any{"s3:TlsVersion": 1.2, "s3:max-keys": 1e6},
			},
		},
	})
	require.Empty(t, problems)
	assert.Equal(t, want.Canonical(), got.Canonical())

	got, problems = iampolicy.ParseValue(`{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*"}}`)
	require.Empty(t, problems)
	assert.Len(t, got.Statements, 1)

	got, problems = iampolicy.ParseValue(map[string]any{"Statement": []any{map[string]any{
		"Effect": "Deny", "Action": "*",
		"Condition": map[string]any{"NumericEquals": map[string]any{"a:b": []any{1, int64(2), json.Number("3.0"), 0.5}}},
	}}})
	require.Empty(t, problems)
	assert.Equal(t, []string{"1", "2", "3.0", "0.5"}, got.Statements[0].Conditions[0].Values)

	_, problems = iampolicy.ParseValue(map[string]any{"Id": math.NaN(), "Statement": nil})
	assert.Equal(t, []string{iampolicy.RuleElement, iampolicy.RuleElement}, problems.Rules())

	_, problems = iampolicy.ParseValue(map[string]any{"Version": struct{}{}, "Statement": map[string]any{"Effect": "Deny", "Action": make(chan int)}})
	assert.Equal(t, []string{iampolicy.RuleElement, iampolicy.RuleElement}, problems.Rules())
}

func TestParseIsBounded(t *testing.T) {
	deep := statement(`"Effect":"Deny","Action":` + strings.Repeat("[", 1000) + `"}]\""` + strings.Repeat("]", 1000))
	_, problems := iampolicy.Parse(deep)
	assert.Equal(t, []string{iampolicy.RuleElement}, problems.Rules())

	_, problems = iampolicy.Parse(strings.Repeat("[", 256<<10))
	assert.Equal(t, []string{iampolicy.RuleJSON}, problems.Rules())

	_, problems = iampolicy.Parse(strings.Repeat("[", 1<<20))
	assert.Equal(t, []string{iampolicy.RuleSize}, problems.Rules())

	var wide strings.Builder
	for i := range 15000 {
		fmt.Fprintf(&wide, `{"Sid":%d},`, i)
	}
	d, problems := iampolicy.Parse(`{"Statement":[` + strings.TrimSuffix(wide.String(), ",") + `]}`)
	assert.Len(t, d.Statements, 15000)
	require.Len(t, problems, 101)
	assert.Equal(t, `44900 more problems`, problems[100].Value)

	loop := map[string]any{}
	loop["Statement"] = []any{loop, loop}
	_, problems = iampolicy.ParseValue(loop)
	assert.NotEmpty(t, problems)
	list := []any{nil, nil, nil, nil}
	for i := range list {
		list[i] = list
	}
	_, problems = iampolicy.ParseValue(list)
	assert.NotEmpty(t, problems)
}

func TestUnmarshalJSON(t *testing.T) {
	var d iampolicy.Document
	require.NoError(t, d.UnmarshalJSON([]byte(statement(`"Effect":"Deny","Action":"*"`))))
	assert.Len(t, d.Statements, 1)
	require.ErrorContains(t, d.UnmarshalJSON([]byte(`{}`)), "Statement: missing: expected a list of statements")
}
