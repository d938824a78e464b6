package rds

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// wantEvents reports every database or group of which no event subscription tells the categories. Source is the source
// type in RDS's words; a subscription without one, without sources or without categories is about all of them.
//
// Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateEventSubscription.html
func wantEvents(s *rule.Stack, f *rule.Findings, source string, subjects []*rule.Resource, categories ...string) {
	f.EachResource(subjects, func(subject *rule.Resource) {
		untold := slices.Clone(categories)
		for _, subscription := range s.Of(eventSubscription) {
			if !tellsOf(s, subscription, source, subject) {
				continue
			}
			told := subscription.Get("eventCategories")
			if told.Empty() {
				return
			}
			untold = slices.DeleteFunc(untold, func(category string) bool { return slices.Contains(told.Texts(), category) })
		}
		if len(untold) > 0 {
			f.Fail(subject, "no event subscription tells of %s: expected one for the source type %s", strings.Join(untold, ", "), source)
		}
	})
}

// tellsOf tells whether a subscription is about the subject.
func tellsOf(s *rule.Stack, subscription *rule.Resource, source string, subject *rule.Resource) bool {
	if !subscription.Get("enabled").BoolOr(true) {
		return false
	}
	if typ := subscription.Get("sourceType"); !typ.Empty() && !typ.Is(source) {
		return false
	}
	return subscription.Get("sourceIds").Empty() || slices.Contains(s.Referred(subscription, "sourceIds", subject.Type), subject)
}
