package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// exit is one exit code: the table below makes the codes, their help, and the names in JSON.
type exit struct {
	code int
	name string
	when string
}

// The exit codes by the kind of failure.
var (
	exitDone        = exit{0, "done", "it worked"}
	exitFailed      = exit{1, "failed", "it failed for a reason that is not listed here"}
	exitInterrupted = exit{130, "interrupted", "it was interrupted (Ctrl-C)"}

	exits = map[sandbox.Kind]exit{
		sandbox.KindUsage:   {2, "usage", "the command line or a stack file is wrong"},
		sandbox.KindMissing: {3, "missing", "the machine lacks something: see bulwark doctor"},
		sandbox.KindBuild:   {4, "build", "a tool could not be built, downloaded or installed"},
		sandbox.KindDeploy:  {5, "deploy", "the engine ran, and the deployment failed"},
		sandbox.KindRefused: {6, "refused", "refused, to protect data"},
		sandbox.KindBusy:    {7, "busy", "another command is at work in this checkout"},
	}
	exitOrder = []sandbox.Kind{
		sandbox.KindUsage, sandbox.KindMissing, sandbox.KindBuild, sandbox.KindDeploy, sandbox.KindRefused, sandbox.KindBusy,
	}
)

func exitOf(err error) exit {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	if e, ok := exits[sandbox.KindOf(err)]; ok {
		return e
	}
	return exitFailed
}

// ExitCode is the code with which the process ends.
func ExitCode(err error) int { return exitOf(err).code }

// ExitHelp lists the exit codes, for the help of the root command.
func ExitHelp() string {
	var b strings.Builder
	line := func(e exit) { fmt.Fprintf(&b, "  %3d  %s\n", e.code, e.when) }
	line(exitDone)
	line(exitFailed)
	for _, kind := range exitOrder {
		line(exits[kind])
	}
	line(exitInterrupted)
	return b.String()
}

// PrintError shows an error once, with its remedies; as one JSON object when the command's results are JSON too.
func PrintError(w io.Writer, err error, asJSON bool) {
	if err == nil {
		return
	}
	e := exitOf(err)
	if asJSON {
		// Written as it is: messages are full of arrows and placeholders.
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		if encoder.Encode(map[string]any{
			"error": map[string]any{"kind": e.name, "message": err.Error(), "exitCode": e.code},
		}) == nil {
			return
		}
	}
	if e == exitInterrupted {
		fmt.Fprintln(w, "bulwark: interrupted; run the same command again to go on")
		return
	}
	fmt.Fprintln(w, "bulwark: "+err.Error())
}
