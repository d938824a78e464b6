package audit

import (
	"maps"
	"slices"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// MaxRetiredAccessKeys is how many keys can be watched: it keeps their pattern under the 1024 characters of a filter
// pattern.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
const MaxRetiredAccessKeys = 10

func (a *TrailArgs) checkRetiredKeys() validate.Problems {
	path := validate.Path("retiredAccessKeyIds")
	ps := validate.AccessKeyIDs(path, a.RetiredAccessKeyIds, MaxRetiredAccessKeys)
	if len(a.RetiredAccessKeyIds) > 0 && slices.Contains(a.ExcludedEvents, EventRetiredKeyUse) {
		ps.Add(validate.Conflict(path, "set", "no keys, because excludedEvents has "+string(EventRetiredKeyUse),
			"remove one of the two").By("access-key-left-out"))
	}
	return ps
}

func (a *TrailArgs) checkAlarms() validate.Problems {
	var ps validate.Problems
	topics, whole := component.Literals(a.AlarmActions)
	if whole && len(topics) == 0 {
		ps.Add(validate.Required("alarmActions", "the ARN of an SNS topic",
			"name a topic, or remove alarmActions: alarms that tell nobody are of no use").By("alarm-actions"))
	}
	for _, i := range slices.Sorted(maps.Keys(topics)) {
		ps.Add(validate.TopicARN(validate.Path("alarmActions").Index(i), topics[i])...)
	}
	path := validate.Path("alarmThresholds")
	if len(a.AlarmThresholds) > 0 && a.AlarmActions == nil {
		ps.Add(validate.Conflict(path, "set", "none without alarmActions, which make the alarms",
			"set alarmActions, or remove alarmThresholds").By("alarm-thresholds"))
	}
	filters := a.metricFilters()
	for _, name := range slices.Sorted(maps.Keys(a.AlarmThresholds)) {
		at, event := path.Key(name), Event(name)
		switch {
		case !slices.Contains(event.Values(), event):
			ps.Add(validate.NotSupported(at, event, event.Values()))
		case !slices.ContainsFunc(filters, func(f metricFilter) bool { return f.event == event }):
			ps.Add(validate.Conflict(at, a.AlarmThresholds[name], "none for an event that the trail does not watch",
				"remove it").By("alarm-thresholds"))
		}
		ps.Add(validate.Range(at, a.AlarmThresholds[name], 1, 1_000_000, "events")...)
	}
	return ps
}
