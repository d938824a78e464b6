package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNamesThatCannotBe(t *testing.T) {
	for _, name := range []string{"", "queue", "Queue/Queue", "queue/queue", "queue/Queue/More", "../Queue", "queue/Qu-eue"} {
		_, err := parse(name, "6.0.0")
		require.ErrorContains(t, err, "expected a package and a type in it, such as queue/Queue", name)
	}
	c, err := parse("queue/WorkQueue", "6.0.0")
	require.NoError(t, err)
	assert.Equal(t, component{Package: "queue", Type: "WorkQueue", File: "workqueue", Words: "work queue", Variable: "workQueue", AWSVersion: "6.0.0"}, c)
}

// What is there already is not touched. That a new component builds, conforms and is served is tested in provider/.
func TestAnExistingPackage(t *testing.T) {
	root := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(root, "components", "queue"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(root, "go.mod"), []byte("require github.com/pulumi/pulumi-aws/sdk/v6 v6.0.0\n"), 0o644))
	var out bytes.Buffer
	require.ErrorContains(t, begin(root, "queue/Queue", &out), "components/queue exists already; fix: choose another package")
	entries, err := os.ReadDir(filepath.Join(root, "components", "queue"))
	require.NoError(t, err)
	assert.Empty(t, entries)
	assert.Empty(t, out.String())
}

func TestInsert(t *testing.T) {
	const list = "before\n- a\n- c\nafter\n"
	for line, want := range map[string]string{
		"- 0": "before\n- 0\n- a\n- c\nafter\n", "- b": "before\n- a\n- b\n- c\nafter\n", "- d": "before\n- a\n- c\n- d\nafter\n",
	} {
		got, err := insert(list, "- ", line)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	_, err := insert("nothing", "- ", "- a")
	require.ErrorContains(t, err, "no line begins with -")
}
