package componenttest

var _ = service(map[string]awsType{
	"aws:cloudwatch/logGroup:LogGroup": {stateful: true, computed: func(r registered) map[string]any {
		group := r.generated("name")
		return map[string]any{"id": group, "name": group, "arn": arn("logs", "log-group:"+group)}
	}},
	"aws:cloudwatch/logMetricFilter:LogMetricFilter": {untaggable: true},
	"aws:cloudwatch/metricAlarm:MetricAlarm": {computed: func(r registered) map[string]any {
		alarm := r.generated("name")
		return map[string]any{"id": alarm, "name": alarm, "arn": arn("cloudwatch", "alarm:"+alarm)}
	}},
}, nil)
