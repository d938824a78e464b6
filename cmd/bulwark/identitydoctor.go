package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	cloudtrailtypes "github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/spf13/cobra"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/oidctrust"
	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// doctorClients are what bulwark identity doctor asks AWS.
type doctorClients struct {
	trail interface {
		LookupEvents(context.Context, *cloudtrail.LookupEventsInput, ...func(*cloudtrail.Options)) (*cloudtrail.LookupEventsOutput, error)
	}
	iam interface {
		GetRole(context.Context, *iam.GetRoleInput, ...func(*iam.Options)) (*iam.GetRoleOutput, error)
	}
	region string
}

// newDoctorClients makes them of AWS's configuration.
func newDoctorClients(ctx context.Context, o awsOptions) (doctorClients, error) {
	cfg, err := loadAWS(ctx, o)
	if err != nil {
		return doctorClients{}, err
	}
	return doctorClients{cloudtrail.NewFromConfig(cfg), iam.NewFromConfig(cfg), cfg.Region}, nil
}

// identityDoctorOptions are the flags of bulwark identity doctor.
type identityDoctorOptions struct {
	aws awsOptions
	// event and trust are files; role is a name or an ARN.
	event, trust, role string
	since              time.Duration
	json               bool
}

func newIdentityDoctorCommand(f *factory, runF func(context.Context, identityDoctorOptions) error) *cobra.Command {
	var o identityDoctorOptions
	cmd := &cobra.Command{
		Use:   "doctor [event.json]",
		Short: "Say why a pipeline was refused a role, and which trust change lets it in",
		Long: `Says which claim of a pipeline's token missed when AWS refused AssumeRoleWithWebIdentity, and which exact change of the
role's trust policy lets it in. It suggests nothing that lets in pull requests, and changes nothing.

The refusal is the newest one in CloudTrail's event history, or the one in a file or standard input (-), as CloudTrail,
a trail's log file or aws cloudtrail lookup-events has it. The trust policy is read from IAM, or from a file.

  bulwark identity doctor --role acme-audio-prod-deploy
  bulwark identity doctor event.json --trust trust.json

The diagnosis is the result: the exit code is 0 whatever it says.`,
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
			o.json = f.json
			if len(args) == 1 {
				o.event = args[0]
			}
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return runIdentityDoctor(cmd.Context(), f, o, cmd.InOrStdin())
		},
	}
	cmd.Flags().StringVar(&o.role, "role", "", "only refusals of this `role`, a name or an ARN")
	cmd.Flags().StringVar(&o.trust, "trust", "", "the `file` with the role's trust policy; IAM is asked when not given")
	cmd.Flags().DurationVar(&o.since, "since", 24*time.Hour, "how far back the refusal may lie")
	awsFlags(cmd, &o.aws)
	jsonFlag(cmd, f, "the diagnosis")
	return cmd
}

// awsFlags are the same in every command that talks to AWS.
func awsFlags(cmd *cobra.Command, o *awsOptions) {
	cmd.Flags().StringVar(&o.region, "region", "", "the AWS `region`; as the environment says when not given")
	cmd.Flags().StringVar(&o.profile, "profile", "", "the `profile` of AWS's configuration; as the environment says when not given")
}

func runIdentityDoctor(ctx context.Context, f *factory, o identityDoctorOptions, in io.Reader) error {
	var clients doctorClients
	if o.event == "" || o.trust == "" {
		var err error
		if clients, err = f.doctorClients(ctx, o.aws); err != nil {
			return err
		}
	}
	attempt, err := o.attempt(ctx, clients, in)
	if err != nil {
		return err
	}
	trust, err := o.trustPolicy(ctx, clients, attempt)
	if err != nil {
		return err
	}
	d := oidctrust.Diagnose(attempt, trust)
	if o.json {
		return printJSON(f.streams.Out, struct {
			Attempt oidctrust.Attempt `json:"attempt"`
			oidctrust.Diagnosis
		}{attempt, d})
	}
	return printDiagnosis(f.streams.Out, attempt, d)
}

// attempt is the refusal that is looked at: the newest one, of the role if one is named.
func (o identityDoctorOptions) attempt(ctx context.Context, c doctorClients, in io.Reader) (oidctrust.Attempt, error) {
	if o.event == "" {
		return o.lookUp(ctx, c)
	}
	name, read := o.event, func() ([]byte, error) { return os.ReadFile(o.event) }
	if o.event == "-" {
		name, read = "standard input", func() ([]byte, error) { return io.ReadAll(in) }
	}
	raw, err := read()
	if err != nil {
		return oidctrust.Attempt{}, &sandbox.Problem{Kind: sandbox.KindUsage, What: err.Error(), Err: err}
	}
	attempts, err := oidctrust.ParseEvents(raw)
	if err != nil {
		return oidctrust.Attempt{}, &sandbox.Problem{
			Kind: sandbox.KindUsage, What: fmt.Sprintf("%s: %v", name, err), Err: err,
			Fix: []string{"aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=" + oidctrust.Operation + " > event.json"},
		}
	}
	if a, ok := o.choose(attempts); ok {
		return a, nil
	}
	return oidctrust.Attempt{}, &sandbox.Problem{
		Kind: sandbox.KindUsage, What: fmt.Sprintf("%s: none of %s is about the role %s", name, count(len(attempts), "event"), o.role),
		Fix: []string{"leave out --role"},
	}
}

// choose is the newest refusal of the role; an attempt that was let in only if there is no refusal.
func (o identityDoctorOptions) choose(attempts []oidctrust.Attempt) (oidctrust.Attempt, bool) {
	var other *oidctrust.Attempt
	for _, a := range attempts {
		switch {
		case o.role != "" && a.RoleARN != o.role && roleName(a.RoleARN) != roleName(o.role):
		case a.Refused():
			return a, true
		case other == nil:
			other = &a
		}
	}
	if other == nil {
		return oidctrust.Attempt{}, false
	}
	return *other, true
}

// lookUp asks CloudTrail's event history, which has the calls of one region.
func (o identityDoctorOptions) lookUp(ctx context.Context, c doctorClients) (oidctrust.Attempt, error) {
	start := time.Now().Add(-o.since)
	pages := cloudtrail.NewLookupEventsPaginator(c.trail, &cloudtrail.LookupEventsInput{
		StartTime: aws.Time(start),
		LookupAttributes: []cloudtrailtypes.LookupAttribute{{
			AttributeKey: cloudtrailtypes.LookupAttributeKeyEventName, AttributeValue: aws.String(oidctrust.Operation),
		}},
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return oidctrust.Attempt{}, explainAWS("look for the refusal in CloudTrail", err)
		}
		var attempts []oidctrust.Attempt
		for _, event := range page.Events {
			// An event that is not about a token is not one of these.
			found, err := oidctrust.ParseEvents([]byte(aws.ToString(event.CloudTrailEvent)))
			if err == nil {
				attempts = append(attempts, found...)
			}
		}
		if a, ok := o.choose(attempts); ok && a.Refused() {
			return a, nil
		}
	}
	return oidctrust.Attempt{}, &sandbox.Problem{
		Kind: sandbox.KindOther, What: fmt.Sprintf("CloudTrail has no refused %s in %s since %s", oidctrust.Operation, c.region, start.UTC().Format(time.DateTime)),
		Fix: []string{
			"wait: an event is there some minutes after the call",
			"look in the region of the call: --region, which is aws-region of the workflow, and us-east-1 for the global endpoint",
			"look at the job: without permissions: id-token: write it has no token, and AWS is never asked",
		},
	}
}

// trustPolicy is the trust policy of the role: nil if there is no such role.
func (o identityDoctorOptions) trustPolicy(ctx context.Context, c doctorClients, a oidctrust.Attempt) (*iampolicy.Document, error) {
	name, text := o.trust, ""
	if o.trust != "" {
		raw, err := os.ReadFile(o.trust)
		if err != nil {
			return nil, &sandbox.Problem{Kind: sandbox.KindUsage, What: err.Error(), Err: err}
		}
		text = string(raw)
	} else {
		role := roleName(a.RoleARN)
		if role == "" {
			return nil, &sandbox.Problem{Kind: sandbox.KindUsage, What: "the event names no role", Fix: []string{"--trust trust.json"}}
		}
		name = "the trust policy of " + role
		out, err := c.iam.GetRole(ctx, &iam.GetRoleInput{RoleName: aws.String(role)})
		var none *iamtypes.NoSuchEntityException
		if errors.As(err, &none) {
			return nil, nil
		}
		if err != nil {
			return nil, explainAWS("read the trust policy of "+role, err)
		}
		// IAM returns documents in the encoding of URLs.
		if text, err = url.PathUnescape(aws.ToString(out.Role.AssumeRolePolicyDocument)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	d, problems := iampolicy.Parse(text)
	if err := problems.Err(name, ""); err != nil {
		return nil, &sandbox.Problem{Kind: sandbox.KindUsage, What: err.Error(), Err: err}
	}
	return &d, nil
}

// roleName is the name of a role, of its ARN or of itself. Paths do not count.
func roleName(role string) string { return role[strings.LastIndexByte(role, '/')+1:] }

func printDiagnosis(w io.Writer, a oidctrust.Attempt, d oidctrust.Diagnosis) error {
	fmt.Fprintf(w, "role     %s\nsubject  %s\naudience %s\nwhen     %s, %s\n", a.RoleARN, a.Subject, a.Audience, a.Time.UTC().Format(time.DateTime), a.Region)
	fmt.Fprintf(w, "refused  %s\n\n%s\n", a.Code, d.Reason)
	for _, fix := range d.Fixes {
		fmt.Fprintf(w, "  -> %s\n", fix)
	}
	for _, warning := range d.Warnings {
		fmt.Fprintf(w, "  !  %s\n", warning)
	}
	if d.Trust == nil {
		return nil
	}
	fmt.Fprintf(w, "\nthe trust change: %s\nthe trust policy after it:\n", d.Change)
	return printJSON(w, d.Trust)
}
