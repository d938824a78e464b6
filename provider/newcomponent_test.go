package provider

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What `make new-component` writes builds, passes the suite of components, can be deployed in the sandbox, and is served
// to other languages, all without a line added by hand.
func TestANewComponentIsWhole(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"components", "internal", "provider"} {
		require.NoError(t, os.CopyFS(filepath.Join(root, dir), os.DirFS(filepath.Join("..", dir))))
	}
	for _, file := range []string{"go.mod", "go.sum", "README.md", "CHANGELOG.md"} {
		text, err := os.ReadFile(filepath.Join("..", file))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(root, file), text, 0o644))
	}
	run := func(dir string, args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir = filepath.Join(root, dir)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "go %v: %s", args, out)
		return string(out)
	}

	said := run(".", "run", "./internal/newcomponent", "jobs/JobQueue")
	assert.Contains(t, said, "components/jobs is there. Left to do:")
	run(".", "test", "./components/jobs", "-update")
	run(".", "test", "-count=1", "./components/jobs")
	run(".", "vet", "-tags", "sandbox", "./components/jobs")
	run("provider", "test", ".", "-run", "^TestSchema$", "-update")
	run("provider", "test", "-count=1", ".", "-run", "^(TestSchema|TestConstruct)$")

	schema, err := os.ReadFile(filepath.Join(root, "provider", "schema.json"))
	require.NoError(t, err)
	assert.Contains(t, string(schema), `"bulwark:jobs:JobQueue"`)
	for _, list := range []string{"README.md", "CHANGELOG.md"} {
		text, err := os.ReadFile(filepath.Join(root, list))
		require.NoError(t, err)
		assert.Contains(t, string(text), "components/jobs", list)
	}
}
