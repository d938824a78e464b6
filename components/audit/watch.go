package audit

import (
	"cmp"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
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

// namespace is of the trail's own, because each trail of an account sees the same events.
func (a *TrailArgs) namespace() string { return "Audit/" + a.trailName() }

// watch makes a metric of each event, and the alarm if somebody listens.
func (b *builder) watch() error {
	t, namespace := b.out, b.args.namespace()
	names := pulumi.StringMap{}
	for _, w := range b.args.watches() {
		// No default value: AWS bills a metric for the hours with values only.
		filter, err := cloudwatch.NewLogMetricFilter(b.ctx, b.name+"-"+string(w.event), &cloudwatch.LogMetricFilterArgs{
			Name: pulumi.String(w.event), LogGroupName: t.LogGroup.Name, Pattern: pulumi.String(w.pattern),
			MetricTransformation: cloudwatch.LogMetricFilterMetricTransformationArgs{
				Name: pulumi.String(w.metric), Namespace: pulumi.String(namespace), Value: pulumi.String("1"),
			},
		}, b.parent)
		if err != nil {
			return err
		}
		t.filters[w.event] = filter
		t.metrics = append(t.metrics, Metric{Event: w.event, Namespace: namespace, Name: w.metric, Title: w.title})
		names[string(w.event)] = pulumi.String(w.metric)
		if b.args.AlarmActions != nil {
			if err := b.alarm(w); err != nil {
				return err
			}
		}
	}
	t.MetricNamespace, t.MetricNames = pulumi.String(namespace).ToStringOutput(), names.ToStringMapOutput()
	return nil
}

func (b *builder) alarm(w watch) error {
	name, args := b.name+"-"+string(w.event), b.args
	alarm, err := cloudwatch.NewMetricAlarm(b.ctx, name, &cloudwatch.MetricAlarmArgs{
		AlarmDescription: pulumi.String(w.description(args)),
		Namespace:        pulumi.String(args.namespace()), MetricName: pulumi.String(w.metric),
		Statistic: pulumi.String("Sum"), Period: pulumi.Int(period), EvaluationPeriods: pulumi.Int(1),
		ComparisonOperator: pulumi.String("GreaterThanOrEqualToThreshold"), Threshold: pulumi.Float64(float64(cmp.Or(args.AlarmThresholds[string(w.event)], 1))),
		TreatMissingData: pulumi.String("notBreaching"), AlarmActions: topics(args.AlarmActions), Tags: args.Labels.Tags(name),
	}, b.parent, pulumi.DependsOn([]pulumi.Resource{b.out.filters[w.event]}))
	b.out.alarms[w.event] = alarm
	return err
}

// topics are the ARNs as the untyped list that the resource wants.
func topics(arns pulumi.StringArrayInput) pulumi.ArrayOutput {
	return arns.ToStringArrayOutput().ApplyT(func(arns []string) []any {
		out := make([]any, len(arns))
		for i, arn := range arns {
			out[i] = arn
		}
		return out
	}).(pulumi.ArrayOutput)
}

// description says what happened and where to look; it is the text of the message.
func (w watch) description(a *TrailArgs) string {
	asked := ""
	if w.control != "" {
		asked = " (" + w.control + ")"
	}
	return fmt.Sprintf("Somebody %s%s. Who: search %s with the pattern of its metric filter %s.", w.title, asked, a.logGroupName(), w.event)
}
