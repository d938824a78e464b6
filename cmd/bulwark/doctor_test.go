package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

func TestDoctorFlags(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want doctorOptions
	}{
		"none":        {nil, doctorOptions{provider: "auto"}},
		"all of them": {[]string{"--provider", "official", "--json"}, doctorOptions{provider: "official", json: true}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, optionsOf(t, newDoctorCommand, test.args...)) })
	}
}

var checks = []sandbox.Check{
	{Name: "go", State: sandbox.CheckOK, Text: "go1.26.8, /usr/bin/go"},
	{Name: "git", State: sandbox.CheckWarn, Text: "not in PATH", Fix: []string{"install git"}},
	{Name: "engine", State: sandbox.CheckTodo, Text: "will be built"},
	{Name: "python", State: sandbox.CheckFailed, Text: "no Python in PATH", Fix: []string{"install one", "or name one"}},
}

func TestDoctorOutput(t *testing.T) {
	for _, terminal := range []bool{false, true} {
		b := newBench(terminal)
		b.session.checks = checks
		assert.Equal(t, 3, b.run(t, "doctor", "--provider", "source"))
		assert.Equal(t, []any{sandbox.ProviderSource}, b.session.asked)
		assert.Equal(t, `ok      go        go1.26.8, /usr/bin/go
warn    git       not in PATH
                  -> install git
todo    engine    will be built
failed  python    no Python in PATH
                  -> install one
                  -> or name one
`, b.out.String())
		assert.Contains(t, b.errs.String(), "bulwark: 1 check failed\n")
	}

	b := newBench(false)
	b.session.checks = checks[:3]
	assert.Equal(t, 0, b.run(t, "doctor"), "what is only to be made, or can be done without, is no failure")
	assert.Empty(t, b.errs.String())

	b.session.checks = []sandbox.Check{checks[3], checks[3]}
	assert.Equal(t, 3, b.run(t, "doctor"))
	assert.Contains(t, b.errs.String(), "2 checks failed")
}

func TestDoctorJSON(t *testing.T) {
	b := newBench(false)
	b.session.checks = checks
	assert.Equal(t, 3, b.run(t, "doctor", "--json"))
	var got []map[string]any
	require.NoError(t, json.Unmarshal(b.out.Bytes(), &got), "the checks are the result, whatever came of them")
	require.Len(t, got, 4)
	assert.Equal(t, map[string]any{"name": "go", "state": "ok", "text": "go1.26.8, /usr/bin/go"}, got[0])
	assert.Equal(t, map[string]any{
		"name": "python", "state": "failed", "text": "no Python in PATH", "fix": []any{"install one", "or name one"},
	}, got[3])
	assert.JSONEq(t, `{"error":{"exitCode":3,"kind":"missing","message":"1 check failed"}}`, b.errs.String())
}
