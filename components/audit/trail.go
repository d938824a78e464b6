package audit

import (
	"cmp"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// Type tokens of the components.
const (
	TrailType           = "bulwark:audit:Trail"
	AccountBaselineType = "bulwark:audit:AccountBaseline"
)

// TrailName is the name of the trail of a stack with these labels, for the log bucket's sources and the key's trails.
func TrailName(labels tagging.Labels) string {
	return naming.Base(labels.Project, labels.Environment, "")
}

// Trail is a CloudTrail trail with its key, its log group and the metrics of what it finds. See NewTrail.
type Trail struct {
	pulumi.ResourceState

	// TrailArn is the ARN of the trail.
	TrailArn pulumi.StringOutput `pulumi:"trailArn"`
	// TrailName is its name.
	TrailName pulumi.StringOutput `pulumi:"trailName"`
	// KeyArn is the ARN of the key that encrypts files and log group.
	KeyArn pulumi.StringOutput `pulumi:"keyArn"`
	// LogGroupName and LogGroupArn are those of the log group.
	LogGroupName pulumi.StringOutput `pulumi:"logGroupName"`
	LogGroupArn  pulumi.StringOutput `pulumi:"logGroupArn"`
	// MetricNamespace is the namespace of the metrics in CloudWatch.
	MetricNamespace pulumi.StringOutput `pulumi:"metricNamespace"`
	// MetricNames are the names of the metrics, by event.
	MetricNames pulumi.StringMapOutput `pulumi:"metricNames"`

	// Trail is the trail itself.
	Trail *cloudtrail.Trail `pulumi:"trail" provider:"type=aws@6.83.2:cloudtrail/trail:Trail"`
	// LogGroup keeps the events.
	LogGroup *cloudwatch.LogGroup `pulumi:"logGroup" provider:"type=aws@6.83.2:cloudwatch/logGroup:LogGroup"`
	// LogRole lets CloudTrail write into LogGroup, as LogRolePolicy says.
	LogRole       *iam.Role       `pulumi:"logRole" provider:"type=aws@6.83.2:iam/role:Role"`
	LogRolePolicy *iam.RolePolicy `pulumi:"logRolePolicy" provider:"type=aws@6.83.2:iam/rolePolicy:RolePolicy"`
	// Key encrypts files and log group; nil with TrailArgs.KeyArn.
	Key *encryption.Key

	filters map[Event]*cloudwatch.LogMetricFilter
	alarms  map[Event]*cloudwatch.MetricAlarm
	metrics []Metric
}

// NewTrail creates a trail for all regions. It reports all problems with the arguments at once, before it creates
// anything. What an existing log bucket or key lets in, their policies say: that is judged in the preview.
func NewTrail(ctx *pulumi.Context, name string, args *TrailArgs, opts ...pulumi.ResourceOption) (*Trail, error) {
	if args == nil {
		args = &TrailArgs{}
	}
	if err := args.check().Err(TrailType, name); err != nil {
		return nil, err
	}
	t := &Trail{filters: map[Event]*cloudwatch.LogMetricFilter{}, alarms: map[Event]*cloudwatch.MetricAlarm{}}
	if err := ctx.RegisterComponentResource(TrailType, name, t, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, out: t, parent: pulumi.Parent(t), location: account.Lookup(ctx, t)}
	b.accepted = b.judge()
	for _, step := range []func() error{b.key, b.logGroup, b.trail, b.watch} {
		if err := step(); err != nil {
			return nil, err
		}
	}

	return t, ctx.RegisterResourceOutputs(t, pulumi.Map{
		"trailArn":        t.TrailArn,
		"trailName":       t.TrailName,
		"keyArn":          t.KeyArn,
		"logGroupName":    t.LogGroupName,
		"logGroupArn":     t.LogGroupArn,
		"metricNamespace": t.MetricNamespace,
		"metricNames":     t.MetricNames,
		"trail":           t.Trail,
		"logGroup":        t.LogGroup,
		"logRole":         t.LogRole,
		"logRolePolicy":   t.LogRolePolicy,
	})
}

// Filter is the metric filter of an event; nil if the event is left out.
func (t *Trail) Filter(event Event) *cloudwatch.LogMetricFilter { return t.filters[event] }

// Alarm is the alarm of an event; nil without TrailArgs.AlarmActions, or if the event is left out.
func (t *Trail) Alarm(event Event) *cloudwatch.MetricAlarm { return t.alarms[event] }

// Metrics are the metrics of the trail's events, by how urgent they are, for alarms and dashboards of one's own.
func (t *Trail) Metrics() []Metric { return slices.Clone(t.metrics) }

// builder makes one trail.
type builder struct {
	ctx      *pulumi.Context
	name     string
	args     *TrailArgs
	out      *Trail
	parent   pulumi.ResourceOption
	location account.Output
	// accepted is whether log bucket and key let the trail in: it fails if they do not.
	accepted pulumi.BoolOutput
}

func (a *TrailArgs) trailName() string { return cmp.Or(a.TrailName, TrailName(a.Labels)) }

func (a *TrailArgs) logGroupName() string { return "/cloudtrail/" + a.trailName() }

// key is the key of files and log group: given, or made for them.
func (b *builder) key() error {
	t, args := b.out, b.args
	if args.KeyArn != nil {
		t.KeyArn = args.KeyArn.ToStringOutput()
		return nil
	}
	t.Key = args.Key
	if t.Key == nil {
		var err error
		t.Key, err = encryption.NewKey(b.ctx, b.name+"-key", &encryption.KeyArgs{
			Labels: args.Labels, Lifecycle: args.Lifecycle, Uses: []encryption.Use{encryption.UseCloudTrail, encryption.UseLogs},
			TrailNames: []string{args.trailName()}, LogGroups: []string{args.logGroupName()},
		}, b.parent)
		if err != nil {
			return err
		}
	}
	t.KeyArn = t.Key.KeyArn
	return nil
}

// trail makes the trail once log bucket, key and role let it in: AWS tries all three.
func (b *builder) trail() error {
	t, args := b.out, b.args
	needs := []pulumi.Resource{t.LogRolePolicy}
	if args.LogBucket != nil {
		needs = append(needs, args.LogBucket.Policy)
	}
	opts := []pulumi.ResourceOption{b.parent, pulumi.DependsOn(needs)}
	if args.Lifecycle.IsPermanent() {
		opts = append(opts, pulumi.Protect(true))
	}
	var insights cloudtrail.TrailInsightSelectorArray
	for _, insight := range args.Insights {
		insights = append(insights, cloudtrail.TrailInsightSelectorArgs{InsightType: pulumi.String(insight)})
	}
	in := &cloudtrail.TrailArgs{
		Name: pulumi.String(args.trailName()), S3BucketName: b.bucketName(), KmsKeyId: t.KeyArn,
		EnableLogging: pulumi.Bool(true), EnableLogFileValidation: pulumi.Bool(true),
		IsMultiRegionTrail: pulumi.Bool(true), IncludeGlobalServiceEvents: pulumi.Bool(true),
		// CloudTrail wants the ARN with the wildcard for the streams.
		CloudWatchLogsGroupArn: pulumi.Sprintf("%s:*", t.LogGroup.Arn), CloudWatchLogsRoleArn: t.LogRole.Arn,
		AdvancedEventSelectors: b.selectors(), Tags: args.Labels.Tags(b.name),
	}
	if insights != nil {
		in.InsightSelectors = insights
	}
	var err error
	if t.Trail, err = cloudtrail.NewTrail(b.ctx, b.name, in, opts...); err != nil {
		return err
	}
	t.TrailArn, t.TrailName = t.Trail.Arn, t.Trail.Name
	return nil
}
