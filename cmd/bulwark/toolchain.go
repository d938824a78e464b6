package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// toolchainOptions are the flags of bulwark toolchain.
type toolchainOptions struct {
	provider string
	print    string
}

func newToolchainCommand(f *factory, runF func(context.Context, toolchainOptions) error) *cobra.Command {
	var o toolchainOptions
	cmd := &cobra.Command{
		Use:   "toolchain",
		Short: "Find, download or build the tools of the sandbox, and print where they are",
		Long: `Makes sure that the Pulumi engine, the AWS provider and the emulator's Python environment are there, and prints their
paths and versions as JSON. The sandbox tests need it to have run; they only look.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return runToolchain(cmd.Context(), f, o)
		},
	}
	providerFlag(cmd, &o.provider)
	cmd.Flags().StringVar(&o.print, "print", "", "print only the path of one `tool`: engine, provider or python")
	return cmd
}

func runToolchain(ctx context.Context, f *factory, o toolchainOptions) error {
	kind, err := sandbox.ParseProviderKind(o.provider)
	if err != nil {
		return err
	}
	path, ok := toolPaths[o.print]
	if !ok && o.print != "" {
		return &sandbox.Problem{
			Kind: sandbox.KindUsage, What: fmt.Sprintf("there is no tool %q", o.print),
			Fix: []string{"print one of engine, provider, python"},
		}
	}
	var tools sandbox.Toolchain
	if err := f.with(func(s session) (err error) {
		tools, err = s.Toolchain(ctx, kind)
		return err
	}); err != nil {
		return err
	}
	if o.print != "" {
		_, err = fmt.Fprintln(f.streams.Out, path(tools))
		return err
	}
	return printJSON(f.streams.Out, tools)
}

// toolPaths are the tools that --print knows.
var toolPaths = map[string]func(sandbox.Toolchain) string{
	"engine":   func(t sandbox.Toolchain) string { return t.Engine },
	"provider": func(t sandbox.Toolchain) string { return t.Provider },
	"python":   func(t sandbox.Toolchain) string { return t.Python },
}
