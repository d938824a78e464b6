package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/bulwark-iac/bulwark/internal/cli"
	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// upOptions are the flags of bulwark up.
type upOptions struct {
	stack    string
	provider string
	json     bool
}

func newUpCommand(f *factory, runF func(context.Context, upOptions) error) *cobra.Command {
	var o upOptions
	cmd := &cobra.Command{
		Use:   "up",
		Short: "Deploy a stack on the embedded AWS",
		Long: `Deploys a stack in the sandbox: finds, downloads or builds the Pulumi engine and the AWS provider, starts the
embedded AWS, and deploys. A second run skips what is there, and takes up whatever an earlier one left unfinished.

With AWS_ENDPOINT_URL set, that endpoint is used and nothing is started.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.json = f.json
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return runUp(cmd.Context(), f, o)
		},
	}
	stackFlag(cmd, &o.stack)
	providerFlag(cmd, &o.provider)
	jsonFlag(cmd, f, "what was deployed")
	return cmd
}

func runUp(ctx context.Context, f *factory, o upOptions) error {
	kind, err := sandbox.ParseProviderKind(o.provider)
	if err != nil {
		return err
	}
	var result *sandbox.UpResult
	if err := f.with(func(s session) (err error) {
		result, err = s.Up(ctx, sandbox.UpOptions{Stack: o.stack, Provider: kind})
		return err
	}); err != nil {
		return err
	}
	if o.json {
		return printJSON(f.streams.Out, result)
	}
	printUp(f.streams, result)
	return nil
}

func printJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// marks are what stands before a changed resource, and the colour of it on a terminal.
var marks = map[sandbox.Op]struct{ mark, color string }{
	sandbox.Created:  {"+", "\x1b[32m"},
	sandbox.Updated:  {"~", "\x1b[33m"},
	sandbox.Replaced: {"±", "\x1b[35m"},
	sandbox.Deleted:  {"-", "\x1b[31m"},
}

func printUp(s cli.Streams, r *sandbox.UpResult) {
	w := s.Out
	var counts []string
	for _, c := range []struct {
		n  int
		op sandbox.Op
	}{{r.Created, sandbox.Created}, {r.Updated, sandbox.Updated}, {r.Replaced, sandbox.Replaced}, {r.Deleted, sandbox.Deleted}} {
		if c.n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", c.n, c.op))
		}
	}
	if len(counts) == 0 {
		counts = []string{"no changes"}
	}
	fmt.Fprintf(w, "\nStack %s is up: %s, %s in all (%.0f s)\n", r.Stack, strings.Join(counts, ", "), count(r.Total, "resource"), r.Seconds)
	printChanges(s, r.Changes)
	printOutputs(w, r.Outputs)
	if len(r.Unemulated) > 0 {
		fmt.Fprintln(w, "\nNot emulated")
		for _, u := range r.Unemulated {
			fmt.Fprintf(w, "  %s\n", u)
		}
	}
	printAdvisories(w, r)
	if len(r.Warnings) > 0 {
		fmt.Fprintln(w, "\nWarnings")
		for _, warning := range r.Warnings {
			fmt.Fprintln(w, "  "+strings.ReplaceAll(warning, "\n", "\n  "))
		}
	}
	fmt.Fprintln(w, "\nWhere to look")
	where := "AWS_ENDPOINT_URL"
	if r.Embedded {
		where = "embedded AWS"
	}
	fmt.Fprintf(w, "  endpoint  %s (%s), region %s\n", r.Endpoint, where, r.Region)
	credentials := ""
	if r.Embedded {
		credentials = "AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test "
	}
	fmt.Fprintf(w, "  try       %saws --endpoint-url %s --region %s s3 ls\n", credentials, r.Endpoint, r.Region)
	if r.Embedded {
		fmt.Fprintf(w, "  log       %s\n", r.Paths.Log)
	}
	fmt.Fprintf(w, "  engine    %s\n", r.Paths.EngineLog)
	fmt.Fprintf(w, "  state     %s\n", r.Paths.State)
	suffix := ""
	if r.Stack != "dev" {
		suffix = " STACK=" + r.Stack
	}
	fmt.Fprintf(w, "  next      make status%s, make down%s\n", suffix, suffix)
}

// maxAdvisories keeps what the policies advise on one screen; the report has everything.
const maxAdvisories = 12

func printAdvisories(w io.Writer, r *sandbox.UpResult) {
	if len(r.Advisories) == 0 {
		return
	}
	fmt.Fprintln(w, "\nPolicies advise")
	for i, a := range r.Advisories {
		if i == maxAdvisories {
			fmt.Fprintf(w, "  and %d more\n", len(r.Advisories)-maxAdvisories)
			break
		}
		message, _, _ := strings.Cut(a.Message, "\n")
		fmt.Fprintf(w, "  %s: %s\n", a.Policy, message)
	}
	fmt.Fprintf(w, "  all of it: bin/bulwark policy report %s\n", r.Paths.PolicyRecord)
}

func printChanges(s cli.Streams, changes []sandbox.Change) {
	width := 0
	for _, c := range changes {
		width = max(width, len(sandbox.ShortType(c.Type)))
	}
	for i, c := range changes {
		if i == 0 {
			fmt.Fprintln(s.Out)
		}
		m := marks[c.Op]
		if s.Color {
			m.mark = m.color + m.mark + "\x1b[0m"
		}
		fmt.Fprintf(s.Out, "  %s %-*s  %s", m.mark, width, sandbox.ShortType(c.Type), c.Name)
		if len(c.Properties) > 0 {
			var paths []string
			for _, p := range c.Properties {
				paths = append(paths, p.Path)
			}
			fmt.Fprintf(s.Out, " (%s)", strings.Join(paths, ", "))
		}
		fmt.Fprintln(s.Out)
	}
}

func printOutputs(w io.Writer, outputs map[string]sandbox.Output) {
	if len(outputs) == 0 {
		return
	}
	var names []string
	width := 0
	for name := range outputs {
		names = append(names, name)
		width = max(width, len(name))
	}
	slices.Sort(names)
	fmt.Fprintln(w, "\nOutputs")
	for _, name := range names {
		fmt.Fprintf(w, "  %-*s  %s\n", width, name, showOutput(outputs[name]))
	}
}

// showOutput shows text as it is, and everything else as JSON.
func showOutput(o sandbox.Output) string {
	if o.Secret {
		return "[secret]"
	}
	if text, ok := o.Value.(string); ok {
		return text
	}
	raw, err := json.Marshal(o.Value)
	if err != nil {
		return fmt.Sprint(o.Value)
	}
	return string(raw)
}
