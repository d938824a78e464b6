package audit

import (
	"cmp"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// period is how long events are counted for an alarm, in seconds.
const period = 300

// Metric is a metric in CloudWatch that counts an event. It has values for minutes with the event only: alarms treat
// missing data as notBreaching.
type Metric struct {
	// Event is what it counts.
	Event Event
	// Namespace and Name are those of the metric, which has no dimensions.
	Namespace, Name string
	// Title says in words what somebody did, for example "acted as the root user".
	Title string
}

// metrics makes a metric filter for each event, and an alarm if there is somebody to tell.
func (b *trailBuilder) metrics() error {
	t, namespace := b.out, b.args.namespace()
	names := pulumi.StringMap{}
	for _, f := range b.args.metricFilters() {
		// No default value: AWS bills a metric for the hours with values only.
		filter, err := cloudwatch.NewLogMetricFilter(b.Ctx, b.Name+"-"+string(f.event), &cloudwatch.LogMetricFilterArgs{
			Name: pulumi.String(f.event), LogGroupName: t.LogGroup.Name, Pattern: pulumi.String(f.pattern),
			MetricTransformation: cloudwatch.LogMetricFilterMetricTransformationArgs{
				Name: pulumi.String(f.metric), Namespace: pulumi.String(namespace), Value: pulumi.String("1"),
			},
		}, b.Parent)
		if err != nil {
			return err
		}
		t.filters[f.event] = filter
		t.metrics = append(t.metrics, Metric{Event: f.event, Namespace: namespace, Name: f.metric, Title: f.title})
		names[string(f.event)] = pulumi.String(f.metric)
		if b.args.AlarmActions != nil {
			if err := b.alarm(f); err != nil {
				return err
			}
		}
	}
	t.MetricNamespace, t.MetricNames = pulumi.String(namespace).ToStringOutput(), names.ToStringMapOutput()
	return nil
}

func (b *trailBuilder) alarm(f metricFilter) error {
	name, args := b.Name+"-"+string(f.event), b.args
	threshold := float64(cmp.Or(args.AlarmThresholds[string(f.event)], 1))
	alarm, err := cloudwatch.NewMetricAlarm(b.Ctx, name, &cloudwatch.MetricAlarmArgs{
		AlarmDescription: pulumi.String(f.description(args)),
		Namespace:        pulumi.String(args.namespace()), MetricName: pulumi.String(f.metric),
		Statistic: pulumi.String("Sum"), Period: pulumi.Int(period), EvaluationPeriods: pulumi.Int(1),
		ComparisonOperator: pulumi.String("GreaterThanOrEqualToThreshold"), Threshold: pulumi.Float64(threshold),
		TreatMissingData: pulumi.String("notBreaching"), AlarmActions: b.topics(), Tags: args.Labels.Tags(name),
	}, b.Parent, pulumi.DependsOn([]pulumi.Resource{b.out.filters[f.event]}))
	b.out.alarms[f.event] = alarm
	return err
}

// topics are the ARNs, once they are known to be those of topics in the trail's region, as the untyped list that the
// resource wants.
func (b *trailBuilder) topics() pulumi.ArrayOutput {
	return pulumi.All(b.args.AlarmActions, b.Location()).ApplyT(func(values []any) ([]any, error) {
		arns, in := values[0].([]string), values[1].(account.Info)
		out := make([]any, len(arns))
		var ps validate.Problems
		for i, arn := range arns {
			path := validate.Path("alarmActions").Index(i)
			ps.Add(validate.TopicARN(path, arn)...)
			ps.Add(validate.SameRegion(path, arn, in.Region, "the trail")...)
			out[i] = arn
		}
		return out, b.Err(ps)
	}).(pulumi.ArrayOutput)
}

// description says what happened and where to look; it is the text of the message.
func (f metricFilter) description(a *TrailArgs) string {
	asked := ""
	if f.control != "" {
		asked = " (" + f.control + ")"
	}
	return fmt.Sprintf("Somebody %s%s. Who: search %s with the pattern of its metric filter %s.",
		f.title, asked, a.logGroupName(), f.event)
}
