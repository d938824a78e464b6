package audit

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// TrailType is the type token of Trail.
const TrailType = "bulwark:audit:Trail"

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

	name     string
	location account.Output

	filters map[Event]*cloudwatch.LogMetricFilter
	alarms  map[Event]*cloudwatch.MetricAlarm
	metrics []Metric
}

// NewTrail creates a trail for all regions. It reports all problems with the arguments at once, before it creates
// anything. What an existing log bucket or key lets in, their policies say: those are evaluated in the preview.
func NewTrail(ctx *pulumi.Context, name string, args *TrailArgs, opts ...pulumi.ResourceOption) (*Trail, error) {
	b := &trailBuilder{Base: component.NewBase(ctx, TrailType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check()); err != nil {
		return nil, err
	}
	return b.build(opts)
}

// Filter is the metric filter of an event; nil if the event is excluded.
func (t *Trail) Filter(event Event) *cloudwatch.LogMetricFilter { return t.filters[event] }

// Alarm is the alarm of an event; nil without TrailArgs.AlarmActions, or if the event is excluded.
func (t *Trail) Alarm(event Event) *cloudwatch.MetricAlarm { return t.alarms[event] }

// Metrics are the metrics of the trail's events, by how urgent they are, for alarms and dashboards of your own.
func (t *Trail) Metrics() []Metric { return slices.Clone(t.metrics) }
