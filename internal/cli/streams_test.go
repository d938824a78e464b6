package cli

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSystemStreamsInAPipe: neither colours nor control characters get into a file.
func TestSystemStreamsInAPipe(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/out")
	require.NoError(t, err)
	out, errs := os.Stdout, os.Stderr
	t.Cleanup(func() {
		os.Stdout, os.Stderr = out, errs
		assert.NoError(t, file.Close())
	})
	os.Stdout, os.Stderr = file, file
	s := SystemStreams()
	assert.False(t, s.OutTTY)
	assert.False(t, s.ErrTTY)
	assert.False(t, s.Color)
	assert.Positive(t, s.Width)
}
