package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// statusOptions are the flags of bulwark status.
type statusOptions struct {
	stack string
	json  bool
}

func newStatusCommand(f *factory, runF func(context.Context, statusOptions) error) *cobra.Command {
	var o statusOptions
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Tell what runs, and where everything is",
		Long: `Tells what runs in this checkout's sandbox: endpoint, region, stacks, versions, paths. It changes nothing, and works
when nothing runs.

For scripts: bulwark status --json has "running" (true or false), "endpoint", "region", "account", "stacks", "paths" ...`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.json = f.json
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return runStatus(cmd.Context(), f, o)
		},
	}
	stackFlag(cmd, &o.stack)
	jsonFlag(cmd, f, "it")
	return cmd
}

func runStatus(ctx context.Context, f *factory, o statusOptions) error {
	var status *sandbox.Status
	if err := f.with(func(s session) (err error) {
		status, err = s.Status(ctx, o.stack)
		return err
	}); err != nil {
		return err
	}
	if o.json {
		return printJSON(f.streams.Out, status)
	}
	printStatus(f.streams.Out, status)
	return nil
}

func printStatus(w io.Writer, st *sandbox.Status) {
	line := func(name, format string, args ...any) {
		fmt.Fprintf(w, "%-9s %s\n", name, fmt.Sprintf(format, args...))
	}
	switch {
	case !st.Embedded && st.Running:
		line("endpoint", "%s (AWS_ENDPOINT_URL), region %s", st.Endpoint, st.Region)
	case !st.Embedded:
		line("endpoint", "%s (AWS_ENDPOINT_URL) does not answer", st.Endpoint)
	case st.Running:
		line("endpoint", "%s (embedded AWS), region %s, account %s", st.Endpoint, st.Region, st.Account)
		since := ""
		if st.Started != nil {
			since = ", since " + st.Started.Local().Format(time.DateTime)
		}
		line("emulator", "moto %s, process %d%s", st.Moto, st.PID, since)
	default:
		line("emulator", "does not run; make up starts it")
	}
	var stacks []string
	for _, s := range st.Stacks {
		text := count(s.Resources, "resource")
		if s.Interrupted {
			text += ", interrupted: make up puts it in order"
		}
		stacks = append(stacks, fmt.Sprintf("%s (%s)", s.Name, text))
	}
	if len(stacks) == 0 {
		stacks = []string{"none deployed"}
	}
	line("stacks", "%s", strings.Join(stacks, ", "))
	if st.Engine == "" {
		line("engine", "not there yet")
	} else {
		line("engine", "pulumi %s, %s", st.Engine, st.Paths.Engine)
	}
	if st.Provider.Kind == "" {
		line("provider", "not there yet")
	} else {
		line("provider", "%s AWS provider v%s, %s", st.Provider.Kind, st.Provider.Version, st.Paths.Provider)
	}
	line("state", "%s", st.Paths.State)
	line("log", "%s", st.Paths.Log)
	line("cache", "%s", st.Paths.Cache)
}
