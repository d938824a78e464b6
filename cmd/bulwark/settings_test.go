package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/cli"
)

// TestUpTellsWrongSettingsFirst runs the command line as it is, on a copy of the project's own stack files, on a machine
// on which nothing can be built.
func TestUpTellsWrongSettingsFirst(t *testing.T) {
	root := t.TempDir()
	write := func(path, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(root, path)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, path), []byte(text), 0o644))
	}
	stacks := map[string]string{}
	for _, name := range []string{"Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"} {
		raw, err := os.ReadFile(filepath.Join("..", "..", name))
		require.NoError(t, err)
		stacks[name] = string(raw)
		write(name, string(raw))
	}
	write("sandbox/engine/go.mod", "module engine\n")
	t.Chdir(root)
	t.Setenv("PATH", root)
	t.Setenv("BULWARK_CACHE", filepath.Join(root, "cache"))
	t.Setenv("AWS_ENDPOINT_URL", "")
	up := func(stack string) (code int, said string) {
		streams, out, errs := cli.TestStreams(false)
		code = run(t.Context(), newFactory(streams), []string{"up", "--stack", stack})
		assert.Empty(t, out.String())
		return code, errs.String()
	}

	for _, stack := range []string{"dev", "prod"} {
		code, said := up(stack)
		assert.Equal(t, 3, code, "the settings are good, and Go is missing: %s", said)
		assert.Contains(t, said, "no go command in PATH")
	}

	dev := stacks["Pulumi.dev.yaml"]
	for _, change := range []struct{ from, to string }{
		{"  bulwark:owner: platform@acme.example\n", ""},
		{"bulwark:lifecycle:", "bulwark:lifecyle:"},
		{"bulwark:logRetentionDays: 90", "bulwark:logRetentionDays: ninety"},
	} {
		require.Contains(t, dev, change.from)
		dev = strings.Replace(dev, change.from, change.to, 1)
	}
	write("Pulumi.dev.yaml", dev)
	code, said := up("dev")
	assert.Equal(t, 2, code)
	for _, want := range []string{
		"Pulumi.dev.yaml: there is no setting bulwark:lifecyle\n  -> did you mean bulwark:lifecycle?\n",
		"  - bulwark:owner: missing: ",
		"  - bulwark:logRetentionDays: \"ninety\": expected a whole number",
	} {
		assert.Contains(t, said, want)
	}
	assert.NotContains(t, said, "no go command")
}
