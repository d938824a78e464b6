package iampolicy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

const (
	own   = "123456789012"
	other = "210987654321"
)

// parse is a document that has no problems.
func parse(t testing.TB, text string) iampolicy.Document {
	t.Helper()
	d, problems := iampolicy.Parse(text)
	require.NoError(t, iampolicy.Err(problems))
	return d
}

// document is a document of statements.
func document(t testing.TB, statements string) iampolicy.Document {
	t.Helper()
	return parse(t, `{"Version":"2012-10-17","Statement":[`+statements+`]}`)
}

// paths are where findings are.
func paths(found []iampolicy.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.Path)
	}
	return out
}

// The examples of public and other policies are those of
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
func TestAllowsPublic(t *testing.T) {
	const read = `"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"`
	anybody := func(condition string) string { return `{` + read + `,"Principal":"*","Condition":{` + condition + `}}` }
	for name, test := range map[string]struct {
		statements string
		public     bool
	}{
		"everybody":                      {`{` + read + `,"Principal":"*"}`, true},
		"everybody by AWS":               {`{` + read + `,"Principal":{"AWS":["123456789012","*"]}}`, true},
		"users of Facebook":              {`{` + read + `,"Principal":{"Federated":"graph.facebook.com"}}`, true},
		"users of one app":               {`{` + read + `,"Principal":{"Federated":"graph.facebook.com"},"Condition":{"StringEquals":{"graph.facebook.com:app_id":"1234"}}}`, false},
		"everybody but one":              {`{` + read + `,"NotPrincipal":{"AWS":"123456789012"}}`, true},
		"an account":                     {`{` + read + `,"Principal":{"AWS":"210987654321"}}`, false},
		"a service":                      {`{` + read + `,"Principal":{"Service":"cloudtrail.amazonaws.com"}}`, false},
		"an identity's policy":           {`{` + read + `}`, false},
		"nothing but denial":             {`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}`, false},
		"any VPC":                        {anybody(`"StringLike":{"aws:SourceVpc":"vpc-*"}`), true},
		"one VPC":                        {anybody(`"StringEquals":{"aws:SourceVpc":"vpc-91237329"}`), false},
		"one VPC of two":                 {anybody(`"StringLike":{"aws:SourceVpc":["vpc-91237329","vpc-*"]}`), true},
		"one VPC endpoint":               {anybody(`"StringEquals":{"aws:sourceVPCE":"vpce-1a2b3c4d"}`), false},
		"if there is a VPC":              {anybody(`"StringEqualsIfExists":{"aws:SourceVpc":"vpc-91237329"}`), true},
		"all VPCs there are":             {anybody(`"ForAllValues:StringEquals":{"aws:SourceVpc":"vpc-91237329"}`), true},
		"another VPC":                    {anybody(`"StringNotEquals":{"aws:SourceVpc":"vpc-91237329"}`), true},
		"organization":                   {anybody(`"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}`), false},
		"every organization":             {anybody(`"StringLike":{"aws:PrincipalOrgID":"o-*"}`), true},
		"part of an organization":        {anybody(`"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-a1b2c3d4e5/r-ab12/*"}`), false},
		"the resource's organization":    {anybody(`"StringEquals":{"aws:PrincipalOrgID":"${aws:ResourceOrgID}"}`), false},
		"caller's own organization":      {anybody(`"StringEquals":{"aws:PrincipalOrgID":"${aws:PrincipalOrgID}"}`), true},
		"account of callers":             {anybody(`"StringEquals":{"aws:PrincipalAccount":["123456789012","210987654321"]}`), false},
		"roles of an account":            {anybody(`"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/*"}`), false},
		"a role of any account":          {anybody(`"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/reader"}`), true},
		"trails of an account":           {anybody(`"ArnLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:123456789012:trail/*"}`), false},
		"a bucket":                       {anybody(`"ArnLike":{"aws:SourceArn":"arn:aws:s3:::bucket"}`), false},
		"any bucket":                     {anybody(`"ArnLike":{"aws:SourceArn":"arn:aws:s3:::*"}`), true},
		"any access point":               {anybody(`"ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:*:*:accesspoint/x"}`), true},
		"access points of an account":    {anybody(`"ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:123456789012:accesspoint/*"}`), false},
		"access points by account":       {anybody(`"StringEquals":{"s3:DataAccessPointAccount":"123456789012"}`), false},
		"a network":                      {anybody(`"IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]}`), false},
		"half of the internet":           {anybody(`"IpAddress":{"aws:SourceIp":"0.0.0.0/1"}`), true},
		"a network and the internet":     {anybody(`"IpAddress":{"aws:SourceIp":["203.0.113.0/24","::/0"]}`), true},
		"private network":                {anybody(`"IpAddress":{"aws:SourceIp":"172.16.0.0/12"}`), false},
		"private address in a VPC":       {anybody(`"IpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"}`), true},
		"a user by id":                   {anybody(`"StringLike":{"aws:userid":"AROAEXAMPLEID:*"}`), false},
		"every session":                  {anybody(`"StringLike":{"aws:userid":"*:session"}`), true},
		"a user by name":                 {anybody(`"StringEquals":{"aws:username":"bob"}`), true},
		"a tag":                          {anybody(`"StringEquals":{"aws:PrincipalTag/team":"red"}`), true},
		"a referer":                      {anybody(`"StringLike":{"aws:Referer":"https://example.com/*"}`), true},
		"a service in between":           {anybody(`"StringEquals":{"kms:ViaService":"s3.eu-west-1.amazonaws.com"}`), true},
		"an account through a service":   {anybody(`"StringEquals":{"kms:ViaService":"s3.eu-west-1.amazonaws.com","kms:CallerAccount":"123456789012"}`), false},
		"mount target":                   {anybody(`"Bool":{"elasticfilesystem:AccessedViaMountTarget":"true"}`), false},
		"no mount target":                {anybody(`"Bool":{"elasticfilesystem:AccessedViaMountTarget":"false"}`), true},
		"default topic policy":           {anybody(`"StringEquals":{"AWS:SourceOwner":"123456789012"}`), false},
		"denied outside of organization": {`{` + read + `,"Principal":"*"},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}`, false},
		"denied but through services":    {`{` + read + `,"Principal":"*"},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"},"BoolIfExists":{"aws:ViaAWSService":"false"}}}`, true},
		"denied for other actions":       {`{` + read + `,"Principal":"*"},{"Effect":"Deny","Principal":"*","Action":"s3:Put*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}`, true},
		"denied for other objects":       {`{` + read + `,"Principal":"*"},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/private/*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}`, true},
		"denied for an account":          {`{` + read + `,"Principal":"*"},{"Effect":"Deny","Principal":{"AWS":"210987654321"},"Action":"*","Resource":"*"}`, true},
		"denied without TLS":             {`{` + read + `,"Principal":"*"},{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`, true},
		"denied outside of a network":    {`{` + read + `,"Principal":"*"},{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}`, false},
		"private IPv6 network":           {anybody(`"IpAddress":{"aws:SourceIp":"fd00::/8"}`), false},
		"large IPv6 network":             {anybody(`"IpAddress":{"aws:SourceIp":"2000::/16"}`), true},
		"address that is none":           {anybody(`"StringLike":{"aws:SourceIp":"203.*"}`), true},
		"account as a number":            {anybody(`"NumericEquals":{"aws:PrincipalAccount":123456789012}`), true},
		"users of one app if any":        {`{` + read + `,"Principal":{"Federated":"graph.facebook.com"},"Condition":{"StringEquals":{"graph.facebook.com:name":"bob","www.amazon.com:app_id":"1"}}}`, true},
		"all actions but the denied":     {`{"Effect":"Allow","Principal":"*","NotAction":"s3:Put*","Resource":"*"},{"Effect":"Deny","Principal":"*","NotAction":"s3:PutObject","Resource":"*"}`, false},
		"all actions but too many":       {`{"Effect":"Allow","Principal":"*","NotAction":"s3:Put*","Resource":"*"},{"Effect":"Deny","Principal":"*","NotAction":"s3:*","Resource":"*"}`, true},
		"denied all but other actions":   {`{` + read + `,"Principal":"*"},{"Effect":"Deny","Principal":"*","NotAction":"s3:Put*","Resource":"*"}`, true},
		"some actions but all allowed":   {`{"Effect":"Allow","Principal":"*","NotAction":"s3:Put*","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}`, true},
		"role for everybody":             {`{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}`, true},
		"role denied outside":            {`{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}`, false},
		"role denied outside if any":     {`{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:*","Condition":{"ForAnyValue:StringNotEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}`, true},
		"denied to all but a role":       {`{` + read + `,"Principal":"*"},{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::123456789012:role/reader"},"Action":"*","Resource":"*"}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := document(t, test.statements)
			assert.Equal(t, test.public, d.AllowsPublic(), d.Public())
		})
	}
}

func TestPublicNamesNotPrincipal(t *testing.T) {
	d := document(t, `{"Effect":"Allow","NotPrincipal":{"AWS":["123456789012","210987654321"]},"NotAction":["s3:a","s3:b","s3:c","s3:d"],"Resource":"*"}`)
	require.Len(t, d.Public(), 1)
	assert.Equal(t, "Statement[0].NotPrincipal", d.Public()[0].Path)
	assert.Equal(t, "everybody but 123456789012, 210987654321 may do everything but s3:a, s3:b, s3:c, ...", d.Public()[0].Reason)
}

// AWS refuses such a principal; where it comes through all the same, it is everybody.
func TestWildcardAccountIsPublic(t *testing.T) {
	d, problems := iampolicy.Parse(statement(`"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::*:root"}`))
	assert.Equal(t, []string{iampolicy.RulePrincipal}, problems.Rules())
	assert.True(t, d.AllowsPublic())
}

func TestPublicTellsWhatAndWhy(t *testing.T) {
	d := document(t, `
		{"Sid":"Own","Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"s3:*","Resource":"*"},
		{"Sid":"Open","Effect":"Allow","Principal":{"AWS":["123456789012","*"]},"Action":["s3:GetObject","s3:ListBucket"],"Resource":"*","Condition":{"StringEquals":{"aws:UserAgent":"x"}}}`)
	assert.Equal(t, []iampolicy.Finding{{
		Statement: 1, Sid: "Open", Path: "Statement[1].Principal.AWS[1]", Value: "*", Conditional: true,
		Reason: "everybody may do s3:GetObject, s3:ListBucket, and no condition confines them to an account, organization or network",
	}}, d.Public())
}

func TestAccounts(t *testing.T) {
	d := document(t, `
		{"Effect":"Allow","Principal":{"AWS":["210987654321","arn:aws:iam::123456789012:role/a","arn:aws:sts::123456789012:assumed-role/a/s","AROAEXAMPLEID12345678"]},"Action":"*","Resource":"*"},
		{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"},"Action":"*","Resource":"*"},
		{"Effect":"Deny","Principal":{"AWS":"333333333333"},"Action":"*","Resource":"*"},
		{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"444444444444"}}}`)
	assert.Equal(t, []string{own, other, "444444444444"}, d.Accounts())
}

func TestCrossAccount(t *testing.T) {
	d := document(t, `
		{"Effect":"Allow","Principal":{"AWS":["123456789012","arn:aws:iam::210987654321:root"]},"Action":"s3:GetObject","Resource":"*"},
		{"Effect":"Allow","Principal":{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},"Action":"*","Resource":"*"},
		{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":["123456789012","210987654321"]}}},
		{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}},
		{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5","aws:PrincipalAccount":"123456789012"}}},
		{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},
		{"Effect":"Deny","Principal":{"AWS":"210987654321"},"Action":"*","Resource":"*"}`)
	found := d.CrossAccount(own)
	assert.Equal(t, []string{
		"Statement[0].Principal.AWS[1]", "Statement[1].Principal.CanonicalUser[0]",
		`Statement[2].Condition.StringEquals["aws:PrincipalAccount"][1]`, `Statement[3].Condition.StringEquals["aws:PrincipalOrgID"][0]`,
	}, paths(found))
	assert.Equal(t, "account 210987654321 may do s3:GetObject", found[0].Reason)
	assert.Equal(t, "every account of organization o-a1b2c3d4e5 may do everything", found[3].Reason)
}
