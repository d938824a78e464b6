package example

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

const text = `
p: {type: pulumi:providers:aws, properties: {region: us-east-1, skipRegionValidation: true, defaultTags: {tags: {a: b}}}}
component: {type: bulwark:storage:Bucket}
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: acme-audio}
  options: {parent: "${component}", protect: true, ignoreChanges: [tags]}
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: ${audio.id}
    policy:
      fn::toJSON: {Statement: [{Resource: ["${audio.arn}", "${audio.arn}/*"]}]}
    note: "${audio.bucket} costs $${x}"
    password: {fn::secret: hush}
    hidden: {fn::toJSON: {token: {fn::secret: hush}}}
  options: {provider: "${p}", dependsOn: ["${component}"]}
`

func build(t *testing.T, mode Mode) map[string]rule.Raw {
	t.Helper()
	stack, err := Parse(text)
	require.NoError(t, err)
	built, err := stack.Build(mode, func(token string) []string {
		if token == "aws:s3/bucketV2:BucketV2" {
			return []string{"versionings", "bucket"}
		}
		return nil
	})
	require.NoError(t, err)
	out := map[string]rule.Raw{}
	for i, raw := range built.Inputs {
		out["in "+raw.Name] = raw
		out["out "+raw.Name] = built.Outputs[i]
	}
	return out
}

func TestBuild(t *testing.T) {
	update, preview := build(t, Update), build(t, Preview)
	const audio = "urn:pulumi:stack::acme::bulwark:storage:Bucket$aws:s3/bucketV2:BucketV2::audio"

	policy := rule.NewResource(update["in policy"])
	assert.Equal(t, "acme-audio", policy.Get("bucket").Text())
	assert.JSONEq(t, `{"Statement": [{"Resource": ["arn:aws:s3:::acme-audio", "arn:aws:s3:::acme-audio/*"]}]}`, policy.Get("policy").Text())
	assert.Equal(t, "acme-audio costs ${x}", policy.Get("note").Text())
	assert.True(t, policy.Get("password").Secret())
	assert.True(t, policy.Get("hidden").Secret(), "a document with a secret in it is one")
	assert.Equal(t, "us-east-1", policy.Region().Text())
	assert.Equal(t, []string{audio}, policy.PropertyDependencies["bucket"])
	assert.Contains(t, policy.Dependencies, "urn:pulumi:stack::acme::bulwark:storage:Bucket::component")
	assert.False(t, policy.Get("id").Exists(), "inputs have no id")

	policy = rule.NewResource(preview["in policy"])
	assert.False(t, policy.Get("bucket").Known())
	assert.False(t, policy.Get("policy").Known())
	assert.Equal(t, "acme-audio costs ${x}", policy.Get("note").Text(), "what the program says is known")
	assert.Equal(t, []string{audio}, policy.PropertyDependencies["policy"])

	bucket := rule.NewResource(update["out audio"])
	assert.Equal(t, "arn:aws:s3:::acme-audio", bucket.Get("arn").Text())
	assert.False(t, bucket.Get("versionings").Exists())
	assert.True(t, bucket.Options.Protect)
	assert.Equal(t, "urn:pulumi:stack::acme::bulwark:storage:Bucket::component", bucket.Parent)
	assert.Equal(t, "eu-west-1", bucket.Region().Text())
	bucket = rule.NewResource(preview["out audio"])
	assert.False(t, bucket.Get("arn").Known())
	assert.False(t, bucket.Get("versionings").Known(), "AWS decides")
	assert.Equal(t, "acme-audio", bucket.Get("bucket").Text(), "the program decides")

	provider := rule.NewResource(update["in p"])
	assert.Equal(t, "true", provider.Get("skipRegionValidation").Text())
	assert.Equal(t, "b", provider.Get("defaultTags").JSON().Get("tags.a").Text(), "the engine keeps a provider's settings as text")
}

func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"[]":   "an example is a map",
		"":     "an example is a map",
		"a: {": "did not find",
		"a: {type: 'a:b:C'}\n---\nb: {type: 'a:b:C'}":    "a second document after ---",
		"a: {type: 'a:b:C'}\na: {type: 'a:b:D'}":         "a (line 2): there are two resources of this name",
		"a: x\nb: {type: x}":                             "b (line 2): type",
		"{}":                                             "this one has none",
		"a: x":                                           "a (line 1): a resource is a map with type and properties",
		"a: {type: x}":                                   `a (line 1): type "x" is no type token`,
		"a: {type: 'a:b:C', x: 1}":                       `a (line 1): unknown key "x"`,
		"a: {type: 'a:b:C', properties: [1]}":            "a (line 1): properties is a map",
		"a: {type: 'a:b:C', options: {protect: [1]}}":    "a (line 1): options:",
		"a: {type: 'a:b:C', properties: {x: '${b.id}'}}": `a: ${b.id}: there is no resource "b" in the example`,
		"a: {type: 'a:b:C', options: {parent: '${b}'}}":  `there is no resource "b"`,
	} {
		_, err := Parse(text)
		assert.ErrorContains(t, err, want, text)
	}
	for text, want := range map[string]string{
		"a: {type: 'aws:x/b:C', properties: {x: {fn::join: []}}}":                                              "unknown function fn::join",
		"a: {type: 'aws:x/b:C', properties: {x: '${a.id}'}}":                                                   "a refers to itself",
		"a: {type: 'aws:x/b:C', properties: {x: '${b.y}'}}\nb: {type: 'aws:x/b:C', properties: {y: '${a.x}'}}": "refers to itself",
	} {
		stack, err := Parse(text)
		require.NoError(t, err)
		_, err = stack.Build(Update, func(string) []string { return nil })
		assert.ErrorContains(t, err, want, text)
	}
}
