package sandbox

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEngineInPath(t *testing.T) {
	for said, taken := range map[string]bool{
		"v3.259.0":               true,
		"v3.300.1":               true,
		"v3.258.9":               false,
		"v3.99.0":                false,
		"v3.259.0-alpha.1234":    false, // older than the release
		"v3.260.0-dev.0":         true,
		"v4.0.0":                 false, // what a next major version changes nobody knows
		"3.300.0":                false,
		"":                       false,
		"warning: out of date\n": false,
	} {
		t.Run(said, func(t *testing.T) {
			b := newToolBench(t)
			b.withEngine(said)
			path, version, ok := b.tools(t).findEngine(t.Context())
			assert.Equal(t, taken, ok)
			if taken {
				assert.Equal(t, "/usr/bin/pulumi", path)
				assert.Equal(t, said, version)
			}
			_, err := EnsureToolchain(t.Context(), b.options)
			require.NoError(t, err)
			assert.Equal(t, !taken, b.count("go build") == 1, "built only when there is none")
		})
	}
}

func TestEngineThatDoesNotRun(t *testing.T) {
	b := newToolBench(t)
	b.programs["pulumi"] = fails(1, "cannot execute binary file")
	tools, err := EnsureToolchain(t.Context(), b.options)
	require.NoError(t, err)
	assert.NotEqual(t, "/usr/bin/pulumi", tools.Engine)
	assert.FileExists(t, tools.Engine)
}
