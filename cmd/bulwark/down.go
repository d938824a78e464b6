package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// downOptions are the flags of bulwark down.
type downOptions struct {
	stack   string
	discard bool
	json    bool
}

func newDownCommand(f *factory, runF func(context.Context, downOptions) error) *cobra.Command {
	var o downOptions
	cmd := &cobra.Command{
		Use:   "down",
		Short: "Destroy a stack, and stop the embedded AWS when nothing else uses it",
		Long: `Destroys a stack of the sandbox, and stops the embedded AWS when no other stack of the checkout is deployed there.

A permanent stack (bulwark:lifecycle: permanent) is refused before anything is done. Two ways lead on:
--discard throws the embedded AWS away with everything in it; or set bulwark:lifecycle: disposable in the stack's file,
run up, and then down.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.json = f.json
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return runDown(cmd.Context(), f, o)
		},
	}
	stackFlag(cmd, &o.stack)
	cmd.Flags().BoolVar(&o.discard, "discard", false, "throw the embedded AWS away with all stacks in it, permanent ones included")
	jsonFlag(cmd, f, "what was done")
	return cmd
}

func runDown(ctx context.Context, f *factory, o downOptions) error {
	var result *sandbox.DownResult
	if err := f.with(func(s session) (err error) {
		result, err = s.Down(ctx, sandbox.DownOptions{Stack: o.stack, Discard: o.discard})
		return err
	}); err != nil {
		return err
	}
	if o.json {
		return printJSON(f.streams.Out, result)
	}
	printDown(f.streams.Out, result)
	return nil
}

func printDown(w io.Writer, r *sandbox.DownResult) {
	var did []string
	switch {
	case r.Deleted > 0:
		did = append(did, fmt.Sprintf("stack %s is destroyed: %s deleted", r.Stack, count(r.Deleted, "resource")))
	case len(r.Discarded) > 0:
		did = append(did, "thrown away with the embedded AWS: "+strings.Join(r.Discarded, ", "))
	default:
		did = append(did, fmt.Sprintf("nothing of stack %s was deployed", r.Stack))
	}
	if r.Stopped {
		did = append(did, "the embedded AWS is stopped")
	}
	if len(r.Remaining) > 0 {
		did = append(did, "the embedded AWS goes on for "+strings.Join(r.Remaining, ", "))
	}
	text := strings.Join(did, "; ")
	fmt.Fprintf(w, "%s (%.0f s)\n", strings.ToUpper(text[:1])+text[1:], r.Seconds)
}
