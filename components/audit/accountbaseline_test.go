package audit_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func baseline(change func(*audit.AccountBaselineArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &audit.AccountBaselineArgs{Labels: labels}
		change(args)
		_, err := audit.NewAccountBaseline(ctx, "account", args)
		return err
	}
}

func TestAccountBaselineConforms(t *testing.T) {
	componenttest.Conform(t, componenttest.Case{
		Token: audit.AccountBaselineType, Golden: "baseline",
		Args: audit.AccountBaselineArgs{}, Component: audit.AccountBaseline{},
		Minimal: baseline(func(*audit.AccountBaselineArgs) {}),
		NoArgs:  func(ctx *pulumi.Context) error { _, err := audit.NewAccountBaseline(ctx, "account", nil); return err },
		Unknown: baseline(func(*audit.AccountBaselineArgs) {}),
		Disposable: baseline(func(a *audit.AccountBaselineArgs) {
			a.Lifecycle, a.UnusedAccessDays = lifecycle.Disposable, 90
		}),
		Variants: map[string]pulumi.RunFunc{
			"unused-access-only": baseline(func(a *audit.AccountBaselineArgs) { allOff(a); a.UnusedAccessDays = 180 }),
		},
		Bad: []componenttest.Bad{
			{Name: "nothing", Program: baseline(allOff), Problems: []string{"ebsEncryption: baseline-empty"}},
			{
				Name: "switches", Program: baseline(func(a *audit.AccountBaselineArgs) {
					a.EbsEncryption, a.AccessAnalyzer = "yes", "of"
				}),
				Problems: []string{"ebsEncryption: not-supported", "accessAnalyzer: not-supported"},
			},
			{Name: "days", Program: baseline(func(a *audit.AccountBaselineArgs) {
				a.PasswordPolicy, a.MaxPasswordAgeDays, a.UnusedAccessDays = toggle.Disabled, 1096, 366
			}), Problems: []string{
				"maxPasswordAgeDays: out-of-range", "maxPasswordAgeDays: password-policy-off",
				"unusedAccessDays: out-of-range",
			}},
		},
	})
}

func allOff(a *audit.AccountBaselineArgs) {
	a.EbsEncryption, a.S3PublicAccessBlock = toggle.Disabled, toggle.Disabled
	a.PasswordPolicy, a.AccessAnalyzer = toggle.Disabled, toggle.Disabled
}

// TestDestroyingTheBaselineOpensNothing: a permanent baseline leaves its settings behind, and only they stay.
func TestDestroyingTheBaselineOpensNothing(t *testing.T) {
	recorder := componenttest.Run(t, baseline(func(*audit.AccountBaselineArgs) {}))
	stays := map[string]bool{}
	for _, r := range recorder.Registrations() {
		if r.Custom {
			stays[r.Type] = r.RetainOnDelete
		}
	}
	assert.Equal(t, map[string]bool{
		"aws:ebs/encryptionByDefault:EncryptionByDefault":          true,
		"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": true,
		"aws:iam/accountPasswordPolicy:AccountPasswordPolicy":      true,
		"aws:accessanalyzer/analyzer:Analyzer":                     false,
	}, stays)
}
