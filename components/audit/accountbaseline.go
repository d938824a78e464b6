package audit

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/accessanalyzer"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// AccountBaselineType is the type token of AccountBaseline.
const AccountBaselineType = "bulwark:audit:AccountBaseline"

// AccountBaseline are settings of an account as a whole. See NewAccountBaseline.
type AccountBaseline struct {
	pulumi.ResourceState

	// AccessAnalyzerArn is the ARN of the analyzer of access from outside; empty without it.
	AccessAnalyzerArn pulumi.StringOutput `pulumi:"accessAnalyzerArn"`
	// UnusedAccessAnalyzerArn is the ARN of the analyzer of unused access; empty without it.
	UnusedAccessAnalyzerArn pulumi.StringOutput `pulumi:"unusedAccessAnalyzerArn"`

	// EbsEncryption encrypts new volumes; nil when disabled.
	EbsEncryption *ebs.EncryptionByDefault
	// S3PublicAccessBlock blocks public access to all buckets; nil when disabled.
	S3PublicAccessBlock *s3.AccountPublicAccessBlock
	// PasswordPolicy makes the rules for passwords; nil when disabled.
	PasswordPolicy *iam.AccountPasswordPolicy
	// AccessAnalyzer finds access from outside, UnusedAccessAnalyzer unused access; nil when disabled.
	AccessAnalyzer, UnusedAccessAnalyzer *accessanalyzer.Analyzer
}

// NewAccountBaseline changes settings of the account and region of the provider, for everything and everybody in it:
// have one per region, in one stack only. It reports all problems with the arguments at once, before it creates
// anything.
func NewAccountBaseline(
	ctx *pulumi.Context, name string, args *AccountBaselineArgs, opts ...pulumi.ResourceOption,
) (*AccountBaseline, error) {
	b := &accountBaselineBuilder{Base: component.NewBase(ctx, AccountBaselineType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check()); err != nil {
		return nil, err
	}
	return b.build(opts)
}
