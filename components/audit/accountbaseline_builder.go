package audit

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/accessanalyzer"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
)

// accountBaselineBuilder makes the settings of one account and region.
type accountBaselineBuilder struct {
	component.Base
	args *AccountBaselineArgs
	out  *AccountBaseline
}

func (b *accountBaselineBuilder) build(opts []pulumi.ResourceOption) (*AccountBaseline, error) {
	b.out = &AccountBaseline{}
	return component.Build(&b.Base, b.out, opts,
		b.ebsEncryption, b.publicAccessBlock, b.passwordPolicy, b.accessAnalyzer, b.unusedAccessAnalyzer)
}

// setting are the options of a setting. It is retained when permanent: without it the account would silently be as open
// as AWS leaves it.
func (b *accountBaselineBuilder) setting() []pulumi.ResourceOption {
	if b.args.Lifecycle.IsPermanent() {
		return b.Child(pulumi.RetainOnDelete(true))
	}
	return b.Child()
}

func (b *accountBaselineBuilder) ebsEncryption() (err error) {
	if !b.args.EbsEncryption.On() {
		return nil
	}
	args := &ebs.EncryptionByDefaultArgs{Enabled: pulumi.Bool(true)}
	b.out.EbsEncryption, err = ebs.NewEncryptionByDefault(b.Ctx, b.Name, args, b.setting()...)
	return err
}

func (b *accountBaselineBuilder) publicAccessBlock() (err error) {
	if !b.args.S3PublicAccessBlock.On() {
		return nil
	}
	b.out.S3PublicAccessBlock, err = s3.NewAccountPublicAccessBlock(b.Ctx, b.Name, &s3.AccountPublicAccessBlockArgs{
		BlockPublicAcls: pulumi.Bool(true), BlockPublicPolicy: pulumi.Bool(true),
		IgnorePublicAcls: pulumi.Bool(true), RestrictPublicBuckets: pulumi.Bool(true),
	}, b.setting()...)
	return err
}

// passwordPolicy is that of IAM.7 and CIS AWS Foundations Benchmark 3.0.0, 1.8 and 1.9. No hard expiry: it would lock
// out whoever comes back late.
// Source: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7
func (b *accountBaselineBuilder) passwordPolicy() (err error) {
	if !b.args.PasswordPolicy.On() {
		return nil
	}
	b.out.PasswordPolicy, err = iam.NewAccountPasswordPolicy(b.Ctx, b.Name, &iam.AccountPasswordPolicyArgs{
		MinimumPasswordLength: pulumi.Int(14), PasswordReusePrevention: pulumi.Int(24),
		MaxPasswordAge:             pulumi.Int(b.args.maxPasswordAgeDays()),
		RequireLowercaseCharacters: pulumi.Bool(true), RequireUppercaseCharacters: pulumi.Bool(true),
		RequireNumbers: pulumi.Bool(true), RequireSymbols: pulumi.Bool(true),
		AllowUsersToChangePassword: pulumi.Bool(true),
	}, b.setting()...)
	return err
}

// accessAnalyzer finds access from outside of the account.
func (b *accountBaselineBuilder) accessAnalyzer() (err error) {
	b.out.AccessAnalyzerArn = component.None()
	if !b.args.AccessAnalyzer.On() {
		return nil
	}
	b.out.AccessAnalyzer, err = b.analyzer("external-access", accessanalyzer.AnalyzerArgs{Type: pulumi.String("ACCOUNT")})
	if err != nil {
		return err
	}
	b.out.AccessAnalyzerArn = b.out.AccessAnalyzer.Arn
	return nil
}

func (b *accountBaselineBuilder) unusedAccessAnalyzer() (err error) {
	b.out.UnusedAccessAnalyzerArn = component.None()
	if b.args.UnusedAccessDays == 0 {
		return nil
	}
	b.out.UnusedAccessAnalyzer, err = b.analyzer("unused-access", accessanalyzer.AnalyzerArgs{
		Type: pulumi.String("ACCOUNT_UNUSED_ACCESS"),
		Configuration: accessanalyzer.AnalyzerConfigurationArgs{
			UnusedAccess: accessanalyzer.AnalyzerConfigurationUnusedAccessArgs{
				UnusedAccessAge: pulumi.Int(b.args.UnusedAccessDays),
			},
		},
	})
	if err != nil {
		return err
	}
	b.out.UnusedAccessAnalyzerArn = b.out.UnusedAccessAnalyzer.Arn
	return nil
}

// analyzer makes an analyzer, protected when permanent, and not retained: AWS allows only one of each kind, so that a
// retained one would stand in the way of the next. Its name is fixed, because pulumi-aws generates none.
func (b *accountBaselineBuilder) analyzer(
	finds string, args accessanalyzer.AnalyzerArgs,
) (*accessanalyzer.Analyzer, error) {
	opts := b.Child()
	if b.args.Lifecycle.IsPermanent() {
		opts = append(opts, pulumi.Protect(true))
	}
	labels, name := b.args.Labels, b.Name+"-"+finds
	args.AnalyzerName = pulumi.String(finds + "-" + naming.Base(labels.Project, labels.Environment, b.Name))
	args.Tags = labels.Tags(name)
	return accessanalyzer.NewAnalyzer(b.Ctx, name, &args, opts...)
}
