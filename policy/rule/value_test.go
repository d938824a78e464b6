package rule_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/archive"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/asset"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"

	pulumi "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// What the engine's own code writes is understood; a change of its wire format would show here.
func TestValueReadsWhatTheEngineWrites(t *testing.T) {
	text, err := asset.FromText("hello")
	require.NoError(t, err)
	files, err := archive.FromAssets(map[string]any{"a": text})
	require.NoError(t, err)
	properties := pulumi.PropertyMap{
		"text":     pulumi.NewProperty("x"),
		"secret":   pulumi.MakeSecret(pulumi.NewProperty("hush")),
		"computed": pulumi.MakeComputed(pulumi.NewProperty("")),
		"unknownOutput": pulumi.NewProperty(pulumi.Output{
			Element: pulumi.NewProperty(""), Known: false,
		}),
		"secretOutput": pulumi.NewProperty(pulumi.Output{
			Element: pulumi.NewProperty("quiet"), Known: true, Secret: true,
		}),
		"asset":   pulumi.NewProperty(text),
		"archive": pulumi.NewProperty(files),
		"ref":     pulumi.NewProperty(pulumi.ResourceReference{URN: "urn:pulumi:dev::p::t::n", ID: pulumi.NewProperty("id-1")}),
		"pending": pulumi.NewProperty(pulumi.ResourceReference{URN: "urn:pulumi:dev::p::t::n", ID: pulumi.MakeComputed(pulumi.NewProperty(""))}),
		"list":    pulumi.NewProperty([]pulumi.PropertyValue{pulumi.MakeSecret(pulumi.NewProperty(1.0))}),
	}
	for _, options := range []plugin.MarshalOptions{
		{KeepUnknowns: true, KeepSecrets: true}, // Analyze
		{KeepUnknowns: true, KeepSecrets: true, KeepResources: true, KeepOutputValues: true},
	} {
		pb, err := plugin.MarshalProperties(properties, options)
		require.NoError(t, err)
		r := rule.NewResource(rule.Raw{Properties: pb})
		assert.Equal(t, "x", r.Get("text").Text())
		assert.Equal(t, "hush", r.Get("secret").Text())
		assert.True(t, r.Get("secret").Secret())
		assert.False(t, r.Get("computed").Known())
		assert.False(t, r.Get("unknownOutput").Known())
		assert.Equal(t, "quiet", r.Get("secretOutput").Text())
		assert.True(t, r.Get("secretOutput").Secret())
		assert.True(t, r.Get("asset").Exists())
		assert.True(t, r.Get("archive").Exists())
		assert.Equal(t, 1, r.Get("list[0]").Int())
		assert.True(t, r.Get("list[0]").Secret())
		if options.KeepResources {
			assert.Equal(t, "id-1", r.Get("ref").Text())
			assert.False(t, r.Get("pending").Known())
			assert.Equal(t, "[asset or reference]", r.Get("asset").String())
		}
	}
}

func TestValueKnowsEveryMarkOfTheUnknown(t *testing.T) {
	for _, mark := range []string{
		plugin.UnknownBoolValue, plugin.UnknownNumberValue, plugin.UnknownStringValue, plugin.UnknownArrayValue,
		plugin.UnknownAssetValue, plugin.UnknownArchiveValue, plugin.UnknownObjectValue,
	} {
		r := rule.NewResource(rule.Raw{Properties: &structpb.Struct{Fields: map[string]*structpb.Value{"x": structpb.NewStringValue(mark)}}})
		assert.False(t, r.Get("x").Known(), mark)
		assert.False(t, r.Get("x.y[3].z").Known(), "below what is unknown everything is")
	}
}

func TestValuePaths(t *testing.T) {
	r := resource(t, `{
		"block": {"flag": true, "tags": {"cost centre": "7", "a.b": "dotted"}},
		"rules": [{"id": "one", "on": true}, {"id": "two"}],
		"single": [{"on": true}],
		"text": "x", "nothing": null
	}`)
	for path, want := range map[string]string{
		"text":                      `"x"`,
		"block.flag":                "true",
		`block.tags["cost centre"]`: `"7"`,
		`block.tags["a.b"]`:         `"dotted"`,
		"rules[1].id":               `"two"`,
		"rules[2].id":               "missing",
		"single.on":                 "true",
		"block[0].flag":             "true",
		"block[1].flag":             "missing",
		"text[0]":                   `"x"`,
		"absent.below.it[4]":        "missing",
		"nothing":                   "missing",
	} {
		assert.Equal(t, want, r.Get(path).String(), path)
	}
	var ids []string
	for _, v := range r.All("rules[*].id") {
		ids = append(ids, v.Text())
	}
	assert.Equal(t, []string{"one", "two"}, ids)
	assert.Equal(t, "rules[1].id", r.All("rules[*].id")[1].Path())
	assert.Equal(t, `block.tags["cost centre"]`, r.Get(`block.tags["cost centre"]`).Path())
	assert.Equal(t, "rules[0].on", r.Properties.At("rules", 0, "on").Path())
	for _, malformed := range []string{"a..b", "a[x]", "a[-1]", "a[0", `a["b]`, "[", ".a"} {
		assert.Panics(t, func() { r.Get(malformed) }, malformed)
	}
}

func TestValueReadsLikeAProvider(t *testing.T) {
	o := judge(t, `{"yes": "true", "no": "false", "n": "90", "f": "0.5", "port": 5432, "one": "x", "obj": {"k": "v"}, "empty": [], "e": ""}`,
		func(r *rule.Resource, _ *rule.Findings) {
			assert.True(t, r.Get("yes").Bool())
			assert.False(t, r.Get("no").BoolOr(true))
			assert.Equal(t, 90, r.Get("n").Int())
			assert.InDelta(t, 0.5, r.Get("f").Float(), 0)
			assert.Equal(t, "5432", r.Get("port").Text())
			assert.Equal(t, []string{"x"}, r.Get("one").Texts())
			assert.Equal(t, []string{"k"}, r.Get("obj").Keys())
			assert.Empty(t, r.Get("empty").Keys(), "an empty list stands for no object")
			assert.True(t, r.Get("e").Empty())
			assert.True(t, r.Get("e").Exists())
			assert.False(t, r.Get("absent").Exists())
			assert.Equal(t, 7, r.Get("absent").IntOr(7))
			assert.True(t, r.Get("absent").BoolOr(true))
			assert.Equal(t, "d", r.Get("absent").TextOr("d"))
			assert.Empty(t, r.Get("absent").List())
			assert.True(t, r.Get("absent").Is(""))
		})
	assert.Equal(t, rule.Pass, o.Verdict)
	assert.Nil(t, o.Panic)
}

func TestValueOfTheWrongType(t *testing.T) {
	const properties = `{"text": "x", "list": [1, 2], "object": {"a": 1}, "number": 1.5, "huge": 1e300, "bool": true}`
	for name, test := range map[string]struct {
		read func(*rule.Resource)
		want string
	}{
		"bool of a text":      {func(r *rule.Resource) { r.Get("text").Bool() }, `text: "x": expected true or false`},
		"int of a list":       {func(r *rule.Resource) { r.Get("list").Int() }, `list: [1, 2]: expected a whole number`},
		"int of a fraction":   {func(r *rule.Resource) { r.Get("number").Int() }, `number: 1.5: expected a whole number`},
		"int of a huge one":   {func(r *rule.Resource) { r.Get("huge").Int() }, `expected a whole number`},
		"int of a bool":       {func(r *rule.Resource) { r.Get("bool").Int() }, `bool: true: expected a whole number`},
		"float of an object":  {func(r *rule.Resource) { r.Get("object").Float() }, `object: {...}: expected a number`},
		"text of an object":   {func(r *rule.Resource) { r.Get("object").Text() }, `object: {...}: expected a text`},
		"object of a text":    {func(r *rule.Resource) { r.Get("text").Keys() }, `text: "x": expected an object`},
		"field of a text":     {func(r *rule.Resource) { r.Get("text.below").Exists() }, `text: "x": expected an object`},
		"field of a long one": {func(r *rule.Resource) { r.Get("list.below").Exists() }, `list: [1, 2]: expected an object`},
		"JSON of a word":      {func(r *rule.Resource) { r.Get("text").JSON().Exists() }, `text: "x": expected JSON`},
	} {
		t.Run(name, func(t *testing.T) {
			o := judge(t, properties, func(r *rule.Resource, _ *rule.Findings) { test.read(r) })
			require.Equal(t, rule.Fail, o.Verdict)
			assert.Contains(t, said(o)[0], test.want)
		})
	}
}

func TestValueShowsItselfSafely(t *testing.T) {
	r := resource(t, `{
		"secret": {"$secret": "hush-hush"}, "below": {"$secret": {"inner": "hush-hush", "list": ["hush-hush"]}},
		"mixed": ["a", {"$secret": "hush-hush"}, "$unknown", null, {"k": 1}, "f"],
		"unknown": "$unknown", "long": "`+strings.Repeat("ä", 200)+`", "control": "a\u001b[31mb\nc\u202e",
		"whole": 30, "none": {}
	}`)
	for path, want := range map[string]string{
		"secret":        "[secret]",
		"below":         "[secret]",
		"below.inner":   "[secret]",
		"below.list[0]": "[secret]",
		"below.absent":  "[secret]",
		"mixed":         `["a", [secret], [unknown], missing, {...}, ... 6 in all]`,
		"unknown":       "[unknown]",
		"long":          `"` + strings.Repeat("ä", 77) + `..."`,
		"control":       `"a\x1b[31mb\nc\u202e"`,
		"whole":         "30",
		"none":          "{}",
	} {
		assert.Equal(t, want, r.Get(path).String(), path)
	}
}

func TestValueJSON(t *testing.T) {
	o := judge(t, `{"doc": "[{\"name\": \"app\", \"privileged\": true}]", "plain": [{"name": "x"}], "bad": "[", "empty": ""}`,
		func(r *rule.Resource, f *rule.Findings) {
			assert.Equal(t, "doc[0].privileged", r.Get("doc").JSON().Get("[0].privileged").Path())
			assert.Equal(t, "x", r.Get("plain").JSON().Get("[0].name").Text())
			assert.False(t, r.Get("empty").JSON().Exists())
			f.WantNotTrue(r.Get("doc").JSON().Get("[0].privileged"))
			r.Get("bad").JSON()
		})
	assert.Equal(t, []string{"doc[0].privileged: true: expected false", `bad: "[": expected JSON`}, said(o))
}

func TestParsedIsParsedOnce(t *testing.T) {
	calls := 0
	parse := func(text string) (int, error) {
		calls++
		if text == "bad" {
			return 0, errors.New("it says bad")
		}
		return len(text), nil
	}
	r := resource(t, `{"good": "four", "bad": "bad"}`)
	read := func(path string) rule.Outcome {
		test := &rule.Rule{ID: "test", Resource: func(r *rule.Resource, f *rule.Findings) {
			if n, ok := rule.Parsed(r.Get(path), "a good text", parse); ok && n != 4 {
				f.Fail(r, "wrong")
			}
		}}
		return test.JudgeResource(&rule.Context{}, nil, r)
	}
	for range 3 {
		assert.Equal(t, rule.Pass, read("good").Verdict)
		assert.Equal(t, []string{`bad: "bad": expected a good text: it says bad`}, said(read("bad")))
		assert.Equal(t, rule.Pass, read("absent").Verdict)
	}
	assert.Equal(t, 2, calls, "three readers of two texts")
}

// Programs may give a document as an object; the provider makes a text of it.
func TestParsedReadsObjectsAsJSON(t *testing.T) {
	parse := func(text string) (string, error) {
		if strings.Contains(text, "bad") {
			return "", errors.New("it says " + text)
		}
		return text, nil
	}
	o := judge(t, `{
		"good": {"a": [1, true, null, "x"]}, "part": {"a": {"$secret": ["x"]}}, "list": [{"a": 1}],
		"bad": {"a": "bad"}, "secret": {"a": {"$secret": "bad"}}
	}`, func(r *rule.Resource, f *rule.Findings) {
		for name, want := range map[string]string{"good": `{"a":[1,true,null,"x"]}`, "part": `{"a":["x"]}`, "list": `[{"a":1}]`} {
			text, ok := rule.Parsed(r.Get(name), "a good text", parse)
			assert.True(t, ok)
			assert.Equal(t, want, text)
		}
		for _, name := range []string{"bad", "secret"} {
			f.Each(r.Get(name), func(v rule.Value) { rule.Parsed(v, "a good text", parse) })
		}
	})
	assert.Equal(t, []string{
		`bad: {...}: expected a good text: it says {"a":"bad"}`,
		`secret: {...}: expected a good text`, // what the parser says would quote the secret
	}, said(o))

	o = judge(t, `{"it": {"a": ["$unknown"]}}`, func(r *rule.Resource, _ *rule.Findings) { rule.Parsed(r.Get("it"), "a good text", parse) })
	assert.Equal(t, rule.NotYetKnown, o.Verdict)
	assert.Equal(t, "it.a[0] is not yet known; judged again in the update", o.Reason)
}

func TestValueHugeAndDeep(t *testing.T) {
	big := strings.Repeat("x", 1<<20)
	deep := structpb.NewStringValue("bottom")
	for range 3000 {
		deep = structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{"a": deep}})
	}
	r := rule.NewResource(rule.Raw{Name: "r", Properties: &structpb.Struct{Fields: map[string]*structpb.Value{
		"big": structpb.NewStringValue(big), "deep": deep,
		"nested": structpb.NewStringValue(strings.Repeat("[", 1<<20)),
	}}})
	test := &rule.Rule{ID: "test", Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantOneOf(r.Get("big"), "small")
		f.WantOneOf(r.Get("deep"+strings.Repeat(".a", 3000)), "top")
		f.Each(r.Get("deep"), func(v rule.Value) {
			rule.Parsed(v, "a document", func(text string) (string, error) { return text, nil })
		})
		r.Get("nested").JSON()
	}}
	o := test.JudgeResource(&rule.Context{}, nil, r)
	require.Nil(t, o.Panic)
	require.Len(t, o.Findings, 4)
	assert.Less(t, len(o.Findings[0].Message), 200)
	assert.Equal(t, `"bottom": expected top`, o.Findings[1].Message)
	assert.Contains(t, o.Findings[2].Message, "expected JSON of at most 64 levels")
	assert.Contains(t, o.Findings[3].Message, "expected JSON")
}

func FuzzValue(f *testing.F) {
	for _, seed := range []string{
		`{"a": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": ["x", null]}}`,
		`{"a": {"4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", "secret": true}}`,
		`{"a": {"4dabf18193072939515e22adb298388d": 7}, "b": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}`,
		`{"a": [[[{"b": "90"}]]], "c": "true", "d": "[{\"e\": 1}]"}`,
	} {
		f.Add(seed, "a[0].b")
	}
	f.Fuzz(func(t *testing.T, properties, path string) {
		pb := &structpb.Struct{}
		if pb.UnmarshalJSON([]byte(properties)) != nil {
			return
		}
		r := rule.NewResource(rule.Raw{Name: "r", Properties: pb})
		reads := []func(rule.Value){
			func(v rule.Value) { v.Bool() },
			func(v rule.Value) { v.Int() },
			func(v rule.Value) { v.Float() },
			func(v rule.Value) { v.Text() },
			func(v rule.Value) { v.Texts() },
			func(v rule.Value) { v.Keys() },
			func(v rule.Value) { v.JSON().Keys() },
			func(v rule.Value) { v.Empty() },
			func(v rule.Value) {
				rule.Parsed(v, "a document", func(text string) (string, error) { return text, nil })
			},
		}
		values := []rule.Value{r.Properties}
		func() {
			defer func() { _ = recover() }() // a malformed path is the rule's mistake
			values = append(values, r.Get(path))
			values = append(values, r.All(path)...)
		}()
		for _, read := range reads {
			for _, v := range values {
				test := &rule.Rule{ID: "test", Resource: func(_ *rule.Resource, f *rule.Findings) {
					for key := range v.Entries() {
						f.Fail(v.Get("x"), "%s %s", key, v)
					}
					read(v)
				}}
				if o := test.JudgeResource(&rule.Context{}, nil, r); o.Panic != nil {
					t.Fatalf("%v\n%s", o.Panic, o.Stack)
				}
			}
		}
	})
}

func TestWhatTheProviderSends(t *testing.T) {
	r := rule.NewResource(rule.Raw{Properties: &structpb.Struct{Fields: map[string]*structpb.Value{
		"protocol": structpb.NewStringValue("https"), "unknown": structpb.NewStringValue("04da6b54-80e4-46f7-96ec-b56ff0331ba9"),
		"port": structpb.NewNumberValue(443), "null": structpb.NewNullValue(),
	}}})
	assert.Equal(t, "HTTPS", r.Get("protocol").Upper().Or("HTTP").Text())
	assert.Equal(t, "https", r.Get("protocol").Upper().Lower().Text())
	assert.Equal(t, "HTTP", r.Get("absent").Upper().Or("HTTP").Text())
	assert.Equal(t, "HTTP", r.Get("null").Or("HTTP").Text())
	assert.Equal(t, "443", r.Get("port").Upper().Text())
	assert.False(t, r.Get("unknown").Upper().Or("HTTP").Known())
	assert.Equal(t, "absent", r.Get("absent").Or("HTTP").Path())
}
