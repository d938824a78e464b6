package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/bulwark-iac/bulwark/internal/accesskeys"
	"github.com/bulwark-iac/bulwark/internal/cli"
	"github.com/bulwark-iac/bulwark/internal/sandbox"
	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/platform"
)

// session is what the commands ask of the sandbox; tests replace it.
type session interface {
	Up(context.Context, sandbox.UpOptions) (*sandbox.UpResult, error)
	Down(context.Context, sandbox.DownOptions) (*sandbox.DownResult, error)
	Status(ctx context.Context, stack string) (*sandbox.Status, error)
	Doctor(context.Context, sandbox.ProviderKind) []sandbox.Check
	Toolchain(context.Context, sandbox.ProviderKind) (sandbox.Toolchain, error)
}

// factory is what the commands are made with.
type factory struct {
	streams cli.Streams
	// open opens the sandbox of the checkout that the command runs in.
	open func(sandbox.Reporter) (session, error)
	// doctorClients and keyClients are the AWS services that the commands ask; tests replace them.
	doctorClients func(context.Context, awsOptions) (doctorClients, error)
	keyClients    func(context.Context, keysOptions) (accesskeys.Clients, error)
	// json is set by a command whose result is JSON: its error is, too.
	json bool
}

func newFactory(streams cli.Streams) *factory {
	return &factory{
		streams:       streams,
		doctorClients: newDoctorClients,
		keyClients:    newKeyClients,
		open: func(report sandbox.Reporter) (session, error) {
			dir, err := os.Getwd()
			if err != nil {
				return nil, err
			}
			s, err := sandbox.NewSession(dir, platform.Program, report)
			if err != nil {
				return nil, err
			}
			s.CheckSettings = checkSettings
			return s, nil
		},
	}
}

// with opens the sandbox, and shows its progress while do works in it.
func (f *factory) with(do func(session) error) error {
	progress := cli.NewProgress(f.streams)
	defer progress.Close()
	s, err := f.open(progress.Report)
	if err != nil {
		return err
	}
	return do(s)
}

// run runs the command line and returns the exit code.
func run(ctx context.Context, f *factory, args []string) int {
	root := newRoot(f)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	cli.PrintError(f.streams.Err, err, f.json)
	return cli.ExitCode(err)
}

func newRoot(f *factory) *cobra.Command {
	root := &cobra.Command{
		Use:   "bulwark",
		Short: "Deploy the project's stacks on an embedded AWS",
		Long: `Bulwark deploys the project's stacks on an AWS of your own, on the loopback interface,
with the real Pulumi engine and a real AWS provider.

keys and identity tell about the AWS account of the environment's credentials, and of the sandbox with its endpoint.

Environment:
  AWS_ENDPOINT_URL  use this AWS endpoint and start no emulator
  BULWARK_PORT      port of the embedded AWS; a free one when not set
  BULWARK_CACHE     where tools are kept; bulwark in the user's cache folder when not set
  BULWARK_PYTHON    the Python for the emulator; the first good one in PATH when not set

Exit codes:
` + cli.ExitHelp(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          noArguments,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(f.streams.Out)
	root.SetErr(f.streams.Err)
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		newUpCommand(f, nil),
		newDownCommand(f, nil),
		newStatusCommand(f, nil),
		newDoctorCommand(f, nil),
		newToolchainCommand(f, nil),
		newPolicyCommand(f),
		newIdentityCommand(f),
		newKeysCommand(f, nil),
	)
	return root
}

// noArguments refuses what is neither a command nor a flag, and says what was probably meant.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	p := &sandbox.Problem{Kind: sandbox.KindUsage}
	if cmd.HasParent() {
		p.What = fmt.Sprintf("%s takes no arguments, got %q", cmd.CommandPath(), strings.Join(args, " "))
		if cmd.Flags().Lookup("stack") != nil && len(args) == 1 {
			p.Fix = append(p.Fix, "did you mean --stack "+args[0]+"?")
		}
		p.Fix = append(p.Fix, cmd.CommandPath()+" --help lists the flags")
		return p
	}
	p.What = fmt.Sprintf("there is no command %q", args[0])
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if near, ok := validate.Nearest(args[0], names); ok {
		p.Fix = append(p.Fix, "did you mean "+near+"?")
	}
	p.Fix = append(p.Fix, cmd.CommandPath()+" --help lists the commands")
	return p
}

// flagError says what is wrong with a flag, and which one was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	// The flags of a misspelled command look unknown to the root command: the command is what is wrong.
	if args := cmd.Flags().Args(); !cmd.HasParent() && len(args) > 0 {
		return noArguments(cmd, args)
	}
	p := &sandbox.Problem{Kind: sandbox.KindUsage, What: err.Error(), Err: err}
	var about interface{ GetSpecifiedName() string }
	if errors.As(err, &about) && cmd.Flags().Lookup(about.GetSpecifiedName()) == nil {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near, ok := validate.Nearest(about.GetSpecifiedName(), names); ok {
			p.Fix = append(p.Fix, "did you mean --"+near+"?")
		}
	}
	p.Fix = append(p.Fix, cmd.CommandPath()+" --help lists the flags")
	return p
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// stackFlag is the same in every command.
func stackFlag(cmd *cobra.Command, stack *string) {
	cmd.Flags().StringVarP(stack, "stack", "s", "dev", "the `stack`: dev, prod, or any with a Pulumi.<stack>.yaml")
}

// providerFlag is the same in every command.
func providerFlag(cmd *cobra.Command, provider *string) {
	cmd.Flags().StringVar(provider, "provider", string(sandbox.ProviderAuto),
		"where the AWS provider comes from: auto (official when it can be had), official, source")
}

// jsonFlag is the same in every command.
func jsonFlag(cmd *cobra.Command, f *factory, what string) {
	cmd.Flags().BoolVar(&f.json, "json", false, "print "+what+" as JSON")
}
