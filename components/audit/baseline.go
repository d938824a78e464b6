package audit

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/accessanalyzer"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// AccountBaseline are settings of an account as a whole. See NewAccountBaseline.
type AccountBaseline struct {
	pulumi.ResourceState

	// AccessAnalyzerArn is the ARN of the analyzer of access from outside; empty without it.
	AccessAnalyzerArn pulumi.StringOutput `pulumi:"accessAnalyzerArn"`
	// UnusedAccessAnalyzerArn is the ARN of the analyzer of unused access; empty without it.
	UnusedAccessAnalyzerArn pulumi.StringOutput `pulumi:"unusedAccessAnalyzerArn"`

	// EbsEncryption encrypts new volumes; nil when switched off.
	EbsEncryption *ebs.EncryptionByDefault
	// S3PublicAccessBlock blocks public access to all buckets; nil when switched off.
	S3PublicAccessBlock *s3.AccountPublicAccessBlock
	// PasswordPolicy makes the rules for passwords; nil when switched off.
	PasswordPolicy *iam.AccountPasswordPolicy
	// AccessAnalyzer finds access from outside, UnusedAccessAnalyzer unused access; nil when switched off.
	AccessAnalyzer, UnusedAccessAnalyzer *accessanalyzer.Analyzer
}

// NewAccountBaseline changes settings of the account and region of the provider, for everything and everybody in it: have
// one a region, in one stack only. It reports all problems with the arguments at once, before it creates anything.
func NewAccountBaseline(ctx *pulumi.Context, name string, args *AccountBaselineArgs, opts ...pulumi.ResourceOption) (*AccountBaseline, error) {
	if args == nil {
		args = &AccountBaselineArgs{}
	}
	if err := args.check().Err(AccountBaselineType, name); err != nil {
		return nil, err
	}
	b := &AccountBaseline{}
	if err := ctx.RegisterComponentResource(AccountBaselineType, name, b, opts...); err != nil {
		return nil, err
	}
	if err := b.settings(ctx, name, args); err != nil {
		return nil, err
	}
	if err := b.analyzers(ctx, name, args); err != nil {
		return nil, err
	}
	return b, ctx.RegisterResourceOutputs(b, pulumi.Map{
		"accessAnalyzerArn":       b.AccessAnalyzerArn,
		"unusedAccessAnalyzerArn": b.UnusedAccessAnalyzerArn,
	})
}

// settings are retained when permanent: without them the account would silently be as open as AWS leaves it.
func (b *AccountBaseline) settings(ctx *pulumi.Context, name string, args *AccountBaselineArgs) error {
	opts := []pulumi.ResourceOption{pulumi.Parent(b)}
	if args.Lifecycle.IsPermanent() {
		opts = append(opts, pulumi.RetainOnDelete(true))
	}
	var err error
	if args.EbsEncryption != SwitchOff {
		b.EbsEncryption, err = ebs.NewEncryptionByDefault(ctx, name, &ebs.EncryptionByDefaultArgs{Enabled: pulumi.Bool(true)}, opts...)
		if err != nil {
			return err
		}
	}
	if args.S3PublicAccessBlock != SwitchOff {
		b.S3PublicAccessBlock, err = s3.NewAccountPublicAccessBlock(ctx, name, &s3.AccountPublicAccessBlockArgs{
			BlockPublicAcls: pulumi.Bool(true), BlockPublicPolicy: pulumi.Bool(true),
			IgnorePublicAcls: pulumi.Bool(true), RestrictPublicBuckets: pulumi.Bool(true),
		}, opts...)
		if err != nil {
			return err
		}
	}
	if args.PasswordPolicy != SwitchOff {
		// IAM.7 and CIS AWS Foundations Benchmark 3.0.0, 1.8 and 1.9. No hard expiry: it would lock out who comes back late.
		// Source: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7
		b.PasswordPolicy, err = iam.NewAccountPasswordPolicy(ctx, name, &iam.AccountPasswordPolicyArgs{
			MinimumPasswordLength: pulumi.Int(14), PasswordReusePrevention: pulumi.Int(24), MaxPasswordAge: pulumi.Int(args.maxPasswordAge()),
			RequireLowercaseCharacters: pulumi.Bool(true), RequireUppercaseCharacters: pulumi.Bool(true),
			RequireNumbers: pulumi.Bool(true), RequireSymbols: pulumi.Bool(true), AllowUsersToChangePassword: pulumi.Bool(true),
		}, opts...)
	}
	return err
}

// analyzers are protected when permanent, and not retained: AWS allows one of each kind only, so that a retained one would
// stand in the way of the next.
func (b *AccountBaseline) analyzers(ctx *pulumi.Context, name string, args *AccountBaselineArgs) error {
	b.AccessAnalyzerArn, b.UnusedAccessAnalyzerArn = pulumi.String("").ToStringOutput(), pulumi.String("").ToStringOutput()
	opts := []pulumi.ResourceOption{pulumi.Parent(b)}
	if args.Lifecycle.IsPermanent() {
		opts = append(opts, pulumi.Protect(true))
	}
	var err error
	if args.AccessAnalyzer != SwitchOff {
		b.AccessAnalyzer, err = analyzer(ctx, name, "external-access", accessanalyzer.AnalyzerArgs{Type: pulumi.String("ACCOUNT")}, args.Labels, opts)
		if err != nil {
			return err
		}
		b.AccessAnalyzerArn = b.AccessAnalyzer.Arn
	}
	if args.UnusedAccessDays != 0 {
		b.UnusedAccessAnalyzer, err = analyzer(ctx, name, "unused-access", accessanalyzer.AnalyzerArgs{
			Type: pulumi.String("ACCOUNT_UNUSED_ACCESS"), Configuration: accessanalyzer.AnalyzerConfigurationArgs{
				UnusedAccess: accessanalyzer.AnalyzerConfigurationUnusedAccessArgs{UnusedAccessAge: pulumi.Int(args.UnusedAccessDays)},
			},
		}, args.Labels, opts)
		if err != nil {
			return err
		}
		b.UnusedAccessAnalyzerArn = b.UnusedAccessAnalyzer.Arn
	}
	return nil
}

// analyzer has a fixed name, because pulumi-aws generates none.
func analyzer(ctx *pulumi.Context, name, finds string, in accessanalyzer.AnalyzerArgs, labels tagging.Labels, opts []pulumi.ResourceOption) (*accessanalyzer.Analyzer, error) {
	in.AnalyzerName, in.Tags = pulumi.String(finds+"-"+naming.Base(labels.Project, labels.Environment, name)), labels.Tags(name+"-"+finds)
	return accessanalyzer.NewAnalyzer(ctx, name+"-"+finds, &in, opts...)
}
