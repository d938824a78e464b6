package main

import (
	"errors"
	"fmt"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

func TestBadCommandLines(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"a command misspelt": {[]string{"dwon"}, `bulwark: there is no command "dwon"
  -> did you mean down?
  -> bulwark --help lists the commands
`},
		"a command misspelt, with flags": {[]string{"upp", "--stack", "prod"}, `bulwark: there is no command "upp"
  -> did you mean up?
  -> bulwark --help lists the commands
`},
		"a command that is nothing like one": {[]string{"deploy"}, `bulwark: there is no command "deploy"
  -> bulwark --help lists the commands
`},
		"a flag misspelt": {[]string{"up", "--stak", "prod"}, `bulwark: unknown flag: --stak
  -> did you mean --stack?
  -> bulwark up --help lists the flags
`},
		"a flag of another command": {[]string{"status", "--discard"}, `bulwark: unknown flag: --discard
  -> bulwark status --help lists the flags
`},
		"a flag without its value": {[]string{"up", "--stack"}, `bulwark: flag needs an argument: --stack
  -> bulwark up --help lists the flags
`},
		"a short flag": {[]string{"up", "-x"}, `bulwark: unknown shorthand flag: 'x' in -x
  -> bulwark up --help lists the flags
`},
		"a flag without a command": {[]string{"--stack"}, `bulwark: unknown flag: --stack
  -> bulwark --help lists the flags
`},
		"the stack as an argument": {[]string{"down", "prod"}, `bulwark: bulwark down takes no arguments, got "prod"
  -> did you mean --stack prod?
  -> bulwark down --help lists the flags
`},
		"arguments where none belong": {[]string{"toolchain", "engine", "python"}, `bulwark: bulwark toolchain takes no arguments, got "engine python"
  -> bulwark toolchain --help lists the flags
`},
		"an unknown provider": {[]string{"up", "--provider", "fork"}, `bulwark: unknown provider "fork"
  -> auto: the official plugin when it is installed or can be downloaded, else the one from source
  -> official: the official plugin only
  -> source: built from checksummed Go modules
`},
		"an unknown tool": {[]string{"toolchain", "--print", "moto"}, `bulwark: there is no tool "moto"
  -> print one of engine, provider, python
`},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(false)
			assert.Equal(t, 2, b.run(t, test.args...))
			assert.Equal(t, test.want, b.errs.String())
			assert.Empty(t, b.out.String())
			assert.Empty(t, b.session.asked, "nothing may be done")
		})
	}
}

func TestErrorsOfTheSandbox(t *testing.T) {
	refused := &sandbox.Problem{Kind: sandbox.KindRefused, What: "stack prod is permanent", Fix: []string{"--discard"}}
	for _, command := range []string{"up", "down", "status", "toolchain"} {
		t.Run(command, func(t *testing.T) {
			b := newBench(false)
			b.session.err = refused
			assert.Equal(t, 6, b.run(t, command))
			assert.Contains(t, b.errs.String(), "bulwark: stack prod is permanent\n  -> --discard\n")
			assert.Empty(t, b.out.String(), "a failure has no result")
		})
	}
	for _, command := range []string{"up", "down", "status"} {
		t.Run(command+" in JSON", func(t *testing.T) {
			b := newBench(false)
			b.session.err = refused
			assert.Equal(t, 6, b.run(t, command, "--json"))
			assert.Contains(t, b.errs.String(), `{"error":{"exitCode":6,"kind":"refused","message":"stack prod is permanent\n  -> --discard"}}`)
			assert.Empty(t, b.out.String())
		})
	}
}

// TestOutsideACheckout: the sandbox cannot even be opened.
func TestOutsideACheckout(t *testing.T) {
	for _, command := range []string{"up", "down", "status", "doctor", "toolchain"} {
		b := newBench(false)
		b.open = func(sandbox.Reporter) (session, error) { return nil, errors.New("no checkout") }
		assert.Equal(t, 1, b.run(t, command), command)
		assert.Equal(t, "bulwark: no checkout\n", b.errs.String(), command)
	}
}

func TestHelp(t *testing.T) {
	b := newBench(false)
	assert.Equal(t, 0, b.run(t))
	bare := b.out.String()
	b.out.Reset()
	assert.Equal(t, 0, b.run(t, "--help"))
	assert.Equal(t, bare, b.out.String(), "without a command the help is shown")
	for _, want := range []string{"up", "down", "status", "doctor", "toolchain"} {
		assert.Regexp(t, regexp.MustCompile(`(?m)^  `+want+` +[A-Z]`), bare)
	}
	assert.Contains(t, bare, "    6  refused, to protect data\n")
	assert.Contains(t, bare, "AWS_ENDPOINT_URL")
	assert.Empty(t, b.errs.String())
}

// TestEveryCommandHasTheCommonFlags: what is the same in two commands is spelt the same.
func TestEveryCommandHasTheCommonFlags(t *testing.T) {
	flags := map[string]string{}
	for _, cmd := range newRoot(newBench(false).factory).Commands() {
		for _, name := range []string{"stack", "provider", "json"} {
			f := cmd.Flags().Lookup(name)
			if f == nil {
				continue
			}
			spelt := fmt.Sprintf("-%s --%s=%s", f.Shorthand, f.Name, f.DefValue)
			if known, ok := flags[name]; ok {
				assert.Equal(t, known, spelt, cmd.Name())
			}
			flags[name] = spelt
		}
	}
	require.Equal(t, map[string]string{
		"stack": "-s --stack=dev", "provider": "- --provider=auto", "json": "- --json=false",
	}, flags)
}
