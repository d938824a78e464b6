package iampolicy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// holds decides on a request that an identity policy allows on a condition alone.
func holds(t *testing.T, condition string, context iampolicy.Context, unknown ...string) iampolicy.Decision {
	t.Helper()
	caller, ok := iampolicy.CallerOf("arn:aws:iam::123456789012:user/bob")
	require.True(t, ok)
	d := document(t, `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{`+condition+`}}`)
	return iampolicy.Evaluate(iampolicy.Request{
		Caller: caller, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k", Context: context, Unknown: unknown,
	}, iampolicy.Policies{Identity: []iampolicy.Document{d}}).Decision
}

// Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func TestConditionOperators(t *testing.T) {
	context := iampolicy.Context{
		"a:text": {"Blue"}, "a:star": {"a*b"}, "a:number": {"10"}, "a:date": {"2026-01-31T12:00:00Z"}, "a:epoch": {"1769860800"}, "a:bool": {"true"},
		"a:bytes": {"QmluYXJ5"}, "a:ip": {"203.0.113.7"}, "a:ip6": {"2001:db8::7"}, "a:arn": {"arn:aws:sns:eu-west-1:123456789012:topic/x"},
		"a:long": {"arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"},
		"a:set":  {"red", "blue"}, "a:one": {"red"}, "a:none": {},
	}
	for condition, want := range map[string]bool{
		`"StringEquals":{"a:text":"Blue"}`:               true,
		`"StringEquals":{"A:TEXT":"Blue"}`:               true,
		`"StringEquals":{"a:text":"blue"}`:               false,
		`"StringEquals":{"a:text":["Red","Blue"]}`:       true,
		`"StringEquals":{"a:text":"Bl*"}`:                false,
		`"StringEquals":{"a:star":"a*b"}`:                true,
		`"StringEquals":{"a:missing":"x"}`:               false,
		`"StringEquals":{"a:none":"x"}`:                  false,
		`"StringNotEquals":{"a:text":"Red"}`:             true,
		`"StringNotEquals":{"a:text":["Red","Blue"]}`:    false,
		`"StringNotEquals":{"a:missing":"x"}`:            true,
		`"StringEqualsIgnoreCase":{"a:text":"bLUE"}`:     true,
		`"StringEqualsIgnoreCase":{"a:text":"blu?"}`:     false,
		`"StringNotEqualsIgnoreCase":{"a:text":"bLUE"}`:  false,
		`"StringNotEqualsIgnoreCase":{"a:text":"green"}`: true,
		`"StringLike":{"a:text":"B?u*"}`:                 true,
		`"StringLike":{"a:text":"b*"}`:                   false,
		`"StringLike":{"a:star":"a${*}b"}`:               true,
		`"StringLike":{"a:text":"B${*}e"}`:               false,
		`"StringNotLike":{"a:text":"B*"}`:                false,
		`"StringNotLike":{"a:text":"R*"}`:                true,

		`"NumericEquals":{"a:number":"10.0"}`:           true,
		`"NumericEquals":{"a:number":[9,10]}`:           true,
		`"NumericNotEquals":{"a:number":10}`:            false,
		`"NumericNotEquals":{"a:number":11}`:            true,
		`"NumericLessThan":{"a:number":10}`:             false,
		`"NumericLessThan":{"a:number":10.5}`:           true,
		`"NumericLessThanEquals":{"a:number":10}`:       true,
		`"NumericGreaterThan":{"a:number":9}`:           true,
		`"NumericGreaterThan":{"a:number":"1e1"}`:       false,
		`"NumericGreaterThanEquals":{"a:number":10}`:    true,
		`"NumericLessThan":{"a:missing":10}`:            false,
		`"NumericLessThan":{"a:text":10}`:               false,
		`"NumericLessThanIfExists":{"a:missing":10}`:    true,
		`"NumericLessThanIfExists":{"a:number":10}`:     false,
		`"ForAllValues:NumericLessThan":{"a:number":5}`: false,

		`"DateEquals":{"a:date":"2026-01-31T13:00:00+01:00"}`: true,
		`"DateEquals":{"a:date":"1769860800"}`:                true,
		`"DateEquals":{"a:epoch":"2026-01-31T12:00:00Z"}`:     true,
		`"DateNotEquals":{"a:date":"2026-01-31"}`:             true,
		`"DateLessThan":{"a:date":"2026-02"}`:                 true,
		`"DateLessThanEquals":{"a:date":"2026-01-31"}`:        false,
		`"DateGreaterThan":{"a:date":"2026"}`:                 true,
		`"DateGreaterThanEquals":{"a:date":"2026-01-31"}`:     true,
		`"DateGreaterThan":{"a:date":"2027"}`:                 false,

		`"Bool":{"a:bool":"true"}`:              true,
		`"Bool":{"a:bool":"TRUE"}`:              true,
		`"Bool":{"a:bool":false}`:               false,
		`"Bool":{"a:missing":"false"}`:          false,
		`"BoolIfExists":{"a:missing":"false"}`:  true,
		`"Bool":{"a:text":"true"}`:              false,
		`"BinaryEquals":{"a:bytes":"QmluYXJ5"}`: true,
		`"BinaryEquals":{"a:bytes":"QmluYXJ6"}`: false,

		`"IpAddress":{"a:ip":"203.0.113.0/24"}`:                  true,
		`"IpAddress":{"a:ip":["10.0.0.0/8","203.0.113.7"]}`:      true,
		`"IpAddress":{"a:ip":"203.0.113.8"}`:                     false,
		`"IpAddress":{"a:ip6":"2001:DB8::/32"}`:                  true,
		`"IpAddress":{"a:ip6":"0.0.0.0/0"}`:                      false,
		`"IpAddress":{"a:text":"0.0.0.0/0"}`:                     false,
		`"NotIpAddress":{"a:ip":"203.0.113.0/24"}`:               false,
		`"NotIpAddress":{"a:ip":["10.0.0.0/8","198.51.100.0"]}`:  true,
		`"NotIpAddress":{"a:missing":"203.0.113.0/24"}`:          true,
		`"IpAddress":{"a:missing":"0.0.0.0/0"}`:                  false,
		`"ForAnyValue:NotIpAddress":{"a:missing":"10.0.0.0/8"}`:  false,
		`"ForAllValues:NotIpAddress":{"a:missing":"10.0.0.0/8"}`: true,

		`"ArnEquals":{"a:arn":"arn:aws:sns:eu-west-1:123456789012:topic/x"}`:     true,
		`"ArnEquals":{"a:arn":"arn:aws:sns:*:123456789012:topic/*"}`:             true,
		`"ArnLike":{"a:arn":"arn:aws:sns:eu-west-?:*:*"}`:                        true,
		`"ArnLike":{"a:arn":"arn:aws:sns:*:topic/x"}`:                            false,
		`"ArnLike":{"a:long":"arn:aws:someservice:*:111122223333:finance/*"}`:    false,
		`"StringLike":{"a:long":"arn:aws:someservice:*:111122223333:finance/*"}`: true,
		`"ArnLike":{"a:arn":"*"}`:                                                true,
		`"StringLike":{"a:arn":"arn:aws:sns:*:topic/x"}`:                         true,
		`"ArnNotLike":{"a:arn":"arn:aws:sns:*:*:*"}`:                             false,
		`"ArnNotEquals":{"a:arn":"arn:aws:sqs:*:*:*"}`:                           true,

		`"Null":{"a:missing":"true"}`:  true,
		`"Null":{"a:missing":"false"}`: false,
		`"Null":{"a:text":"true"}`:     false,
		`"Null":{"a:text":false}`:      true,
		`"Null":{"a:none":"true"}`:     true,

		`"StringEqualsIfExists":{"a:text":"Red"}`:      false,
		`"StringEqualsIfExists":{"a:missing":"Red"}`:   true,
		`"StringNotEqualsIfExists":{"a:text":"Red"}`:   true,
		`"StringNotEqualsIfExists":{"a:missing":"x"}`:  true,
		`"StringNotEqualsIfExists":{"a:text":"Blue"}`:  false,
		`"ForAllValues:StringEquals":{"a:set":"red"}`:  false,
		`"ForAllValues:StringEquals":{"a:missing":""}`: true,
		`"ForAllValues:StringEquals":{"a:none":"x"}`:   true,

		`"ForAllValues:StringEquals":{"a:set":["red","blue","green"]}`: true,
		`"ForAllValues:StringNotEquals":{"a:set":["green"]}`:           true,
		`"ForAllValues:StringNotEquals":{"a:set":["red"]}`:             false,
		`"ForAllValues:StringLike":{"a:one":"r*"}`:                     true,
		`"ForAnyValue:StringEquals":{"a:set":["blue","green"]}`:        true,
		`"ForAnyValue:StringEquals":{"a:set":["green"]}`:               false,
		`"ForAnyValue:StringEquals":{"a:missing":"x"}`:                 false,
		`"ForAnyValue:StringNotEquals":{"a:set":["red"]}`:              true,
		`"ForAnyValue:StringNotEquals":{"a:set":["red","blue"]}`:       false,
		`"ForAnyValue:StringEqualsIfExists":{"a:missing":"x"}`:         true,
		`"StringEquals":{"a:set":"blue"}`:                              true,
		`"StringNotEquals":{"a:set":"blue"}`:                           false,

		`"StringEquals":{"a:text":"Blue","a:number":"10"}`:                     true,
		`"StringEquals":{"a:text":"Blue"},"NumericEquals":{"a:number":"11"}`:   false,
		`"StringEquals":{"aws:username":"bob","aws:PrincipalType":"User"}`:     true,
		`"StringEquals":{"aws:PrincipalAccount":"${aws:ResourceAccount}"}`:     true,
		`"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/${aws:username}"}`: true,
	} {
		t.Run(condition, func(t *testing.T) {
			decision := iampolicy.ImplicitDeny
			if want {
				decision = iampolicy.Allowed
			}
			assert.Equal(t, decision, holds(t, condition, context))
		})
	}
}

func TestUnknownKeys(t *testing.T) {
	for condition, want := range map[string]iampolicy.Decision{
		`"StringEquals":{"a:text":"x"}`:                            iampolicy.Undetermined,
		`"StringNotEqualsIfExists":{"a:text":"x"}`:                 iampolicy.Undetermined,
		`"ForAllValues:StringEquals":{"a:text":"x"}`:               iampolicy.Undetermined,
		`"Null":{"a:text":"true"}`:                                 iampolicy.Undetermined,
		`"Null":{"a:text":["true","false"]}`:                       iampolicy.Undetermined,
		`"StringEquals":{"a:known":"y"}`:                           iampolicy.Allowed,
		`"StringEquals":{"a:known":"y","a:text":"x"}`:              iampolicy.Undetermined,
		`"StringEquals":{"a:known":"z","a:text":"x"}`:              iampolicy.ImplicitDeny,
		`"StringEquals":{"a:gone":"x"}`:                            iampolicy.ImplicitDeny,
		`"StringEquals":{"a:known":"${a:text}"}`:                   iampolicy.Undetermined,
		`"StringEquals":{"a:known":"${a:text}z"}`:                  iampolicy.ImplicitDeny,
		`"StringEquals":{"a:known":["y","${a:text}"]}`:             iampolicy.Allowed,
		`"StringNotEquals":{"a:known":"${a:text}z"}`:               iampolicy.Undetermined,
		`"StringNotEquals":{"a:known":"${a:text, ''}z"}`:           iampolicy.Allowed,
		`"Bool":{"aws:PrincipalIsAWSService":"false"}`:             iampolicy.Allowed,
		`"StringEquals":{"aws:PrincipalAccount":"${a:text}"}`:      iampolicy.Undetermined,
		`"StringEquals":{"aws:PrincipalTag/team":"red"}`:           iampolicy.Undetermined,
		`"ForAnyValue:StringNotEquals":{"aws:TagKeys":["a", "b"]}`: iampolicy.Undetermined,
	} {
		assert.Equal(t, want, holds(t, condition, iampolicy.Context{"a:known": {"y"}, "a:gone": nil}, "*"), condition)
	}
	assert.Equal(t, iampolicy.ImplicitDeny, holds(t, `"StringEquals":{"a:text":"x"}`, nil, "aws:*"))
	assert.Equal(t, iampolicy.Undetermined, holds(t, `"StringEquals":{"aws:PrincipalTag/team":"x"}`, nil, "aws:principaltag/*"))
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func TestVariablesInEvaluation(t *testing.T) {
	caller, _ := iampolicy.CallerOf("arn:aws:iam::123456789012:user/path/bob")
	for name, test := range map[string]struct {
		statement string
		version   string
		resource  string
		context   iampolicy.Context
		want      iampolicy.Decision
	}{
		"home":                  {statement: `"Resource":"arn:aws:s3:::b/${aws:username}/*"`, resource: "arn:aws:s3:::b/bob/x", want: iampolicy.Allowed},
		"somebody else's":       {statement: `"Resource":"arn:aws:s3:::b/${aws:username}/*"`, resource: "arn:aws:s3:::b/eve/x", want: iampolicy.ImplicitDeny},
		"old version":           {statement: `"Resource":"arn:aws:s3:::b/${aws:username}/*"`, version: iampolicy.Version2008, resource: "arn:aws:s3:::b/bob/x", want: iampolicy.ImplicitDeny},
		"old version literally": {statement: `"Resource":"arn:aws:s3:::b/${aws:username}"`, version: iampolicy.Version2008, resource: "arn:aws:s3:::b/${aws:username}", want: iampolicy.Allowed},
		"tag":                   {statement: `"Resource":"arn:aws:s3:::b-${aws:PrincipalTag/team, 'company-wide'}"`, resource: "arn:aws:s3:::b-yellow", context: iampolicy.Context{"aws:PrincipalTag/team": {"yellow"}}, want: iampolicy.Allowed},
		"default":               {statement: `"Resource":"arn:aws:s3:::b-${aws:PrincipalTag/team, 'company-wide'}"`, resource: "arn:aws:s3:::b-company-wide", want: iampolicy.Allowed},
		"no default":            {statement: `"Resource":"arn:aws:s3:::b-${aws:PrincipalTag/team}"`, resource: "arn:aws:s3:::b-", want: iampolicy.ImplicitDeny},
		"no wildcard from tags": {statement: `"Resource":"arn:aws:s3:::b-${aws:PrincipalTag/team}"`, resource: "arn:aws:s3:::b-x", context: iampolicy.Context{"aws:PrincipalTag/team": {"*"}}, want: iampolicy.ImplicitDeny},
		"star as such":          {statement: `"Resource":"arn:aws:s3:::b/${*}"`, resource: "arn:aws:s3:::b/*", want: iampolicy.Allowed},
		"star as such only":     {statement: `"Resource":"arn:aws:s3:::b/${*}"`, resource: "arn:aws:s3:::b/x", want: iampolicy.ImplicitDeny},
		"dollar":                {statement: `"Resource":"arn:aws:s3:::b/${$}{aws:username}"`, resource: "arn:aws:s3:::b/${aws:username}", want: iampolicy.Allowed},
		"not somebody else's":   {statement: `"NotResource":"arn:aws:s3:::b/${aws:username}/*"`, resource: "arn:aws:s3:::b/eve/x", want: iampolicy.Allowed},
		"not one's own":         {statement: `"NotResource":"arn:aws:s3:::b/${aws:username}/*"`, resource: "arn:aws:s3:::b/bob/x", want: iampolicy.ImplicitDeny},
		// AWS says that it might hold the statement invalid.
		"not a missing tag": {statement: `"NotResource":"arn:aws:s3:::b-${aws:PrincipalTag/team}"`, resource: "arn:aws:s3:::b-x", want: iampolicy.Undetermined},
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := iampolicy.Parse(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*",` + test.statement + `}}`)
			d.Version = test.version
			got := iampolicy.Evaluate(iampolicy.Request{Caller: caller, Action: "s3:GetObject", Resource: test.resource, Context: test.context}, iampolicy.Policies{Identity: []iampolicy.Document{d}})
			assert.Equal(t, test.want, got.Decision, got.Reason)
		})
	}
}
