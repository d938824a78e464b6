package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDocsAreFresh(t *testing.T) {
	docs, err := target()
	require.NoError(t, err)
	pages, err := render(docs)
	require.NoError(t, err)
	for name, want := range pages {
		got, err := os.ReadFile(filepath.Join(docs, name))
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), "docs/%s is older than the rules: make policy-lists", name)
	}
}
