package rule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

func TestChanges(t *testing.T) {
	for name, test := range map[string]struct {
		before  string
		path    string
		value   any
		after   string // empty for no change
		changed string
	}{
		"another value":        {`{"a": false, "b": 1}`, "a", true, `{"a": true, "b": 1}`, "a: false -> true"},
		"the same value":       {before: `{"a": true}`, path: "a", value: true},
		"an absent value":      {`{}`, "a", true, `{"a": true}`, "a: missing -> true"},
		"null":                 {`{"a": null}`, "a", 7, `{"a": 7}`, "a: missing -> 7"},
		"a secret stays one":   {`{"a": {"$secret": "old"}}`, "a", "new", `{"a": {"$secret": "new"}}`, "a: [secret] -> [secret]"},
		"in a secret":          {`{"a": {"$secret": {"b": 1, "c": 2}}}`, "a.b", 3, `{"a": {"$secret": {"b": 3, "c": 2}}}`, "a.b: [secret] -> [secret]"},
		"unknown stays so":     {before: `{"a": "$unknown"}`, path: "a", value: true},
		"below the unknown":    {before: `{"a": "$unknown"}`, path: "a.b", value: true},
		"next to the unknown":  {`{"a": "$unknown"}`, "b", true, `{"a": "$unknown", "b": true}`, "b: missing -> true"},
		"objects on the way":   {`{}`, "a.b.c", "x", `{"a": {"b": {"c": "x"}}}`, `a.b.c: missing -> "x"`},
		"in a list":            {`{"a": [{"b": 1}, {"b": 2}]}`, "a[1].b", 3, `{"a": [{"b": 1}, {"b": 3}]}`, "a[1].b: 2 -> 3"},
		"an element":           {`{"a": [1, 2]}`, "a[0]", 3, `{"a": [3, 2]}`, "a[0]: 1 -> 3"},
		"past the end":         {before: `{"a": [1]}`, path: "a[4].b", value: 3},
		"in a list of one":     {`{"a": [{"b": 1}]}`, "a.b", 3, `{"a": [{"b": 3}]}`, "a[0].b: 1 -> 3"},
		"of another type":      {before: `{"a": "text"}`, path: "a.b", value: 3},
		"a key with a dot":     {`{}`, `tags["a.b"]`, "x", `{"tags": {"a.b": "x"}}`, `tags["a.b"]: missing -> "x"`},
		"a list in its place":  {`{"a": 1}`, "a", []any{"x"}, `{"a": ["x"]}`, `a: 1 -> ["x"]`},
		"a value stands alone": {`{"a": {"b": 1}}`, "a[0].b", 2, `{"a": {"b": 2}}`, "a.b: 1 -> 2"},
	} {
		t.Run(name, func(t *testing.T) {
			r := &rule.Rule{ID: "test", Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set(test.path, test.value) }}
			before := properties(t, test.before)
			m := r.ApplyFix(&rule.Context{}, nil, rule.NewResource(rule.Raw{Properties: before}))
			require.Nil(t, m.Panic)
			assert.Equal(t, properties(t, test.before).AsMap(), before.AsMap(), "the resource itself is not touched")
			if test.after == "" {
				assert.Nil(t, m.Properties)
				assert.Empty(t, m.Changes)
				return
			}
			require.NotNil(t, m.Properties)
			want := properties(t, test.after)
			assert.Equal(t, want.AsMap(), m.Properties.AsMap())
			require.Len(t, m.Changes, 1)
			assert.Equal(t, test.changed, m.Changes[0].String())
		})
	}
}

func TestMendEndsQuietlyWhereItCannotRead(t *testing.T) {
	read := &rule.Rule{ID: "test", Remediate: func(r *rule.Resource, c *rule.Changes) {
		if !r.Get("a").Bool() {
			c.Set("a", true)
		}
	}}
	assert.Nil(t, read.ApplyFix(&rule.Context{}, nil, resource(t, `{"a": "$unknown"}`)).Properties)
	assert.Nil(t, read.ApplyFix(&rule.Context{}, nil, resource(t, `{"a": [1, 2]}`)).Properties)
	broken := &rule.Rule{ID: "test", Remediate: func(_ *rule.Resource, c *rule.Changes) {
		c.Set("b", true)
		panic("broken")
	}}
	m := broken.ApplyFix(&rule.Context{}, nil, resource(t, `{}`))
	assert.Equal(t, "broken", m.Panic)
	assert.Nil(t, m.Properties, "half a remediation is none")
}
