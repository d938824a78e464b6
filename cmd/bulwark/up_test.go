package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

func TestUpFlags(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want upOptions
	}{
		"none":  {nil, upOptions{stack: "dev", provider: "auto"}},
		"long":  {[]string{"--stack", "prod", "--provider=source", "--json"}, upOptions{stack: "prod", provider: "source", json: true}},
		"short": {[]string{"-s", "prod"}, upOptions{stack: "prod", provider: "auto"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, optionsOf(t, newUpCommand, test.args...)) })
	}
}

func TestUpAsksTheSandbox(t *testing.T) {
	b := newBench(false)
	b.session.up = &sandbox.UpResult{}
	require.Equal(t, 0, b.run(t, "up", "--stack", "prod", "--provider", "official"))
	assert.Equal(t, []any{sandbox.UpOptions{Stack: "prod", Provider: sandbox.ProviderOfficial}}, b.session.asked)
}

// deployed is the result of a deployment in which everything occurs.
func deployed() *sandbox.UpResult {
	return &sandbox.UpResult{
		Stack: "dev", Endpoint: "http://127.0.0.1:23456", Embedded: true, Region: "eu-west-1",
		Created: 2, Updated: 1, Replaced: 1, Deleted: 1, Total: 5, Seconds: 4.4,
		Changes: []sandbox.Change{
			{Type: "aws:kms/key:Key", Name: "audio-key", Op: sandbox.Created},
			{Type: "aws:s3/bucketV2:BucketV2", Name: "audio", Op: sandbox.Updated, Properties: []sandbox.PropertyChange{{Path: "tags.Owner"}, {Path: "bucket"}}},
			{Type: "aws:kms/alias:Alias", Name: "audio-key", Op: sandbox.Replaced},
			{Type: "aws:sns/topic:Topic", Name: "alarms", Op: sandbox.Deleted},
		},
		Outputs: map[string]sandbox.Output{
			"bucket": {Value: "acme-audio"}, "key": {Value: "arn", Secret: true}, "origins": {Value: []any{"https://a", "https://b"}}, "n": {Value: 3},
		},
		Unemulated: []sandbox.Unemulated{{Service: "xray", Operation: "GetGroups", Count: 1}},
		Warnings:   []string{"a property is deprecated\nuse another"},
		Paths:      sandbox.Paths{State: "/c/state", Log: "/c/emulator.log", EngineLog: "/c/engine.log"},
	}
}

const deployedText = `
Stack dev is up: 2 created, 1 updated, 1 replaced, 1 deleted, 5 resources in all (4 s)

  + aws:kms:Key      audio-key
  ~ aws:s3:BucketV2  audio (tags.Owner, bucket)
  ± aws:kms:Alias    audio-key
  - aws:sns:Topic    alarms

Outputs
  bucket   acme-audio
  key      [secret]
  n        3
  origins  ["https://a","https://b"]

Not emulated
  xray:GetGroups (asked 1 time)

Warnings
  a property is deprecated
  use another

Where to look
  endpoint  http://127.0.0.1:23456 (embedded AWS), region eu-west-1
  try       AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test aws --endpoint-url http://127.0.0.1:23456 --region eu-west-1 s3 ls
  log       /c/emulator.log
  engine    /c/engine.log
  state     /c/state
  next      make status, make down
`

func TestUpOutput(t *testing.T) {
	t.Run("in a file", func(t *testing.T) {
		b := newBench(false)
		b.session.up = deployed()
		require.Equal(t, 0, b.run(t, "up"))
		assert.Equal(t, deployedText, b.out.String())
		assert.Equal(t, "note      a notice\n", b.errs.String(), "notices go to standard error")
	})
	t.Run("on a terminal", func(t *testing.T) {
		b := newBench(true)
		b.session.up = deployed()
		require.Equal(t, 0, b.run(t, "up"))
		assert.Contains(t, b.out.String(), "  \x1b[32m+\x1b[0m aws:kms:Key      audio-key\n")
		assert.Contains(t, b.out.String(), "  \x1b[31m-\x1b[0m aws:sns:Topic    alarms\n")
		plain := strings.NewReplacer("\x1b[0m", "", "\x1b[31m", "", "\x1b[32m", "", "\x1b[33m", "", "\x1b[35m", "").Replace(b.out.String())
		assert.Equal(t, deployedText, plain, "nothing but the colours differs")
	})
	t.Run("nothing changed, another stack, an endpoint of the user's", func(t *testing.T) {
		b := newBench(false)
		b.session.up = &sandbox.UpResult{
			Stack: "prod", Endpoint: "http://localhost:4566", Region: "eu-central-1", Total: 1,
			Paths: sandbox.Paths{State: "/c/state", EngineLog: "/c/engine.log", PolicyRecord: "/c/policy.jsonl", Log: "/c/emulator.log"},
		}
		require.Equal(t, 0, b.run(t, "up", "-s", "prod"))
		assert.Equal(t, `
Stack prod is up: no changes, 1 resource in all (0 s)

Where to look
  endpoint  http://localhost:4566 (AWS_ENDPOINT_URL), region eu-central-1
  try       aws --endpoint-url http://localhost:4566 --region eu-central-1 s3 ls
  engine    /c/engine.log
  state     /c/state
  next      make status STACK=prod, make down STACK=prod
`, b.out.String())
	})
}

// TestUpJSON fixes the names that scripts read.
func TestUpJSON(t *testing.T) {
	b := newBench(true)
	b.session.up = deployed()
	require.Equal(t, 0, b.run(t, "up", "--json"))
	var got map[string]any
	require.NoError(t, json.Unmarshal(b.out.Bytes(), &got))
	for name, want := range map[string]any{
		"stack": "dev", "endpoint": "http://127.0.0.1:23456", "embedded": true, "region": "eu-west-1",
		"created": 2.0, "updated": 1.0, "replaced": 1.0, "deleted": 1.0, "total": 5.0, "seconds": 4.4,
	} {
		assert.Equal(t, want, got[name], name)
	}
	change := got["changes"].([]any)[1].(map[string]any)
	assert.Equal(t, "updated", change["op"])
	assert.Equal(t, "aws:s3/bucketV2:BucketV2", change["type"])
	assert.Equal(t, "tags.Owner", change["properties"].([]any)[0].(map[string]any)["path"])
	outputs := got["outputs"].(map[string]any)
	assert.Equal(t, map[string]any{"value": "acme-audio"}, outputs["bucket"])
	assert.Equal(t, map[string]any{"value": "arn", "secret": true}, outputs["key"])
	assert.Equal(t, "GetGroups", got["unemulated"].([]any)[0].(map[string]any)["operation"])
	assert.Equal(t, "/c/engine.log", got["paths"].(map[string]any)["engineLog"])
	assert.NotContains(t, b.out.String(), "\x1b", "no colours in JSON")
}
