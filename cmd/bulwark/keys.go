package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/bulwark-iac/bulwark/internal/accesskeys"
	"github.com/bulwark-iac/bulwark/internal/sandbox"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// keysOptions are the flags of bulwark keys.
type keysOptions struct {
	profile string
	// regions are those in which containers are looked at; the first is the one of the configuration.
	regions   []string
	quietDays int
	json      bool
}

// newKeyClients makes the clients of AWS's configuration.
func newKeyClients(ctx context.Context, o keysOptions) (accesskeys.Clients, error) {
	first := awsOptions{profile: o.profile}
	if len(o.regions) > 0 {
		first.region = o.regions[0]
	}
	cfg, err := loadAWS(ctx, first)
	if err != nil {
		return accesskeys.Clients{}, err
	}
	return accesskeys.NewClients(ctx, cfg, o.regions...)
}

func newKeysCommand(f *factory, runF func(context.Context, keysOptions) error) *cobra.Command {
	var o keysOptions
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "List the account's access keys: who holds them, when they were used, what to do next",
		Long: `Lists every access key of the account's users with age, status and last use (service, region, time), the containers that
still hold it, and what to do next with each: the order is what is safe first. It prints no secret, and changes nothing.

Containers are looked at in the region of the environment, or in each --region: what the services and the tasks of every
cluster run. docs/access-keys.md is the guide.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			// What was pasted here may be a secret.
			return &sandbox.Problem{
				Kind: sandbox.KindUsage, What: "bulwark keys has no command " + validate.Show(args[0]),
				Fix: []string{"deactivate, activate and delete change one key: bulwark keys --help"},
			}
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.json = f.json
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return runKeys(cmd.Context(), f, o)
		},
	}
	flags := cmd.PersistentFlags()
	flags.StringSliceVar(&o.regions, "region", nil, "the `regions` in which containers are looked at; as the environment says when not given")
	flags.StringVar(&o.profile, "profile", "", "the `profile` of AWS's configuration; as the environment says when not given")
	flags.IntVar(&o.quietDays, "quiet-days", accesskeys.DefaultQuietDays, "for how many `days` a key has to be unused before it is taken away")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	cmd.AddCommand(newKeysDeactivateCommand(f, &o), newKeysActivateCommand(f, &o), newKeysDeleteCommand(f, &o))
	return cmd
}

// inventory reads the account.
func (f *factory) inventory(ctx context.Context, o keysOptions) (accesskeys.Clients, *accesskeys.Inventory, error) {
	if o.quietDays < 1 {
		return accesskeys.Clients{}, nil, &sandbox.Problem{
			Kind: sandbox.KindUsage, What: fmt.Sprintf("--quiet-days %d: expected at least 1 day", o.quietDays),
			Fix: []string{fmt.Sprintf("leave it out: %d days cover jobs that run once a month", accesskeys.DefaultQuietDays)},
		}
	}
	clients, err := f.keyClients(ctx, o)
	if err != nil {
		return clients, nil, err
	}
	inventory, err := accesskeys.Read(ctx, clients, accesskeys.Options{Now: time.Now(), QuietDays: o.quietDays})
	if err != nil {
		return clients, nil, explainAWS("list the access keys", err)
	}
	return clients, inventory, nil
}

// printedKey is a key in the JSON of bulwark keys.
type printedKey struct {
	accesskeys.Key
	AgeDays  int              `json:"ageDays"`
	IdleDays int              `json:"idleDays"`
	Stage    accesskeys.Stage `json:"stage"`
}

func runKeys(ctx context.Context, f *factory, o keysOptions) error {
	_, inventory, err := f.inventory(ctx, o)
	if err != nil {
		return err
	}
	if !o.json {
		printKeys(f.streams.Out, inventory)
		return nil
	}
	keys := make([]printedKey, len(inventory.Keys))
	for i, k := range inventory.Keys {
		keys[i] = printedKey{k, inventory.Age(k), inventory.Idle(k), inventory.Stage(k)}
	}
	return printJSON(f.streams.Out, struct {
		*accesskeys.Inventory
		Keys  []printedKey      `json:"keys"`
		Steps []accesskeys.Step `json:"steps"`
	}{inventory, keys, inventory.Plan()})
}

func printKeys(w io.Writer, inventory *accesskeys.Inventory) {
	if inventory.RootKeys > 0 {
		fmt.Fprintf(w, "The root user has %s: delete them first, in the console, signed in as root.\n\n", count(inventory.RootKeys, "access key"))
	}
	if len(inventory.Keys) == 0 {
		fmt.Fprintln(w, "No user of the account has an access key.")
	}
	for _, k := range inventory.Keys {
		status := "active"
		if !k.Active {
			status = "inactive"
		}
		fmt.Fprintf(w, "%s  %s, %s, %s old\n  last use  %s\n", k.ID, k.User, status, count(inventory.Age(k), "day"), k.LastUse)
		for _, h := range k.Holders {
			fmt.Fprintf(w, "  held by   %s\n", h)
		}
	}
	others(w, "hold a key that no user of this account has", inventory.Foreign)
	others(w, "take theirs from somewhere that is not read", inventory.Unread)
	if steps := inventory.Plan(); len(steps) > 0 {
		fmt.Fprintln(w, "\nwhat to do, in this order:")
		for i, s := range steps {
			fmt.Fprintf(w, "%2d. %s (%s): %s\n", i+1, s.KeyID, s.User, s.Text)
			if s.Command != "" {
				fmt.Fprintf(w, "    -> %s\n", s.Command)
			}
		}
	}
	fmt.Fprintf(w, "\nContainers were looked at in %s; a key has to be unused for %s.\n",
		strings.Join(inventory.Regions, ", "), count(inventory.QuietDays, "day"))
}

// others lists containers whose keys are not in the list.
func others(w io.Writer, what string, holders []accesskeys.Holder) {
	if len(holders) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s %s:\n", count(len(holders), "container variable"), what)
	for _, h := range holders {
		fmt.Fprintf(w, "  %s\n", strings.TrimSuffix(fmt.Sprintf("%s: %s%s", h, h.KeyID, h.From), ": "))
	}
}

// oneKey refuses anything but one argument. It never quotes what was given: it may be a secret.
func oneKey(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		if ps := validate.AccessKeyID("the key", args[0]); len(ps) > 0 {
			return &sandbox.Problem{Kind: sandbox.KindUsage, What: ps[0].String()}
		}
		return nil
	}
	return &sandbox.Problem{
		Kind: sandbox.KindUsage, What: fmt.Sprintf("expected the id of one access key, got %d arguments", len(args)),
		Fix: []string{"bulwark keys shows the ids", cmd.CommandPath() + " --help shows an example"},
	}
}

func newKeysDeactivateCommand(f *factory, o *keysOptions) *cobra.Command {
	var although bool
	cmd := &cobra.Command{
		Use:   "deactivate <key id>",
		Short: "Deactivate a key that nobody uses",
		Long: `Deactivates an access key: calls with it fail from then on. It refuses for a key that a container holds, that was used
within --quiet-days, or that this command runs with. bulwark keys activate brings the key back.`,
		Args: oneKey,
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.changeKey(cmd.Context(), *o, args[0], "deactivated", func(i *accesskeys.Inventory) error {
				return i.MayDeactivate(args[0], although)
			}, func(ctx context.Context, c accesskeys.Clients, k accesskeys.Key) error {
				return accesskeys.SetActive(ctx, c, k, false)
			})
		},
	}
	cmd.Flags().BoolVar(&although, "although-used", false, "deactivate it even if it is in use")
	return cmd
}

func newKeysActivateCommand(f *factory, o *keysOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "activate <key id>",
		Short: "Bring a deactivated key back",
		Args:  oneKey,
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.changeKey(cmd.Context(), *o, args[0], "active again", func(i *accesskeys.Inventory) error {
				return i.MayActivate(args[0])
			}, func(ctx context.Context, c accesskeys.Clients, k accesskeys.Key) error {
				return accesskeys.SetActive(ctx, c, k, true)
			})
		},
	}
}

func newKeysDeleteCommand(f *factory, o *keysOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "delete <key id>",
		Short: "Delete an inactive key for good",
		Long: `Deletes an access key for good. It refuses for a key that is active, that a container holds, or that was used within
--quiet-days: a key is deactivated first, and deleted once nobody has missed it.`,
		Args: oneKey,
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.changeKey(cmd.Context(), *o, args[0], "deleted", func(i *accesskeys.Inventory) error { return i.MayDelete(args[0]) }, accesskeys.Delete)
		},
	}
}

// changeKey changes a key, unless the inventory speaks against it.
func (f *factory) changeKey(ctx context.Context, o keysOptions, id, done string, may func(*accesskeys.Inventory) error,
	change func(context.Context, accesskeys.Clients, accesskeys.Key) error,
) error {
	clients, inventory, err := f.inventory(ctx, o)
	if err != nil {
		return err
	}
	if err := may(inventory); err != nil {
		var refusal *accesskeys.Refusal
		if errors.As(err, &refusal) {
			return &sandbox.Problem{Kind: sandbox.KindRefused, What: refusal.Reason, Fix: slices.Clone(refusal.Fix), Err: err}
		}
		return err
	}
	key, _ := inventory.Find(id)
	if err := change(ctx, clients, key); err != nil {
		return explainAWS("change the key "+id, err)
	}
	if f.json {
		return printJSON(f.streams.Out, map[string]string{"key": id, "user": key.User, "state": done})
	}
	fmt.Fprintf(f.streams.Out, "%s of %s is %s.\n", id, key.User, done)
	return nil
}
