package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDocsControlsIsFresh(t *testing.T) {
	path, err := target()
	require.NoError(t, err)
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	want, err := render()
	require.NoError(t, err)
	require.Equal(t, string(want), string(got), "docs/controls.md is older than the rules: make policy-lists")
}
