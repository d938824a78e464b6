package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

func TestDownFlags(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want downOptions
	}{
		"none":        {nil, downOptions{stack: "dev"}},
		"all of them": {[]string{"-s", "prod", "--discard", "--json"}, downOptions{stack: "prod", discard: true, json: true}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, optionsOf(t, newDownCommand, test.args...)) })
	}
}

func TestDownAsksTheSandbox(t *testing.T) {
	b := newBench(false)
	b.session.down = &sandbox.DownResult{}
	require.Equal(t, 0, b.run(t, "down", "--stack", "prod", "--discard"))
	assert.Equal(t, []any{sandbox.DownOptions{Stack: "prod", Discard: true}}, b.session.asked)
}

func TestDownOutput(t *testing.T) {
	for name, test := range map[string]struct {
		result sandbox.DownResult
		want   string
	}{
		"the last stack": {
			sandbox.DownResult{Stack: "dev", Deleted: 12, Stopped: true, Seconds: 3.2},
			"Stack dev is destroyed: 12 resources deleted; the embedded AWS is stopped (3 s)\n",
		},
		"others remain": {
			sandbox.DownResult{Stack: "dev", Deleted: 1, Remaining: []string{"prod", "test"}},
			"Stack dev is destroyed: 1 resource deleted; the embedded AWS goes on for prod, test (0 s)\n",
		},
		"discarded": {
			sandbox.DownResult{Stack: "prod", Discarded: []string{"dev", "prod"}, Stopped: true},
			"Thrown away with the embedded AWS: dev, prod; the embedded AWS is stopped (0 s)\n",
		},
		"nothing there": {
			sandbox.DownResult{Stack: "dev"},
			"Nothing of stack dev was deployed (0 s)\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, terminal := range []bool{false, true} {
				b := newBench(terminal)
				b.session.down = &test.result
				require.Equal(t, 0, b.run(t, "down"))
				assert.Equal(t, test.want, b.out.String())
			}
		})
	}
}

func TestDownJSON(t *testing.T) {
	b := newBench(false)
	b.session.down = &sandbox.DownResult{Stack: "dev", Deleted: 2, Remaining: []string{"prod"}, Seconds: 1.5}
	require.Equal(t, 0, b.run(t, "down", "--json"))
	var got map[string]any
	require.NoError(t, json.Unmarshal(b.out.Bytes(), &got))
	assert.Equal(t, map[string]any{
		"stack": "dev", "deleted": 2.0, "stopped": false, "remaining": []any{"prod"}, "seconds": 1.5,
	}, got)
}
