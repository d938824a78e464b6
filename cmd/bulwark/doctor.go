package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// doctorOptions are the flags of bulwark doctor.
type doctorOptions struct {
	provider string
	json     bool
}

func newDoctorCommand(f *factory, runF func(context.Context, doctorOptions) error) *cobra.Command {
	var o doctorOptions
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check everything that up needs",
		Long: `Checks what up needs, all of it at once, and says how to fix what is missing. up runs the same checks.

ok: fine; todo: the next up makes it; warn: up does without; failed: up would stop here.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.json = f.json
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return runDoctor(cmd.Context(), f, o)
		},
	}
	providerFlag(cmd, &o.provider)
	jsonFlag(cmd, f, "the checks")
	return cmd
}

func runDoctor(ctx context.Context, f *factory, o doctorOptions) error {
	kind, err := sandbox.ParseProviderKind(o.provider)
	if err != nil {
		return err
	}
	var checks []sandbox.Check
	if err := f.with(func(s session) error {
		checks = s.Doctor(ctx, kind)
		return nil
	}); err != nil {
		return err
	}
	failed := 0
	for _, c := range checks {
		if c.State == sandbox.CheckFailed {
			failed++
		}
		if o.json {
			continue
		}
		fmt.Fprintf(f.streams.Out, "%-6s  %-9s %s\n", c.State, c.Name, c.Text)
		for _, fix := range c.Fix {
			fmt.Fprintf(f.streams.Out, "%18s-> %s\n", "", fix)
		}
	}
	if o.json {
		if err := printJSON(f.streams.Out, checks); err != nil {
			return err
		}
	}
	if failed > 0 {
		return &sandbox.Problem{Kind: sandbox.KindMissing, What: count(failed, "check") + " failed"}
	}
	return nil
}
