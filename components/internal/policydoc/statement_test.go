package policydoc

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRenderIsCanonical(t *testing.T) {
	text, err := Render([]Statement{
		{
			Sid: "B", Effect: Deny, Principals: Principals{Any: true}, Actions: []string{"s3:*"}, Resources: []string{"b", "a", "a"},
			Conditions: []Condition{
				{Operator: "StringEquals", Key: "y", Values: []string{"2"}},
				{Operator: "StringEquals", Key: "x", Values: []string{"3", "1"}},
				{Operator: "Bool", Key: "z", Values: []string{"true"}},
			},
		},
		{Sid: "A", Effect: Allow, Actions: []string{"s3:PutObject", "s3:GetObject"}, Resources: []string{"*"}},
		{Effect: Allow, Principals: Principals{AWS: []string{"r"}, Service: []string{"t", "s"}}, Actions: []string{"a"}, Resources: []string{"*"}},
	})
	require.NoError(t, err)
	assert.Equal(t, `{"Version":"2012-10-17","Statement":[`+
		`{"Sid":"B","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["a","b"],"Condition":{"Bool":{"z":"true"},"StringEquals":{"x":["1","3"],"y":"2"}}},`+
		`{"Sid":"A","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"},`+
		`{"Effect":"Allow","Principal":{"AWS":"r","Service":["s","t"]},"Action":"a","Resource":"*"}]}`, text)
}
