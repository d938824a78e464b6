package main

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

func TestStatusFlags(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want statusOptions
	}{
		"none":        {nil, statusOptions{stack: "dev"}},
		"all of them": {[]string{"--stack=prod", "--json"}, statusOptions{stack: "prod", json: true}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, optionsOf(t, newStatusCommand, test.args...)) })
	}
}

func TestStatusAsksTheSandbox(t *testing.T) {
	b := newBench(false)
	b.session.status = &sandbox.Status{}
	require.Equal(t, 0, b.run(t, "status", "-s", "prod"))
	assert.Equal(t, []any{"prod"}, b.session.asked)
}

func running() *sandbox.Status {
	at := time.Date(2026, 11, 24, 12, 0, 0, 0, time.Local)
	return &sandbox.Status{
		Endpoint: "http://127.0.0.1:23456", Embedded: true, Region: "eu-west-1", Account: "123456789012", Stack: "dev",
		Stacks:  []sandbox.StackStatus{{Name: "dev", Resources: 1}, {Name: "prod", Resources: 4, Interrupted: true}},
		Running: true, Instance: "a-b", PID: 4242, Started: &at, Engine: "v3.259.0", Moto: "5.2.5",
		Provider: sandbox.ProviderStatus{Kind: sandbox.ProviderSource, Version: "6.83.2"},
		Paths: sandbox.Paths{
			State: "/c/state", Log: "/c/emulator.log", EngineLog: "/c/engine.log", PolicyRecord: "/c/policy.jsonl", Cache: "/cache",
			Engine: "/cache/pulumi", Provider: "/cache/aws", Python: "/cache/python",
		},
	}
}

func TestStatusOutput(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*sandbox.Status)
		want   string
	}{
		"running": {func(*sandbox.Status) {}, `endpoint  http://127.0.0.1:23456 (embedded AWS), region eu-west-1, account 123456789012
emulator  moto 5.2.5, process 4242, since 2026-11-24 12:00:00
stacks    dev (1 resource), prod (4 resources, interrupted: make up puts it in order)
engine    pulumi v3.259.0, /cache/pulumi
provider  source AWS provider v6.83.2, /cache/aws
state     /c/state
log       /c/emulator.log
cache     /cache
`},
		"nothing": {func(st *sandbox.Status) {
			*st = sandbox.Status{Embedded: true, Region: "eu-west-1", Paths: sandbox.Paths{State: "/c/state", Log: "/c/emulator.log", Cache: "/cache"}}
		}, `emulator  does not run; make up starts it
stacks    none deployed
engine    not there yet
provider  not there yet
state     /c/state
log       /c/emulator.log
cache     /cache
`},
		"an endpoint of the user's": {func(st *sandbox.Status) {
			st.Embedded, st.Endpoint, st.Stacks = false, "http://localhost:4566", nil
		}, `endpoint  http://localhost:4566 (AWS_ENDPOINT_URL), region eu-west-1
stacks    none deployed
engine    pulumi v3.259.0, /cache/pulumi
provider  source AWS provider v6.83.2, /cache/aws
state     /c/state
log       /c/emulator.log
cache     /cache
`},
		"one that does not answer": {func(st *sandbox.Status) {
			st.Embedded, st.Running, st.Endpoint, st.Stacks = false, false, "http://localhost:4566", nil
		}, `endpoint  http://localhost:4566 (AWS_ENDPOINT_URL) does not answer
stacks    none deployed
engine    pulumi v3.259.0, /cache/pulumi
provider  source AWS provider v6.83.2, /cache/aws
state     /c/state
log       /c/emulator.log
cache     /cache
`},
	} {
		t.Run(name, func(t *testing.T) {
			for _, terminal := range []bool{false, true} {
				b := newBench(terminal)
				b.session.status = running()
				test.change(b.session.status)
				require.Equal(t, 0, b.run(t, "status"))
				assert.Equal(t, test.want, b.out.String())
			}
		})
	}
}

// TestStatusJSON fixes the names that scripts read, and that they are there when nothing runs.
func TestStatusJSON(t *testing.T) {
	decode := func(st *sandbox.Status) map[string]any {
		b := newBench(false)
		b.session.status = st
		require.Equal(t, 0, b.run(t, "status", "--json"))
		var got map[string]any
		require.NoError(t, json.Unmarshal(b.out.Bytes(), &got))
		return got
	}
	got := decode(running())
	assert.Equal(t, "http://127.0.0.1:23456", got["endpoint"])
	assert.Equal(t, true, got["running"])
	assert.Equal(t, 4242.0, got["pid"])
	assert.Equal(t, []any{
		map[string]any{"name": "dev", "resources": 1.0},
		map[string]any{"name": "prod", "resources": 4.0, "interrupted": true},
	}, got["stacks"])
	assert.Equal(t, map[string]any{"kind": "source", "version": "6.83.2"}, got["provider"])
	assert.Equal(t, map[string]any{
		"state": "/c/state", "log": "/c/emulator.log", "engineLog": "/c/engine.log", "cache": "/cache",
		"engine": "/cache/pulumi", "provider": "/cache/aws", "python": "/cache/python", "policyRecord": "/c/policy.jsonl",
	}, got["paths"])

	bare := decode(&sandbox.Status{Stacks: []sandbox.StackStatus{}})
	assert.Equal(t, []any{}, bare["stacks"], "a list, not null")
	delete(got, "started") // the one that is only there when something runs
	assert.ElementsMatch(t, slices.Collect(maps.Keys(got)), slices.Collect(maps.Keys(bare)))
}
