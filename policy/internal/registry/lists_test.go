package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/policy/catalogue"
)

func TestListsAreFresh(t *testing.T) {
	root, err := rulesFolder()
	require.NoError(t, err)
	files, err := Lists(root)
	require.NoError(t, err)
	for path, want := range files {
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.True(t, want == string(got), "%s is older than the rules: make policy-lists", path)
	}
	old, err := stale(root, files)
	require.NoError(t, err)
	assert.Empty(t, old, "lists of rules that are gone: make policy-lists")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

func TestListsFindRulesByTheirFiles(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "s3", "s3-url-auth.go"), "package s3\nvar s3URLAuth = rule.Rule{}")
	write(t, filepath.Join(root, "s3", "s3-acl.go"), "package s3\nvar (\n a = 1\n s3ACL = family(rule.Rule{})\n)")
	write(t, filepath.Join(root, "s3", "shared.go"), "package s3\nvar shared = 1")
	write(t, filepath.Join(root, "s3", "two-words.go"), "package s3\nvar other = 1")
	write(t, filepath.Join(root, "s3", "s3-acl_test.go"), "package s3\nvar s3ACLTest = 1")
	write(t, filepath.Join(root, "internal", "keys", "keys.go"), "package keys")
	files, err := Lists(root)
	require.NoError(t, err)
	assert.Len(t, files, 3)
	assert.Contains(t, files[filepath.Join(root, "s3", "zz_rules.go")], "\t&s3ACL,\n\t&s3URLAuth,\n")
	assert.Contains(t, files[filepath.Join(root, "s3", "zz_rules_test.go")], "ruletest.Run(t, Rules)")
	all := files[filepath.Join(root, "zz_all.go")]
	assert.Contains(t, all, "s3.Rules,")
	assert.NotContains(t, all, "rules/internal")

	write(t, filepath.Join(root, "gone", "zz_rules.go"), "package gone")
	old, err := stale(root, files)
	require.NoError(t, err)
	assert.Equal(t, []string{filepath.Join(root, "gone", "zz_rules.go")}, old)

	write(t, filepath.Join(root, "s3", "s3-broken.go"), "package s3\nvar")
	_, err = Lists(root)
	assert.ErrorContains(t, err, "s3-broken.go")
}

func TestNew(t *testing.T) {
	root := t.TempDir()
	require.NoError(t, begin(root, "s3-pab-block-public-acls"))
	path := filepath.Join(root, "s3", "s3-pab-block-public-acls.go")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, want := range []string{
		"var s3PABBlockPublicAcls = rule.Rule{", `CIS:     []string{"v3:2.1.4", "v5:2.1.4"}`, "Severity: rule.High,",
		"Resource: func(r *rule.Resource, f *rule.Findings) {", "type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
	} {
		assert.Contains(t, string(text), want)
	}
	assert.ErrorContains(t, begin(root, "s3-pab-block-public-acls"), "exists already")
	assert.ErrorContains(t, begin(root, "s3-pab-block-public-acl"), `did you mean "s3-pab-block-public-acls"?`)
	assert.ErrorContains(t, begin(root, "nothing-like-it-at-all"), "controls.csv has no control")
}

func TestEveryControlHasAPlace(t *testing.T) {
	controls, err := catalogue.Controls()
	require.NoError(t, err)
	for _, c := range controls {
		assert.Contains(t, c.ID, "-")
		domain := catalogue.Domain(c.ID)
		assert.NotEmpty(t, domain, c.ID)
		if len(c.Types) > 0 {
			text, err := skeleton(domain, c)
			require.NoError(t, err, c.ID)
			assert.True(t, strings.EqualFold(variableName(c.ID), strings.ReplaceAll(c.ID, "-", "")), string(text))
		}
	}
}
