package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/catalogue"
	"github.com/bulwark-iac/bulwark/policy/report"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules"
)

func newPolicyCommand(f *factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "policy",
		Short: "Tell about the policy pack, and report what it found",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return among("bulwark policy", args[0], []string{"list", "explain", "report", "test"})
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newPolicyListCommand(f), newPolicyExplainCommand(f), newPolicyReportCommand(f), newPolicyTestCommand(f))
	return cmd
}

// style is how results are shown: wrapped and coloured on a terminal only.
func (f *factory) style() report.Style {
	style := report.Style{Color: f.streams.Color}
	if f.streams.OutTTY {
		style.Width = f.streams.Width
	}
	return style
}

// policyListOptions are the flags of bulwark policy list.
type policyListOptions struct {
	domain, severity, profile string
}

func newPolicyListCommand(f *factory) *cobra.Command {
	var o policyListOptions
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the controls with severity and level",
		Args:  noArguments,
		RunE:  func(*cobra.Command, []string) error { return runPolicyList(f, o) },
	}
	cmd.Flags().StringVar(&o.domain, "domain", "", "only this `domain`, a folder of policy/rules: s3, iam, network ...")
	cmd.Flags().StringVar(&o.severity, "severity", "", "only this `severity`: critical, high, medium, low")
	cmd.Flags().StringVar(&o.profile, "profile", string(rule.Prod), "levels of this `profile`: prod, dev")
	jsonFlag(cmd, f, "the list")
	return cmd
}

// listedControl is a control in the JSON of bulwark policy list.
type listedControl struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Domain   string   `json:"domain"`
	Severity string   `json:"severity"`
	Types    []string `json:"types"`
	OptIn    string   `json:"optIn,omitempty"`
}

func runPolicyList(f *factory, o policyListOptions) error {
	all := rules.All()
	var domains []string
	for _, r := range all {
		if d := catalogue.Domain(r.ID); !slices.Contains(domains, d) {
			domains = append(domains, d)
		}
	}
	if err := among("--domain", o.domain, domains); err != nil {
		return err
	}
	severities := []string{rule.Critical.String(), rule.High.String(), rule.Medium.String(), rule.Low.String()}
	if err := among("--severity", o.severity, severities); err != nil {
		return err
	}
	if err := among("--profile", o.profile, []string{string(rule.Prod), string(rule.Dev)}); err != nil {
		return err
	}
	chosen := slices.DeleteFunc(all, func(r *rule.Rule) bool {
		return o.domain != "" && catalogue.Domain(r.ID) != o.domain || o.severity != "" && r.Severity.String() != o.severity
	})
	if !f.json {
		return report.List(f.streams.Out, chosen, rule.Profile(o.profile), f.style())
	}
	listed := make([]listedControl, len(chosen))
	for i, r := range chosen {
		listed[i] = listedControl{r.ID, r.Title, catalogue.Domain(r.ID), r.Severity.String(), r.Types, r.OptIn}
	}
	return printJSON(f.streams.Out, listed)
}

// among refuses a value of a flag that is none of these; an empty one was not given.
func among(flag, value string, allowed []string) error {
	if value == "" || slices.Contains(allowed, value) {
		return nil
	}
	p := &sandbox.Problem{
		Kind: sandbox.KindUsage, What: fmt.Sprintf("%s %s: expected one of %s", flag, value, strings.Join(allowed, ", ")),
	}
	if nearest, ok := validate.Nearest(value, allowed); ok {
		p.Fix = []string{fmt.Sprintf("did you mean %s?", nearest)}
	}
	return p
}

func newPolicyExplainCommand(f *factory) *cobra.Command {
	return &cobra.Command{
		Use:   "explain <control>",
		Short: "Say what a control asks, why, and how to fix it",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return &sandbox.Problem{
				Kind: sandbox.KindUsage, What: fmt.Sprintf("expected the id of one control, got %d arguments", len(args)),
				Fix: []string{"bulwark policy list shows the ids"},
			}
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return controlIDs(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			for _, r := range rules.All() {
				if r.ID == args[0] {
					return report.Explain(f.streams.Out, r, f.style())
				}
			}
			p := &sandbox.Problem{Kind: sandbox.KindUsage, What: fmt.Sprintf("there is no control %q", args[0])}
			if nearest, ok := validate.Nearest(args[0], controlIDs()); ok {
				p.Fix = append(p.Fix, fmt.Sprintf("did you mean %s?", nearest))
			}
			p.Fix = append(p.Fix, "bulwark policy list shows the ids")
			return p
		},
	}
}

func controlIDs() []string {
	var ids []string
	for _, r := range rules.All() {
		ids = append(ids, r.ID)
	}
	return ids
}

// policyReportOptions are the flags of bulwark policy report.
type policyReportOptions struct {
	format, file string
}

var reportFormats = []string{"text", "markdown", "json", "sarif", "junit"}

func newPolicyReportCommand(f *factory) *cobra.Command {
	var o policyReportOptions
	cmd := &cobra.Command{
		Use:   "report [file]",
		Short: "Report what the policy pack found in a run",
		Long: `Reports what the policy pack found in a preview or update, from the pack's own record or from the engine's events, a
file or standard input:

  BULWARK_POLICY_RECORD=run.jsonl pulumi preview --policy-pack policy
  bulwark policy report run.jsonl --format markdown

A record has every verdict: exemptions, and what is not yet known in a preview, with the reason. Events (one JSON object
a line, as pulumi --event-log and the Automation API write them) have failures, remediations and passes.

The report is the result: the exit code is 0 whatever it says. pulumi itself fails on mandatory controls.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) <= 1 {
				return nil
			}
			return &sandbox.Problem{
				Kind: sandbox.KindUsage, What: fmt.Sprintf("expected one file, got %d", len(args)),
				Fix: []string{cmd.CommandPath() + " --help shows examples"},
			}
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			in := cmd.InOrStdin()
			name := "standard input"
			if len(args) == 1 && args[0] != "-" {
				name = args[0]
				file, err := os.Open(name)
				if err != nil {
					return &sandbox.Problem{Kind: sandbox.KindUsage, What: err.Error(), Err: err}
				}
				defer file.Close()
				in = file
			}
			return runPolicyReport(f, o, name, in)
		},
	}
	cmd.Flags().StringVar(&o.format, "format", "text", "the `format`: "+strings.Join(reportFormats, ", "))
	cmd.Flags().StringVar(&o.file, "sarif-file", "Pulumi.yaml", "the `file` that SARIF results point to: code scanning wants one, and resources have none")
	return cmd
}

func runPolicyReport(f *factory, o policyReportOptions, name string, in io.Reader) error {
	if err := among("--format", o.format, reportFormats); err != nil {
		return err
	}
	run, err := report.Read(in, rules.All())
	if err != nil {
		return &sandbox.Problem{
			Kind: sandbox.KindUsage, What: fmt.Sprintf("%s: %v", name, err), Err: err,
			Fix: []string{"set BULWARK_POLICY_RECORD to a file when you run pulumi, and give that file"},
		}
	}
	return f.writeReport(run, o.format, o.file)
}

// writeReport writes a run in a format; the file is what SARIF points to.
func (f *factory) writeReport(run *report.Run, format, file string) error {
	switch format {
	case "markdown":
		return report.Markdown(f.streams.Out, run)
	case "json":
		return report.JSON(f.streams.Out, run)
	case "sarif":
		return report.SARIF(f.streams.Out, run, file)
	case "junit":
		return report.JUnit(f.streams.Out, run)
	}
	return report.Text(f.streams.Out, run, f.style())
}
