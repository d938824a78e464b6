package audit

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// trailBuilder makes one trail.
type trailBuilder struct {
	component.Base
	args *TrailArgs
	out  *Trail
	// evaluated fails if the policies of log bucket and key do not let the trail in. What depends on it is not made then.
	evaluated pulumi.BoolOutput
}

func (b *trailBuilder) build(opts []pulumi.ResourceOption) (*Trail, error) {
	b.out = &Trail{
		name: b.Name, filters: map[Event]*cloudwatch.LogMetricFilter{}, alarms: map[Event]*cloudwatch.MetricAlarm{},
	}
	return component.Build(&b.Base, b.out, opts, b.evaluate, b.key, b.logGroup, b.logRole, b.trail, b.metrics)
}

// key is the key of files and log group: given, or made for them.
func (b *trailBuilder) key() (err error) {
	b.out.Key, b.out.KeyArn, err = b.args.key().OrMake(&b.Base, b.Name, encryption.KeyArgs{
		Labels: b.args.Labels, Lifecycle: b.args.Lifecycle, Uses: keyUses,
		TrailNames: []string{b.args.trailName()}, LogGroups: []string{b.args.logGroupName()},
	})
	return err
}

// trail makes the trail once log bucket, key and role let it in: AWS tries all three.
func (b *trailBuilder) trail() (err error) {
	needs := []pulumi.Resource{b.out.LogRolePolicy}
	if b.args.LogBucket != nil {
		needs = append(needs, b.args.LogBucket.Policy)
	}
	opts := b.Child(pulumi.DependsOn(needs))
	if b.args.Lifecycle.IsPermanent() {
		opts = append(opts, pulumi.Protect(true))
	}
	var insights cloudtrail.TrailInsightSelectorArray
	for _, insight := range b.args.Insights {
		insights = append(insights, cloudtrail.TrailInsightSelectorArgs{InsightType: pulumi.String(insight)})
	}
	args := &cloudtrail.TrailArgs{
		Name: pulumi.String(b.args.trailName()), S3BucketName: b.checkedLogBucketName(), KmsKeyId: b.checkedKeyArn(),
		EnableLogging: pulumi.Bool(true), EnableLogFileValidation: pulumi.Bool(true),
		IsMultiRegionTrail: pulumi.Bool(true), IncludeGlobalServiceEvents: pulumi.Bool(true),
		// CloudTrail wants the ARN with the wildcard for the streams.
		CloudWatchLogsGroupArn: pulumi.Sprintf("%s:*", b.out.LogGroup.Arn), CloudWatchLogsRoleArn: b.out.LogRole.Arn,
		AdvancedEventSelectors: b.selectors(), Tags: b.args.Labels.Tags(b.Name),
	}
	if insights != nil {
		args.InsightSelectors = insights
	}
	if b.out.Trail, err = cloudtrail.NewTrail(b.Ctx, b.Name, args, opts...); err != nil {
		return err
	}
	b.out.location = b.Location()
	b.out.TrailArn, b.out.TrailName = b.out.Trail.Arn, b.out.Trail.Name
	return nil
}
