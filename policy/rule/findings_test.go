package rule_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

func TestVerdicts(t *testing.T) {
	const properties = `{"on": true, "off": false, "unknown": "$unknown", "text": "x", "list": [1, "$unknown", 3]}`
	for name, test := range map[string]struct {
		rule    func(*rule.Resource, *rule.Findings)
		verdict rule.Verdict
		reason  string
		said    []string
	}{
		"nothing wrong": {rule: rule.WantTrue("on")},
		"something wrong": {
			rule: rule.WantTrue("off"), verdict: rule.Fail, said: []string{"off: false: expected true"},
		},
		"absent": {
			rule: rule.WantTrue("absent"), verdict: rule.Fail, said: []string{"absent: missing: expected true"},
		},
		"unknown": {
			rule: rule.WantTrue("unknown"), verdict: rule.NotYetKnown,
			reason: "unknown is not yet known; judged again in the update",
		},
		"a failure before the unknown counts": {
			rule: func(r *rule.Resource, f *rule.Findings) {
				f.WantTrue(r.Get("off"))
				f.WantTrue(r.Get("unknown"))
			},
			verdict: rule.Fail, said: []string{"off: false: expected true"},
		},
		"an unknown element does not hide the others": {
			rule: func(r *rule.Resource, f *rule.Findings) {
				f.Each(r.Get("list"), func(v rule.Value) { f.WantAtLeast(v, 2, "days") })
			},
			verdict: rule.Fail, said: []string{"list[0]: 1: expected at least 2 days"},
		},
		"an unknown element is not a pass": {
			rule: func(r *rule.Resource, f *rule.Findings) {
				f.Each(r.Get("list"), func(v rule.Value) { f.WantAtLeast(v, 1, "") })
			},
			verdict: rule.NotYetKnown, reason: "list[1] is not yet known; judged again in the update",
		},
		"the rule knows without the value": {
			rule: func(r *rule.Resource, f *rule.Findings) {
				if v := r.Get("unknown"); v.Known() {
					f.WantTrue(v)
				}
			},
		},
		"not applicable": {
			rule:    func(_ *rule.Resource, f *rule.Findings) { f.NotApplicable("a replica") },
			verdict: rule.NotApplicable, reason: "a replica",
		},
		"broken": {
			rule: func(r *rule.Resource, _ *rule.Findings) {
				_ = r.Get("list").List()[len(r.Type)]
			},
			verdict: rule.NotApplicable, reason: "the rule broke down",
		},
		"undeclared parameter": {
			rule:    func(_ *rule.Resource, f *rule.Findings) { f.Int("days") },
			verdict: rule.NotApplicable, reason: "the rule broke down",
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := judge(t, properties, test.rule)
			assert.Equal(t, test.verdict, o.Verdict)
			assert.Equal(t, test.said, said(o))
			assert.Equal(t, test.reason, o.Reason)
			assert.Equal(t, test.reason == "the rule broke down", o.Panic != nil)
		})
	}
}

func TestWants(t *testing.T) {
	const properties = `{"on": true, "off": false, "n": 7, "text": "x", "empty": "", "list": ["a", "b"], "none": [], "object": {"k": 1}}`
	for name, test := range map[string]struct {
		want func(*rule.Resource, *rule.Findings)
		said []string
	}{
		"not true":       {rule.WantNotTrue("on"), []string{"on: true: expected false"}},
		"not true holds": {rule.WantNotTrue("absent"), nil},
		"not false":      {rule.WantNotFalse("off"), []string{"off: false: expected true"}},
		"not false, by default": {
			rule.WantNotFalse("absent"), nil,
		},
		"set":           {rule.WantSet("empty", "a name"), []string{`empty: "": expected a name`}},
		"set, no text":  {rule.WantSet("object", "a name"), []string{`object: {...}: expected a text`}},
		"set holds":     {rule.WantSet("text", "a name"), nil},
		"one of":        {rule.WantOneOf("text", "y", "z"), []string{`text: "x": expected one of y, z`}},
		"one":           {rule.WantOneOf("absent", "y"), []string{`absent: missing: expected y`}},
		"none of":       {rule.WantNoneOf("text", "x", "y"), []string{`text: "x": expected anything but one of x, y`}},
		"none of holds": {rule.WantNoneOf("absent", ""), nil},
		"some": {func(r *rule.Resource, f *rule.Findings) {
			f.WantSome(r.Get("none"), "a rule")
			f.WantSome(r.Get("list"), "a rule")
		}, []string{`none: []: expected a rule`}},
		"unset": {func(r *rule.Resource, f *rule.Findings) {
			f.WantUnset(r.Get("text"), "it would leak")
			f.WantUnset(r.Get("empty"), "it would leak")
		}, []string{`text: "x": expected none: it would leak`}},
		"at most": {func(r *rule.Resource, f *rule.Findings) { f.WantAtMost(r.Get("n"), 6, "days") }, []string{"n: 7: expected at most 6 days"}},
		"elements": {
			func(r *rule.Resource, f *rule.Findings) { f.WantElements(r.Get("list"), "a", "c") },
			[]string{`list: ["a", "b"]: expected it to contain "c"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.said, said(judge(t, properties, test.want)))
		})
	}
}

// Rules may quote what they read by accident; the message does not show it.
func TestMessagesShowNoSecrets(t *testing.T) {
	const properties = `{
		"password": {"$secret": "correct-horse"}, "short": {"$secret": "abc"}, "number": {"$secret": 48151623}, "flag": {"$secret": true},
		"doc": {"$secret": "{\"Password\": \"battery-staple\", \"esc\": \"a\\\"b-quoted\"}"}, "open": "visible"
	}`
	for name, test := range map[string]struct {
		rule func(*rule.Resource, *rule.Findings)
		want string
	}{
		"the value":     {func(r *rule.Resource, f *rule.Findings) { f.Fail(r.Get("password"), "%s", r.Get("password")) }, "[secret]"},
		"its text":      {func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "%q", r.Get("password").Text()) }, "[secret]"},
		"inside a text": {func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "%s", "a "+r.Get("password").Text()+" b") }, "a [secret] b"},
		"a part of it":  {func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "%s", r.Get("password").Text()[:7]) }, "[secret]"},
		"a short one":   {func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "%s", r.Get("short").Text()) }, "[secret]"},
		"a number":      {func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "%d", r.Get("number").Int()) }, "[secret]"},
		"in a list":     {func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "%s", []string{"x", r.Get("password").Text()}) }, "[x [secret]]"},
		"in an error": {func(r *rule.Resource, f *rule.Findings) {
			f.Fail(r, "%v", errors.New("bad: "+r.Get("password").Text()))
		}, "bad: [secret]"},
		"of a JSON document": {func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "%s", r.Get("doc").JSON().Get("Password").Text()) }, "[secret]"},
		"escaped in JSON":    {func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "%s", r.Get("doc").JSON().Get("esc").Text()) }, "[secret]"},
		"written by hand":    {func(r *rule.Resource, f *rule.Findings) { f.Fail(r, r.Get("password").Text()) }, "[secret]"},
		"nothing secret":     {func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "%s true", r.Get("open").Text()) }, "visible true"},
	} {
		t.Run(name, func(t *testing.T) {
			o := judge(t, properties, test.rule)
			require.Len(t, o.Findings, 1)
			assert.Equal(t, test.want, o.Findings[0].Message)
		})
	}
}

func TestMessagesAreOneCleanLine(t *testing.T) {
	o := judge(t, `{"name\n\u001b[2J": "x"}`, func(r *rule.Resource, f *rule.Findings) {
		for key, v := range r.Properties.Entries() {
			f.Fail(v, "bad %s", key)
		}
	})
	require.Len(t, o.Findings, 1)
	assert.NotContains(t, o.Findings[0].String(), "\n")
	assert.NotContains(t, o.Findings[0].String(), "\x1b")
}

func TestParameters(t *testing.T) {
	r := &rule.Rule{
		ID: "test",
		Params: []rule.Param{
			{Name: "days", Default: 7, Min: 1, Max: 35, Description: "d"},
			{Name: "ports", Default: []string{"80"}, Description: "d"},
			{Name: "strict", Default: false, Description: "d"},
			{Name: "mode", Default: "a", OneOf: []string{"a", "b"}, Description: "d"},
		},
	}
	var days int
	var ports []string
	r.Resource = func(_ *rule.Resource, f *rule.Findings) {
		days, ports = f.Int("days"), f.Texts("ports")
		assert.False(t, f.Bool("strict"))
		assert.Equal(t, "a", f.Text("mode"))
	}
	r.JudgeResource(&rule.Context{}, nil, resource(t, `{}`))
	assert.Equal(t, 7, days)
	r.JudgeResource(&rule.Context{}, map[string]any{"days": 14, "ports": []string{"443"}}, resource(t, `{}`))
	assert.Equal(t, 14, days)
	assert.Equal(t, []string{"443"}, ports)
}

func TestCheckFindsWhatARuleLacks(t *testing.T) {
	assert.Equal(t, []string{
		"ID is missing", "Title is missing", "Why is missing", "Severity is missing",
		"Fix.Plain is missing", "Types is missing", "Good is missing", "Bad is missing", "Resource or Stack is missing",
		"Source is not the address of a document",
		"parameter enforcementLevel: the name is not a camel-case word, or reserved",
		"parameter enforcementLevel: Description is missing",
		"parameter enforcementLevel: the default does not keep its own bounds",
	}, (&rule.Rule{Params: []rule.Param{{Name: "enforcementLevel", Default: 9, Max: 3}}}).Check())
}
