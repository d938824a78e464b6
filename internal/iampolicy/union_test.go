package iampolicy

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

func allow(sid string, actions, resources []string, conditions ...Condition) Statement {
	return Statement{Sid: sid, Effect: Allow, Actions: actions, Resources: resources, Conditions: conditions}
}

func TestUnion(t *testing.T) {
	prefix := func(values ...string) Condition {
		return Condition{Operator: "StringLike", Key: "s3:prefix", Values: values}
	}
	all := func(values ...string) Condition {
		return Condition{Operator: "ForAllValues:StringEquals", Key: "aws:TagKeys", Values: values}
	}
	for name, c := range map[string]struct{ give, want []Statement }{
		"resources": {
			[]Statement{allow("Read", []string{"s3:GetObject"}, []string{"b"}), allow("Read", []string{"s3:GetObject"}, []string{"a"})},
			[]Statement{allow("Read", []string{"s3:GetObject"}, []string{"a", "b"})},
		},
		"actions": {
			[]Statement{allow("Use", []string{"s3:PutObject"}, []string{"a"}), allow("Use", []string{"s3:GetObject"}, []string{"a"})},
			[]Statement{allow("Use", []string{"s3:GetObject", "s3:PutObject"}, []string{"a"})},
		},
		"not both": {
			[]Statement{allow("Use", []string{"s3:PutObject"}, []string{"a"}), allow("Use", []string{"s3:GetObject"}, []string{"b"})},
			[]Statement{allow("Use", []string{"s3:GetObject"}, []string{"b"}), allow("Use2", []string{"s3:PutObject"}, []string{"a"})},
		},
		"values of a condition": {
			[]Statement{allow("List", []string{"s3:ListBucket"}, []string{"a"}, prefix("x")), allow("List", []string{"s3:ListBucket"}, []string{"a"}, prefix("y"))},
			[]Statement{allow("List", []string{"s3:ListBucket"}, []string{"a"}, prefix("x", "y"))},
		},
		"no values of which all have to match": {
			[]Statement{allow("Tag", []string{"sqs:TagQueue"}, []string{"a"}, all("x")), allow("Tag", []string{"sqs:TagQueue"}, []string{"a"}, all("y"))},
			[]Statement{allow("Tag", []string{"sqs:TagQueue"}, []string{"a"}, all("x")), allow("Tag2", []string{"sqs:TagQueue"}, []string{"a"}, all("y"))},
		},
		"no conditions away": {
			[]Statement{allow("List", []string{"s3:ListBucket"}, []string{"b"}, prefix("x")), allow("List", []string{"s3:ListBucket"}, []string{"a"})},
			[]Statement{allow("List", []string{"s3:ListBucket"}, []string{"a"}), allow("List2", []string{"s3:ListBucket"}, []string{"b"}, prefix("x"))},
		},
		"what is covered": {
			[]Statement{allow("Read", []string{"s3:GetObject"}, []string{"a"}), allow("ReadWrite", []string{"s3:PutObject", "s3:GetObject"}, []string{"a", "b"})},
			[]Statement{allow("ReadWrite", []string{"s3:GetObject", "s3:PutObject"}, []string{"a", "b"})},
		},
		"one of two that say the same": {
			[]Statement{allow("B", []string{"s3:GetObject"}, []string{"a"}), allow("A", []string{"s3:GetObject"}, []string{"a"})},
			[]Statement{allow("A", []string{"s3:GetObject"}, []string{"a"})},
		},
		"effects apart": {
			[]Statement{allow("A", []string{"s3:GetObject"}, []string{"a"}), {Sid: "A", Effect: Deny, Actions: []string{"s3:GetObject"}, Resources: []string{"b"}}},
			[]Statement{allow("A", []string{"s3:GetObject"}, []string{"a"}), {Sid: "A2", Effect: Deny, Actions: []string{"s3:GetObject"}, Resources: []string{"b"}}},
		},
		"a number that is taken": {
			[]Statement{allow("A", []string{"s3:X"}, []string{"a"}), allow("A2", []string{"s3:Z"}, []string{"c"}), allow("A", []string{"s3:Y"}, []string{"b"})},
			[]Statement{allow("A", []string{"s3:X"}, []string{"a"}), allow("A3", []string{"s3:Y"}, []string{"b"}), allow("A2", []string{"s3:Z"}, []string{"c"})},
		},
	} {
		got := Union(c.give...)
		assert.Equal(t, c.want, got, name)
		slices.Reverse(c.give)
		assert.Equal(t, got, Union(c.give...), "%s: the order changes nothing", name)
	}
}

// A union decides on every request as the statements that it was made of.
func TestUnionChangesNoDecision(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(from []string) []string {
		list := []string{from[random.IntN(len(from))]}
		if random.IntN(2) == 0 {
			list = append(list, from[random.IntN(len(from))])
		}
		return list
	}
	var (
		actions   = []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}
		resources = []string{"arn:aws:s3:::a/x", "arn:aws:s3:::a/y", "arn:aws:s3:::a/*"}
		values    = []string{"1", "2"}
		operators = []string{"StringEquals", "StringLike", "StringNotEquals", "ForAllValues:StringEquals", "StringEqualsIfExists"}
	)
	caller := Caller{Kind: CallerRole, ARN: "arn:aws:iam::123456789012:role/r"}
	for range 400 {
		var give []Statement
		for range 1 + random.IntN(5) {
			s := allow([]string{"A", "B", ""}[random.IntN(3)], pick(actions), pick(resources))
			if random.IntN(4) == 0 {
				s.Effect = Deny
			}
			if random.IntN(2) == 0 {
				s.Conditions = []Condition{{Operator: operators[random.IntN(len(operators))], Key: "aws:RequestTag/k", Values: pick(values)}}
			}
			give = append(give, s)
		}
		union := Union(give...)
		assert.LessOrEqual(t, len(union), len(give))
		assert.Empty(t, Document{Statements: union}.duplicateSids())
		shuffled := slices.Clone(give)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		assert.Equal(t, union, Union(shuffled...))
		for _, action := range actions {
			for _, resource := range []string{"arn:aws:s3:::a/x", "arn:aws:s3:::a/y", "arn:aws:s3:::a/z"} {
				for _, context := range []Context{nil, {"aws:RequestTag/k": {"1"}}, {"aws:RequestTag/k": {"2"}}, {"aws:RequestTag/k": {"3"}}} {
					r := Request{Caller: caller, Action: action, Resource: resource, Context: context}
					before := Evaluate(r, Policies{Identity: []Document{{Statements: give}}})
					after := Evaluate(r, Policies{Identity: []Document{{Statements: union}}})
					if !assert.Equal(t, before.Decision, after.Decision, "%v: %v became %v", r, give, union) {
						return
					}
				}
			}
		}
	}
}
