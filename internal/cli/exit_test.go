package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

func TestExitCode(t *testing.T) {
	problem := func(kind sandbox.Kind) error { return &sandbox.Problem{Kind: kind, What: "wrong"} }
	for name, test := range map[string]struct {
		err  error
		want int
	}{
		"nothing":                   {nil, 0},
		"anything":                  {errors.New("surprise"), 1},
		"a problem of no kind":      {problem(sandbox.KindOther), 1},
		"usage":                     {problem(sandbox.KindUsage), 2},
		"missing":                   {problem(sandbox.KindMissing), 3},
		"build":                     {problem(sandbox.KindBuild), 4},
		"deploy":                    {problem(sandbox.KindDeploy), 5},
		"refused":                   {problem(sandbox.KindRefused), 6},
		"busy":                      {problem(sandbox.KindBusy), 7},
		"wrapped":                   {fmt.Errorf("while: %w", problem(sandbox.KindBuild)), 4},
		"the first of several":      {errors.Join(problem(sandbox.KindDeploy), problem(sandbox.KindBuild)), 5},
		"interrupted":               {fmt.Errorf("while: %w", context.Canceled), 130},
		"a problem by interrupting": {&sandbox.Problem{Kind: sandbox.KindDeploy, Err: context.Canceled}, 130},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, ExitCode(test.err)) })
	}
}

// TestExitTable holds the one table to what it is for: each kind has a code of its own, and the help names each code.
func TestExitTable(t *testing.T) {
	help := ExitHelp()
	codes := map[int]string{}
	for kind := sandbox.KindUsage; kind <= sandbox.KindBusy; kind++ {
		e, ok := exits[kind]
		require.True(t, ok, "kind %d has no exit code", kind)
		assert.NotContains(t, codes, e.code, "%s", e.name)
		codes[e.code] = e.name
		assert.Contains(t, help, fmt.Sprintf("  %3d  %s\n", e.code, e.when))
	}
	assert.Len(t, exits, len(codes), "a code for a kind that does not exist")
	assert.Equal(t, len(codes)+3, strings.Count(help, "\n"), "done, failed and interrupted stand there too, and nothing twice")
	for _, e := range []exit{exitDone, exitFailed, exitInterrupted} {
		assert.Contains(t, help, fmt.Sprintf("  %3d  %s\n", e.code, e.when))
	}
}

func TestPrintError(t *testing.T) {
	problem := &sandbox.Problem{Kind: sandbox.KindMissing, What: "no <Python> in PATH", Fix: []string{"install Python", "or another"}}
	printed := func(err error, asJSON bool) string {
		var b bytes.Buffer
		PrintError(&b, err, asJSON)
		return b.String()
	}
	assert.Empty(t, printed(nil, false))
	assert.Empty(t, printed(nil, true))
	assert.Equal(t, "bulwark: no <Python> in PATH\n  -> install Python\n  -> or another\n", printed(problem, false))
	assert.Equal(t, "bulwark: interrupted; run the same command again to go on\n", printed(context.Canceled, false))

	text := printed(problem, true)
	assert.Equal(t, 1, strings.Count(text, "\n"), "one line a result")
	assert.Contains(t, text, "no <Python> in PATH", "written as it is")
	var got struct {
		Error struct {
			Kind, Message string
			ExitCode      int
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text), &got))
	assert.Equal(t, "missing", got.Error.Kind)
	assert.Equal(t, problem.Error(), got.Error.Message)
	assert.Equal(t, 3, got.Error.ExitCode)

	require.NoError(t, json.Unmarshal([]byte(printed(context.Canceled, true)), &got))
	assert.Equal(t, "interrupted", got.Error.Kind)
	assert.Equal(t, 130, got.Error.ExitCode)
}
