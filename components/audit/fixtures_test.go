package audit_test

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/fixture"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
)

var labels = fixture.Labels

const (
	trailResource  = "aws:cloudtrail/trail:Trail"
	filterResource = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
	alarmResource  = "aws:cloudwatch/metricAlarm:MetricAlarm"
	roleResource   = "aws:iam/role:Role"

	trailName   = "acme-audio-test"
	someKey     = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	someTopic   = "arn:aws:sns:eu-west-1:123456789012:alarms"
	retiredKey  = "AKIAIOSFODNN7EXAMPLE"
	retiredKey2 = "AKIAI44QH8DHBEXAMPLE"
)

// trail makes a trail into an existing bucket, unless the arguments say otherwise.
func trail(change func(*audit.TrailArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &audit.TrailArgs{Labels: labels, LogBucketName: pulumi.String("acme-trails")}
		change(args)
		_, err := audit.NewTrail(ctx, "trail", args)
		return err
	}
}

// beside is what a trail works with.
type beside struct {
	logs  *storage.LogBucket
	audio *storage.Bucket
	key   *encryption.Key
}

// withOthers makes a trail beside a log bucket for that trail, a bucket for data and a key for that trail.
func withOthers(accepted string, lc lifecycle.Lifecycle, change func(*audit.TrailArgs, beside)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		var with beside
		var err error
		with.logs, err = storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
			Labels: labels, Lifecycle: lc, Sources: storage.LogSources{
				AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio"}},
				CloudTrail: &storage.CloudTrailSource{TrailNames: []string{accepted}},
			},
		})
		if err != nil {
			return err
		}
		with.audio, err = storage.NewBucket(ctx, "audio", &storage.BucketArgs{
			Labels: labels, Lifecycle: lc, LogBucket: with.logs,
		})
		if err != nil {
			return err
		}
		with.key, err = encryption.NewKey(ctx, "audit", &encryption.KeyArgs{
			Labels: labels, Lifecycle: lc, TrailNames: []string{accepted},
			Uses: []encryption.Use{encryption.UseCloudTrail, encryption.UseLogs},
		})
		if err != nil {
			return err
		}
		args := &audit.TrailArgs{Labels: labels, Lifecycle: lc}
		change(args, with)
		_, err = audit.NewTrail(ctx, "trail", args)
		return err
	}
}

// everything fills in all arguments but those for a bucket or key that exists already.
func everything(a *audit.TrailArgs, with beside) {
	a.LogBucket, a.Key, a.RetentionDays = with.logs, with.key, 731
	a.DataEvents = []audit.DataEvents{
		{Bucket: with.audio},
		{BucketArn: pulumi.String("arn:aws:s3:::acme-replica"), Events: audit.ObjectEventsWrite},
		{BucketArn: pulumi.String("arn:aws:s3:::acme-site"), Events: audit.ObjectEventsRead},
	}
	a.Insights = audit.Insight("").Values()
	a.RetiredAccessKeyIds = []string{retiredKey, retiredKey2}
	a.ExcludedEvents = []audit.Event{audit.EventConfigChanges, audit.EventOrganizationChanges}
	a.AlarmActions = pulumi.ToStringArray([]string{someTopic})
	a.AlarmThresholds = map[string]int{string(audit.EventUnauthorizedCalls): 10}
}

// inTwoRegions makes a log bucket in one region, and the trail in another.
func inTwoRegions(ctx *pulumi.Context) error {
	logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
		Labels: labels, Sources: storage.LogSources{CloudTrail: &storage.CloudTrailSource{TrailNames: []string{trailName}}},
	})
	if err != nil {
		return err
	}
	second, err := aws.NewProvider(ctx, "second", &aws.ProviderArgs{Region: pulumi.String("eu-central-1")})
	if err != nil {
		return err
	}
	_, err = audit.NewTrail(ctx, "trail", &audit.TrailArgs{Labels: labels, LogBucket: logs}, pulumi.Provider(second))
	return err
}
