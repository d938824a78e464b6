package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const policyRecord = `{"pack":"bulwark","version":"0.1.0","project":"acme","stack":"dev","profile":"dev","dryRun":true,"levels":{"s3-pab-block-public-acls":"mandatory"}}
{"rule":"s3-pab-block-public-acls","urn":"urn:pulumi:dev::acme::aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock::b","verdict":"fail","findings":["blockPublicAcls: false: expected true"]}
`

func TestPolicyList(t *testing.T) {
	b := newBench(false)
	require.Zero(t, b.run(t, "policy", "list", "--domain", "s3", "--severity", "high"))
	assert.Contains(t, b.out.String(), "high      mandatory  s3-pab-block-public-acls")
	assert.NotContains(t, b.out.String(), "rds-")
	assert.NotContains(t, b.out.String(), "\x1b")

	b = newBench(false)
	require.Zero(t, b.run(t, "policy", "list", "--json"))
	var listed []map[string]any
	require.NoError(t, json.Unmarshal(b.out.Bytes(), &listed))
	assert.NotEmpty(t, listed)
	assert.NotEmpty(t, listed[0]["severity"])
}

func TestPolicyExplain(t *testing.T) {
	b := newBench(true)
	require.Zero(t, b.run(t, "policy", "explain", "rds-backup-retention"))
	for _, want := range []string{"why ", "days (integer, default 7, 1 to 35)", "fails (one day):", "https://docs.aws.amazon.com/"} {
		assert.Contains(t, b.out.String(), want)
	}
}

func TestPolicyReport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(policyRecord), 0o600))
	for format, want := range map[string]string{
		"text":     "1 failure (1 mandatory)",
		"markdown": "## Policies failed",
		"json":     `"status": "fail"`,
		"sarif":    `"version": "2.1.0"`,
		"junit":    `failures="1"`,
	} {
		b := newBench(false)
		require.Zero(t, b.run(t, "policy", "report", path, "--format", format), b.errs.String())
		assert.Contains(t, b.out.String(), want)
	}
	b := newBench(false)
	require.Zero(t, b.run(t, "policy", "report", path, "--format", "sarif", "--sarif-file", "infra/Pulumi.yaml"))
	assert.Contains(t, b.out.String(), `"uri": "infra/Pulumi.yaml"`)
}

func TestPolicyMistakes(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	for args, want := range map[string]string{
		"policy lst":                                  "did you mean list?",
		"policy list --severity hihg":                 "did you mean high?",
		"policy list --domain s4":                     "did you mean s3?",
		"policy list --profile x":                     "expected one of prod, dev",
		"policy list s3":                              "takes no arguments",
		"policy explain":                              "expected the id of one control, got 0 arguments",
		"policy explain s3-pab-block-public-acl":      "did you mean s3-pab-block-public-acls?",
		"policy report absent.jsonl":                  "absent.jsonl",
		"policy report a b":                           "expected one file, got 2",
		"policy report " + empty:                      "BULWARK_POLICY_RECORD",
		"policy report " + empty + " --format html":   "expected one of text, markdown, json, sarif, junit",
		"policy report " + empty + " --format junnit": "did you mean junit?",
	} {
		b := newBench(false)
		assert.Equal(t, 2, b.run(t, strings.Fields(args)...), args)
		assert.Contains(t, b.errs.String(), want, args)
		assert.Empty(t, b.out.String(), args)
	}
}

const testedResources = `
audio:
  type: aws:s3/bucketV2:BucketV2
block:
  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
  properties: {bucket: "${audio.id}", blockPublicAcls: false, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true}
`

func writeTo(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestPolicyTest(t *testing.T) {
	path := writeTo(t, "stack.yaml", testedResources)
	b := newBench(false)
	require.Equal(t, 1, b.run(t, "policy", "test", path))
	assert.Contains(t, b.out.String(), "blockPublicAcls: false: expected true")
	assert.Contains(t, b.out.String(), "s3-versioning")
	assert.Contains(t, b.errs.String(), "failures of mandatory controls")

	b = newBench(false)
	require.Equal(t, 1, b.run(t, "policy", "test", path, "--control", "s3-pab-block-public-acls", "--format", "json"))
	var run struct {
		Results []struct{ Control, Status, Name string }
	}
	require.NoError(t, json.Unmarshal(b.out.Bytes(), &run))
	require.Len(t, run.Results, 1)
	assert.Equal(t, "block", run.Results[0].Name)

	// A control that is off by default is on when it is asked for.
	b = newBench(false)
	require.Equal(t, 1, b.run(t, "policy", "test", path, "--control", "s3-replication", "--preview"))
	assert.Contains(t, b.out.String(), "it has no copy in another region")

	// A Pulumi YAML program, and nothing wrong in it.
	program := writeTo(t, "Pulumi.yaml", "name: acme\nruntime: yaml\nresources:\n  block:\n    type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock\n    properties: {bucket: acme, blockPublicAcls: true}\n")
	b = newBench(false)
	require.Zero(t, b.run(t, "policy", "test", program, "--control", "s3-pab-block-public-acls"))
	assert.Contains(t, b.out.String(), "1 passed")

	// Levels and parameters of a file.
	settings := writeTo(t, "PulumiPolicy.dev.yaml", "profile: dev\ncontrols: {s3-pab-block-public-acls: advisory, s3-versioning: disabled}\n")
	b = newBench(false)
	b.run(t, "policy", "test", path, "--config", settings)
	assert.Contains(t, b.out.String(), "advisory   s3-pab-block-public-acls")
	assert.NotContains(t, b.out.String(), "s3-versioning ")
}

func TestPolicyTestMistakes(t *testing.T) {
	good := writeTo(t, "good.yaml", testedResources)
	secret := "hunter2-hunter2-hunter2"
	for name, test := range map[string]struct{ args, text, want string }{
		"no file":             {"policy test", "", "expected one file of resources, got 0"},
		"absent":              {"policy test absent.yaml", "", "absent.yaml"},
		"unknown control":     {"policy test " + good + " --control s3-versionin", "", "did you mean s3-versioning?"},
		"unknown profile":     {"policy test " + good + " --profile pord", "", "did you mean prod?"},
		"unknown format":      {"policy test " + good + " --format html", "", "expected one of text"},
		"no YAML":             {"policy test", "a: {", "did not find"},
		"nothing":             {"policy test", "", "an example is a map from names to resources"},
		"unknown property":    {"policy test", "a: {type: 'aws:s3/bucketV2:BucketV2', properties: {bukcet: x}}", `did you mean "bucket"?`},
		"another type":        {"policy test", "a: {type: 'aws:rds/instance:Instance', properties: {password: [" + secret + "]}}", "a.password: expected string, found a list"},
		"reference to nobody": {"policy test", "a: {type: 'aws:s3/bucketV2:BucketV2', properties: {bucket: '${b.id}'}}", `there is no resource "b"`},
		"two documents":       {"policy test", testedResources + "---\na: {type: 'a:b:C'}", "a second document"},
		"all at once":         {"policy test", "a: {type: x}\nb: {properties: [1]}", "b (line 2)"},
	} {
		t.Run(name, func(t *testing.T) {
			args := strings.Fields(test.args)
			if len(args) == 2 && name != "no file" {
				args = append(args, writeTo(t, "stack.yaml", test.text))
			}
			b := newBench(false)
			assert.Equal(t, 2, b.run(t, args...))
			assert.Contains(t, b.errs.String(), test.want)
			assert.NotContains(t, b.errs.String(), secret)
			assert.Empty(t, b.out.String())
		})
	}
}
