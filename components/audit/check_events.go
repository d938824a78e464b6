package audit

import (
	"fmt"
	"maps"
	"slices"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// maxRetiredKeys keeps their pattern under the 1024 characters of a filter pattern.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
const maxRetiredKeys = 10

func (a *TrailArgs) checkRetiredKeys() validate.Problems {
	var ps validate.Problems
	path := validate.Path("retiredAccessKeyIds")
	if count := len(a.RetiredAccessKeyIds); count > maxRetiredKeys {
		ps.Add(validate.Invalid(path, fmt.Sprintf("%d keys", count), fmt.Sprintf("at most %d keys", maxRetiredKeys),
			"remove those that are deleted").By("access-key-count"))
	}
	for i, id := range a.RetiredAccessKeyIds {
		at := path.Index(i)
		// What is no id may be a secret, so that only an id is shown to be there twice.
		if problems := validate.AccessKeyID(at, id); len(problems) > 0 {
			ps.Add(problems...)
		} else if slices.Contains(a.RetiredAccessKeyIds[:i], id) {
			ps.Add(validate.Duplicate(at, id))
		}
	}
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
