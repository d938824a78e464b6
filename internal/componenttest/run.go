package componenttest

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"
)

// Update runs the program as pulumi up would, and returns what it registered and its error.
func Update(program pulumi.RunFunc) (*Recorder, error) { return run(program, false) }

// Preview runs the program as pulumi preview of a new stack would: nothing that AWS decides is known.
func Preview(program pulumi.RunFunc) (*Recorder, error) { return run(program, true) }

func run(program pulumi.RunFunc, dryRun bool) (*Recorder, error) {
	recorder := &Recorder{DryRun: dryRun}
	err := pulumi.RunErr(program, pulumi.WithMocks(Project, Stack, recorder), func(info *pulumi.RunInfo) { info.DryRun = dryRun })
	return recorder, err
}

// Run runs the program as an update, and fails the test if it does not succeed.
func Run(t testing.TB, program pulumi.RunFunc) *Recorder {
	t.Helper()
	recorder, err := Update(program)
	require.NoError(t, err)
	return recorder
}

// UnknownString is a text that only an update would know. Use it in programs that run as previews.
func UnknownString() pulumi.StringOutput {
	return pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
}
