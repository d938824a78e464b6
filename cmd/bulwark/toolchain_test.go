package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

func TestToolchainFlags(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want toolchainOptions
	}{
		"none":        {nil, toolchainOptions{provider: "auto"}},
		"all of them": {[]string{"--provider", "source", "--print", "engine"}, toolchainOptions{provider: "source", print: "engine"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, optionsOf(t, newToolchainCommand, test.args...)) })
	}
}

func TestToolchainOutput(t *testing.T) {
	tools := sandbox.Toolchain{
		Engine: "/cache/pulumi", EngineVersion: "v3.259.0", Provider: "/cache/aws", ProviderVersion: "6.83.2",
		ProviderKind: sandbox.ProviderOfficial, Python: "/cache/python", Moto: "5.2.5",
	}
	for tool, want := range map[string]string{
		"engine": "/cache/pulumi\n", "provider": "/cache/aws\n", "python": "/cache/python\n",
	} {
		for _, terminal := range []bool{false, true} {
			b := newBench(terminal)
			b.session.tools = tools
			require.Equal(t, 0, b.run(t, "toolchain", "--print", tool))
			assert.Equal(t, want, b.out.String())
		}
	}

	b := newBench(false)
	b.session.tools = tools
	require.Equal(t, 0, b.run(t, "toolchain", "--provider", "official"))
	assert.Equal(t, []any{sandbox.ProviderOfficial}, b.session.asked)
	var got map[string]any
	require.NoError(t, json.Unmarshal(b.out.Bytes(), &got))
	assert.Equal(t, map[string]any{
		"engine": "/cache/pulumi", "engineVersion": "v3.259.0", "provider": "/cache/aws", "providerVersion": "6.83.2",
		"providerKind": "official", "python": "/cache/python", "moto": "5.2.5",
	}, got)
}
