//go:build sandbox

package fidelity

import (
	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
)

// audits makes a trail with all that it can have, and all settings of an account.
func audits(ctx *pulumi.Context, _ *pulumiaws.Provider) error {
	logs, err := storage.NewLogBucket(ctx, "trail-logs", &storage.LogBucketArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable,
		Sources: storage.LogSources{CloudTrail: &storage.CloudTrailSource{TrailNames: []string{audit.TrailName(labels)}}},
	})
	if err != nil {
		return err
	}
	if _, err = audit.NewTrail(ctx, "trail", &audit.TrailArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, LogBucket: logs, RetentionDays: 731, Insights: audit.Insight("").Values(),
		DataEvents: []audit.DataEvents{
			{BucketArn: pulumi.String("arn:aws:s3:::acme-audio")},
			{BucketArn: pulumi.String("arn:aws:s3:::acme-replica"), Events: audit.ObjectEventsWrite},
			{BucketArn: pulumi.String("arn:aws:s3:::acme-site"), Events: audit.ObjectEventsRead},
		},
		RetiredAccessKeyIds: []string{"AKIAIOSFODNN7EXAMPLE"},
		AlarmActions:        pulumi.ToStringArray([]string{"arn:aws:sns:eu-west-1:123456789012:alarms"}),
		AlarmThresholds:     map[string]int{string(audit.EventUnauthorizedCalls): 10},
	}); err != nil {
		return err
	}
	_, err = audit.NewAccountBaseline(ctx, "account", &audit.AccountBaselineArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, UnusedAccessDays: 90,
	})
	return err
}
