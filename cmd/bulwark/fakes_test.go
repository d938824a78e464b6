package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/cli"
	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// fakeSession answers with what a test has put in, and keeps what it was asked.
type fakeSession struct {
	err    error
	up     *sandbox.UpResult
	down   *sandbox.DownResult
	status *sandbox.Status
	checks []sandbox.Check
	tools  sandbox.Toolchain

	report sandbox.Reporter
	asked  []any
}

func (f *fakeSession) Up(_ context.Context, o sandbox.UpOptions) (*sandbox.UpResult, error) {
	f.asked = append(f.asked, o)
	f.report(sandbox.Event{State: sandbox.Notice, Text: "a notice"})
	return f.up, f.err
}

func (f *fakeSession) Down(_ context.Context, o sandbox.DownOptions) (*sandbox.DownResult, error) {
	f.asked = append(f.asked, o)
	return f.down, f.err
}

func (f *fakeSession) Status(_ context.Context, stack string) (*sandbox.Status, error) {
	f.asked = append(f.asked, stack)
	return f.status, f.err
}

func (f *fakeSession) Doctor(_ context.Context, kind sandbox.ProviderKind) []sandbox.Check {
	f.asked = append(f.asked, kind)
	return f.checks
}

func (f *fakeSession) Toolchain(_ context.Context, kind sandbox.ProviderKind) (sandbox.Toolchain, error) {
	f.asked = append(f.asked, kind)
	return f.tools, f.err
}

// bench is a command line in which the sandbox is a fake.
type bench struct {
	*factory
	session   *fakeSession
	out, errs *bytes.Buffer
}

func newBench(terminal bool) *bench {
	b := &bench{session: &fakeSession{}}
	var streams cli.Streams
	streams, b.out, b.errs = cli.TestStreams(terminal)
	b.factory = &factory{
		streams: streams,
		open: func(report sandbox.Reporter) (session, error) {
			b.session.report = report
			return b.session, nil
		},
	}
	return b
}

// run runs a command line and returns its exit code.
func (b *bench) run(t *testing.T, args ...string) int {
	t.Helper()
	return run(t.Context(), b.factory, args)
}

// parse runs one command with flags only: the work is left to the command's runF.
func parse(t *testing.T, cmd *cobra.Command, args ...string) error {
	t.Helper()
	cmd.SetArgs(args)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	return cmd.ExecuteContext(t.Context())
}

// optionsOf returns the options that a command makes of flags.
func optionsOf[O any](t *testing.T, command func(*factory, func(context.Context, O) error) *cobra.Command, args ...string) O {
	t.Helper()
	var got O
	called := false
	cmd := command(newBench(false).factory, func(_ context.Context, o O) error {
		got, called = o, true
		return nil
	})
	require.NoError(t, parse(t, cmd, args...))
	require.True(t, called)
	return got
}
