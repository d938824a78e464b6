package observability

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// noTrail is why a stack without a trail has no use for metric filters: CIS asks for one trail an account, and the stack
// that has it has the filters.
const noTrail = "no trail of this stack writes to CloudWatch Logs"

// wantTrailAlarm reports every trail with a log group on which no metric filter matches all the marks, or whose filter's
// metric no alarm with an action watches. A mark is a part of the filter pattern, such as DeleteTrail; blanks, quotes and
// case do not count.
func wantTrailAlarm(s *rule.Stack, f *rule.Findings, marks ...string) {
	if len(s.Of(trail)) == 0 {
		f.NotApplicable(noTrail)
		return
	}
	var matching []*rule.Resource
	for _, filter := range s.Of(metricFilter) {
		if matches(filter.Get("pattern"), marks) {
			matching = append(matching, filter)
		}
	}
	// One trail with the filter is asked for; what others record besides is counted there already.
	if trails := s.Of(trail); len(trails) > 1 && slices.ContainsFunc(trails, func(t *rule.Resource) bool { return watched(s, t, matching) }) {
		return
	}
	f.EachResource(s.Of(trail), func(t *rule.Resource) {
		if !t.Get("cloudWatchLogsGroupArn").Given() {
			f.NotApplicable(noTrail)
			return
		}
		var filters []*rule.Resource
		for _, filter := range matching {
			if sameGroup(s, t, filter) {
				filters = append(filters, filter)
			}
		}
		if len(filters) == 0 {
			f.Fail(t, "no metric filter on its log group matches %s: expected one", strings.Join(marks, ", "))
			return
		}
		if !slices.ContainsFunc(filters, func(filter *rule.Resource) bool { return alarmed(s, filter) }) {
			f.Fail(filters[0], "no alarm with an action watches its metric: expected one")
		}
	})
}

// watched tells whether an alarm with an action watches the metric of one of the filters, on the trail's log group.
func watched(s *rule.Stack, t *rule.Resource, filters []*rule.Resource) bool {
	if !t.Get("cloudWatchLogsGroupArn").Given() {
		return false
	}
	return slices.ContainsFunc(filters, func(filter *rule.Resource) bool { return sameGroup(s, t, filter) && alarmed(s, filter) })
}

func matches(pattern rule.Value, marks []string) bool {
	text := compact(pattern.Text())
	return !slices.ContainsFunc(marks, func(mark string) bool { return !strings.Contains(text, compact(mark)) })
}

// blanks are what does not count in a filter pattern.
var blanks = strings.NewReplacer(" ", "", "\t", "", "\n", "", `"`, "")

func compact(pattern string) string { return strings.ToLower(blanks.Replace(pattern)) }

// sameGroup tells whether the filter is on the log group that the trail writes to.
func sameGroup(s *rule.Stack, t, filter *rule.Resource) bool {
	groups := s.Referred(t, "cloudWatchLogsGroupArn", logGroup)
	for _, group := range s.Referred(filter, "logGroupName", logGroup) {
		if slices.Contains(groups, group) {
			return true
		}
	}
	if len(groups) > 0 {
		return false
	}
	return strings.Contains(t.Get("cloudWatchLogsGroupArn").Text()+":", ":log-group:"+filter.Get("logGroupName").Text()+":")
}

// alarmed tells whether an alarm with an action watches the filter's metric.
func alarmed(s *rule.Stack, filter *rule.Resource) bool {
	metric := filter.Get("metricTransformation")
	name, namespace := metric.Get("name").Text(), metric.Get("namespace").Text()
	return slices.ContainsFunc(s.Of(metricAlarm), func(alarm *rule.Resource) bool {
		return alarm.Get("metricName").Is(name) && alarm.Get("namespace").Is(namespace) && acts(alarm)
	})
}

// acts tells whether an alarm has an action that is on.
func acts(alarm *rule.Resource) bool {
	return alarm.Get("actionsEnabled").BoolOr(true) && len(alarm.Get("alarmActions").Texts()) > 0
}
