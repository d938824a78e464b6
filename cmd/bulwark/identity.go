package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/internal/deploypolicy"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

func newIdentityCommand(f *factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "identity",
		Short: "Tell about the roles of pipelines: what they may do, and why they were refused",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return among("bulwark identity", args[0], []string{"deploy-policy", "doctor"})
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newDeployPolicyCommand(f, nil), newIdentityDoctorCommand(f, nil))
	return cmd
}

// deployPolicyOptions are the flags of bulwark identity deploy-policy.
type deployPolicyOptions struct {
	stack                       string
	account, project, partition string
	boundary                    string
	regions, roles, protected   []string
	destroy, readOnly, json     bool
}

func newDeployPolicyCommand(f *factory, runF func(context.Context, deployPolicyOptions) error) *cobra.Command {
	var o deployPolicyOptions
	cmd := &cobra.Command{
		Use:   "deploy-policy",
		Short: "Print the policies of the role that deploys a stack",
		Long: `Prints the policies of the role that deploys a stack, or previews it. They are made from the calls that AWS sees
while both stacks of the project live in the sandbox, and are kept to the stack's names and tags.

Project and region stand in the stack's file, Pulumi.<stack>.yaml; flags go before it. It talks to nobody.

  bulwark identity deploy-policy --stack prod --account 123456789012
  bulwark identity deploy-policy --stack prod --account 123456789012 --read-only --json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.json = f.json
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return runDeployPolicy(f, o)
		},
	}
	stackFlag(cmd, &o.stack)
	flags := cmd.Flags()
	flags.StringVar(&o.account, "account", "", "the `account` that the stack lives in, twelve digits")
	flags.StringVar(&o.project, "project", "", "the label `project` of the stack; bulwark:application of its file when not given")
	flags.StringSliceVar(&o.regions, "region", nil, "the `region` of the stack, several with replicas; aws:region of its file when not given")
	flags.StringVar(&o.boundary, "boundary", "", "the `ARN` of the permissions boundary that every role of the stack has to have")
	flags.StringSliceVar(&o.roles, "role", nil, "`names` of roles that the stack makes besides those that begin with its own name")
	flags.StringSliceVar(&o.protected, "protect", nil, "`names` of roles that the deployment must not change")
	flags.StringVar(&o.partition, "partition", "aws", "the `partition` of AWS")
	flags.BoolVar(&o.destroy, "allow-destroy", false, "also allow what deletes data and evidence: buckets, keys, log groups, the trail")
	flags.BoolVar(&o.readOnly, "read-only", false, "print the policies of the role that previews the stack")
	jsonFlag(cmd, f, "policies and figures")
	return cmd
}

// scope is what the flags and the stack's file say.
func (o deployPolicyOptions) scope() (deploypolicy.Scope, error) {
	s := deploypolicy.Scope{
		Partition: o.partition, Account: o.account, Project: o.project, Environment: o.stack, Regions: o.regions,
		Boundary: o.boundary, RoleNames: o.roles, Protected: o.protected, AllowDestroy: o.destroy,
	}
	if s.Project != "" && len(s.Regions) > 0 {
		return s, nil
	}
	name := "Pulumi." + o.stack + ".yaml"
	raw, err := os.ReadFile(name)
	if err != nil {
		if s.Project != "" {
			return s, nil // a policy for every region
		}
		return s, &sandbox.Problem{
			Kind: sandbox.KindUsage, What: "the project is not known: there is no " + name + " here", Err: err,
			Fix: []string{"--project acme-audio", "or run it beside the stack's file"},
		}
	}
	var file struct{ Config map[string]any }
	if err := yaml.Unmarshal(raw, &file); err != nil {
		return s, &sandbox.Problem{Kind: sandbox.KindUsage, What: name + ": " + oneLine(err.Error()), Err: err}
	}
	text := func(key string) string {
		value, _ := file.Config[key].(string)
		return value
	}
	if s.Project == "" {
		s.Project = text("bulwark:application")
	}
	if region := text("aws:region"); len(s.Regions) == 0 && region != "" {
		s.Regions = []string{region}
	}
	return s, nil
}

// printedPolicy is a policy in the JSON of bulwark identity deploy-policy.
type printedPolicy struct {
	Name     string             `json:"name"`
	Document iampolicy.Document `json:"document"`
}

func runDeployPolicy(f *factory, o deployPolicyOptions) error {
	s, err := o.scope()
	if err != nil {
		return err
	}
	policiesOf := deploypolicy.Policies
	if o.readOnly {
		policiesOf = deploypolicy.ReadOnly
	}
	policies, err := policiesOf(s)
	if err != nil {
		return &sandbox.Problem{Kind: sandbox.KindUsage, What: err.Error(), Err: err, Fix: []string{"bulwark identity deploy-policy --help lists the flags"}}
	}
	figures, err := deploypolicy.Summarize(s, o.readOnly)
	if err != nil {
		return err
	}
	if o.json {
		printed := make([]printedPolicy, len(policies))
		for i, p := range policies {
			printed[i] = printedPolicy{p.Name, p.Document.Canonical()}
		}
		return printJSON(f.streams.Out, struct {
			Policies []printedPolicy      `json:"policies"`
			Figures  deploypolicy.Figures `json:"figures"`
		}{printed, figures})
	}
	printDeployPolicy(f.streams.Out, policies, figures)
	return nil
}

func printDeployPolicy(w io.Writer, policies []deploypolicy.Policy, figures deploypolicy.Figures) {
	for i, p := range policies {
		size := figures.Policies[i]
		fmt.Fprintf(w, "%s: %s, %d of %d characters\n", p.Name, count(size.Statements, "statement"), size.Characters, size.Most)
		for _, s := range p.Document.Statements {
			fmt.Fprintf(w, "  %-5s %-32s %s on %s%s\n", s.Effect, s.Sid, actionsOf(s), resourcesOf(s), conditionsOf(s))
		}
	}
	share := func(n int) string {
		return fmt.Sprintf("%d of %d calls (%d %%)", n, figures.Calls, n*100/max(1, figures.Calls))
	}
	fmt.Fprintf(w, "\n%s need an action on everything, %s one on resources of their kind that may be others':\n",
		share(figures.Everywhere), share(figures.Wide))
	for _, r := range figures.Reasons {
		where := "kind"
		if r.Everywhere {
			where = "*"
		}
		fmt.Fprintf(w, "  %-5s %s: %s\n", where, r.Reason, strings.Join(r.Actions, ", "))
	}
	fmt.Fprintf(w, "\n--json prints the documents\n")
}

// actionsOf names one action, and counts several.
func actionsOf(s iampolicy.Statement) string {
	switch {
	case len(s.NotActions) > 0:
		return "all but " + strings.Join(s.NotActions, ", ")
	case len(s.Actions) == 1:
		return s.Actions[0]
	}
	return count(len(s.Actions), "action")
}

// resourcesOf names one resource, and counts several.
func resourcesOf(s iampolicy.Statement) string {
	switch {
	case len(s.NotResources) > 0:
		return "all but " + s.NotResources[0]
	case len(s.Resources) == 1:
		return s.Resources[0]
	}
	return fmt.Sprintf("%s and %d more", s.Resources[0], len(s.Resources)-1)
}

// conditionsOf names the condition keys.
func conditionsOf(s iampolicy.Statement) string {
	if len(s.Conditions) == 0 {
		return ""
	}
	var keys []string
	for _, c := range s.Conditions {
		keys = append(keys, c.Key)
	}
	return ", if " + strings.Join(keys, ", ")
}
