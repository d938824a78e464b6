package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
	"github.com/bulwark-iac/bulwark/policy/config"
	"github.com/bulwark-iac/bulwark/policy/report"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules"
	"github.com/bulwark-iac/bulwark/policy/trial"
)

// policyTestOptions are the flags of bulwark policy test.
type policyTestOptions struct {
	controls        []string
	profile, config string
	preview         bool
	format          string
}

func newPolicyTestCommand(f *factory) *cobra.Command {
	var o policyTestOptions
	cmd := &cobra.Command{
		Use:   "test <file.yaml>",
		Short: "Hold a file of resources against the controls, without an engine",
		Long: `Holds a file of resources against the controls, without an engine, an account or a program: to try a rule in a second,
and to report one that is wrong with a file that shows it. "-" is standard input.

The file has the notation of the examples (bulwark policy explain <control>), that of resources in Pulumi YAML:

  audio:
    type: aws:s3/bucketV2:BucketV2
  block:
    type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
    properties: {bucket: "${audio.id}", blockPublicAcls: true}

References, fn::toJSON and fn::secret work; parent, provider, protect and the other options stand under options. A whole
Pulumi YAML program is read too: its resources count. Type tokens are those of pulumi-aws v6.

Without --preview everything is known, as in the update. Exemptions do not count. The exit code is 1 when a mandatory
control fails.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return &sandbox.Problem{
				Kind: sandbox.KindUsage, What: fmt.Sprintf("expected one file of resources, got %d", len(args)),
				Fix: []string{cmd.CommandPath() + " --help shows what is in one"},
			}
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := readFile(cmd.InOrStdin(), args[0])
			if err != nil {
				return &sandbox.Problem{Kind: sandbox.KindUsage, What: err.Error(), Err: err}
			}
			return runPolicyTest(f, o, args[0], text)
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&o.controls, "control", nil, "only this `control`, also when it is off by default; may be repeated")
	flags.StringVar(&o.profile, "profile", "", "the `profile`: prod (default) or dev")
	flags.StringVar(&o.config, "config", "", "levels, parameters and profile of this `file`, a PulumiPolicy.<stack>.yaml")
	flags.BoolVar(&o.preview, "preview", false, "as in the preview of a stack that does not exist yet: what AWS answers is not known")
	flags.StringVar(&o.format, "format", "text", "the `format`: "+strings.Join(reportFormats, ", "))
	return cmd
}

// readFile reads a file, or standard input for "-".
func readFile(in io.Reader, name string) (string, error) {
	if name == "-" {
		text, err := io.ReadAll(in)
		return string(text), err
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

func runPolicyTest(f *factory, o policyTestOptions, name, text string) error {
	if err := among("--format", o.format, reportFormats); err != nil {
		return err
	}
	if err := among("--profile", o.profile, []string{string(rule.Prod), string(rule.Dev)}); err != nil {
		return err
	}
	policy, err := testPolicy(o)
	if err != nil {
		return err
	}
	chosen := rules.All()
	if len(o.controls) > 0 {
		for _, id := range o.controls {
			if err := among("--control", id, controlIDs()); err != nil {
				return err
			}
		}
		chosen = slices.DeleteFunc(chosen, func(r *rule.Rule) bool { return !slices.Contains(o.controls, r.ID) })
	}
	stack, err := trial.Parse(text)
	if err != nil {
		return &sandbox.Problem{
			Kind: sandbox.KindUsage, What: name + ": " + err.Error(), Err: err,
			Fix: []string{"bulwark policy test --help shows the notation, bulwark policy explain <control> examples of it"},
		}
	}
	mode := trial.Update
	if o.preview {
		mode = trial.Preview
	}
	header, verdicts, err := stack.Run(chosen, policy, mode)
	if err != nil {
		return &sandbox.Problem{Kind: sandbox.KindUsage, What: name + ": " + err.Error(), Err: err}
	}
	var record bytes.Buffer
	encoder := json.NewEncoder(&record)
	if err := encoder.Encode(header); err != nil {
		return err
	}
	for _, v := range verdicts {
		if err := encoder.Encode(v); err != nil {
			return err
		}
	}
	run, err := report.Read(&record, rules.All())
	if err != nil {
		return err
	}
	if err := f.writeReport(run, o.format, name); err != nil {
		return err
	}
	if n := run.Mandatory(); n > 0 {
		return &sandbox.Problem{Kind: sandbox.KindOther, What: fmt.Sprintf("%s: %d failures of mandatory controls", name, n)}
	}
	return nil
}

// testPolicy is the levels and parameters that count: those of the file, by the profile, with the chosen controls on.
func testPolicy(o policyTestOptions) (*config.Policy, error) {
	file := &config.File{Controls: map[string]config.Control{}}
	if o.config != "" {
		var err error
		if file, err = config.Load(rules.All(), o.config); err != nil {
			return nil, &sandbox.Problem{Kind: sandbox.KindUsage, What: err.Error(), Err: err}
		}
	}
	if o.profile != "" {
		file.Profile = rule.Profile(o.profile)
	}
	for _, id := range o.controls {
		if c := file.Controls[id]; c.Level == "" {
			c.Level = config.Mandatory
			file.Controls[id] = c
		}
	}
	return config.New(rules.All(), file), nil
}
