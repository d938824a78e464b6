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
