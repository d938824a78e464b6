package iampolicy_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

func TestRenderIsCanonical(t *testing.T) {
	text, err := iampolicy.Document{Statements: []iampolicy.Statement{
		{
			Sid: "B", Effect: iampolicy.Deny, Principals: iampolicy.Principals{Any: true}, Actions: []string{"s3:*"}, Resources: []string{"b", "a", "a"},
			Conditions: []iampolicy.Condition{
				{Operator: "StringEquals", Key: "y", Values: []string{"2"}},
				{Operator: "StringEquals", Key: "x", Values: []string{"3", "1"}},
				{Operator: "Bool", Key: "z", Values: []string{"true"}},
			},
		},
		{Sid: "A", Effect: iampolicy.Allow, Actions: []string{"s3:PutObject", "s3:GetObject"}, Resources: []string{"*"}},
		{
			Effect: iampolicy.Allow, Actions: []string{"a"}, Resources: []string{"*"},
			Principals: iampolicy.Principals{AWS: []string{"r"}, Service: []string{"t", "s"}, Federated: []string{"f"}, CanonicalUser: []string{"c"}},
		},
		{Effect: iampolicy.Deny, NotPrincipals: iampolicy.Principals{AWS: []string{"r"}}, NotActions: []string{"b", "a"}, NotResources: []string{"<&>"}},
	}}.Render()
	require.NoError(t, err)
	assert.Equal(t, `{"Version":"2012-10-17","Statement":[`+
		`{"Sid":"B","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["a","b"],"Condition":{"Bool":{"z":"true"},"StringEquals":{"x":["1","3"],"y":"2"}}},`+
		`{"Sid":"A","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"},`+
		`{"Effect":"Allow","Principal":{"AWS":"r","CanonicalUser":"c","Federated":"f","Service":["s","t"]},"Action":"a","Resource":"*"},`+
		`{"Effect":"Deny","NotPrincipal":{"AWS":"r"},"NotAction":["a","b"],"NotResource":"\u003c\u0026\u003e"}]}`, text)
}

func TestRenderKeepsVersionAndId(t *testing.T) {
	d, problems := iampolicy.Parse(`{"Id":"__default_policy_ID","Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}}`)
	require.Empty(t, problems)
	text, err := json.Marshal(d)
	require.NoError(t, err)
	assert.Equal(t, `{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Effect":"Allow","Action":"sns:Publish","Resource":"*"}]}`, string(text))
}

func TestRenderRefusesWhatJSONCannotSay(t *testing.T) {
	twice := iampolicy.Condition{Operator: "StringEquals", Key: "aws:SourceAccount", Values: []string{"123456789012"}}
	for want, s := range map[string]iampolicy.Statement{
		"policy document: Statement[0]: two conditions StringEquals on aws:SourceAccount: put the values into one": {Conditions: []iampolicy.Condition{twice, twice}},
		"policy document: Statement[0]: Action and NotAction exclude each other":                                   {Actions: []string{"a"}, NotActions: []string{"b"}},
		"policy document: Statement[0]: Principal and NotPrincipal exclude each other":                             {Principals: iampolicy.Principals{Any: true}, NotPrincipals: iampolicy.Principals{Any: true}},
		"policy document: Statement[0]: Resource and NotResource exclude each other":                               {Resources: []string{"a"}, NotResources: []string{"b"}},
	} {
		_, err := iampolicy.Document{Statements: []iampolicy.Statement{s}}.Render()
		require.EqualError(t, err, want)
	}
}

func TestCanonicalSharesNothing(t *testing.T) {
	d := iampolicy.Document{Statements: []iampolicy.Statement{{
		Effect: iampolicy.Allow, Actions: []string{"s3:PutObject", "s3:GetObject"}, Resources: []string{"*"},
		Conditions: []iampolicy.Condition{{Operator: "StringLike", Key: "b", Values: []string{"2", "1"}}, {Operator: "StringEquals", Key: "a", Values: []string{"1"}}},
	}}}
	c := d.Canonical()
	assert.Equal(t, iampolicy.Version2012, c.Version)
	assert.Equal(t, []string{"s3:GetObject", "s3:PutObject"}, c.Statements[0].Actions)
	assert.Equal(t, "StringEquals", c.Statements[0].Conditions[0].Operator)
	assert.Equal(t, []string{"1", "2"}, c.Statements[0].Conditions[1].Values)
	assert.Equal(t, []string{"s3:PutObject", "s3:GetObject"}, d.Statements[0].Actions)
	assert.Equal(t, "StringLike", d.Statements[0].Conditions[0].Operator)
	assert.Equal(t, []string{"2", "1"}, d.Statements[0].Conditions[0].Values)
}

func TestMerge(t *testing.T) {
	one := iampolicy.Document{Statements: []iampolicy.Statement{{Sid: "A"}, {Sid: "B"}, {}}}
	other := iampolicy.Document{ID: "x", Statements: []iampolicy.Statement{{Sid: "C"}, {Sid: "A"}, {}}}
	merged, problems := iampolicy.Merge(one, other)
	var sids []string
	for _, s := range merged.Statements {
		sids = append(sids, s.Sid)
	}
	assert.Equal(t, []string{"A", "B", "", "C", "A", ""}, sids)
	assert.Equal(t, "x", merged.ID)
	require.EqualError(t, iampolicy.Err(problems), `policy document: Statement[4].Sid: "A": expected a Sid that no other statement has; fix: rename it: Statement[0] has it already`)

	_, problems = iampolicy.Merge(one, iampolicy.Document{Version: iampolicy.Version2008})
	assert.Equal(t, []string{iampolicy.RuleVersion}, problems.Rules())

	merged, problems = iampolicy.Merge()
	assert.Empty(t, problems)
	assert.Empty(t, merged.Statements)
}
