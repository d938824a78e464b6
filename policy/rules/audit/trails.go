package audit

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// trailBuckets are the buckets of this stack to which its trails deliver, each once.
func trailBuckets(s *rule.Stack) []*rule.Resource {
	var buckets []*rule.Resource
	for _, t := range s.Of(trail) {
		for _, bucket := range s.Referred(t, "s3BucketName", bucketV2, bucketV1) {
			if !slices.Contains(buckets, bucket) {
				buckets = append(buckets, bucket)
			}
		}
	}
	return buckets
}

// managed tells whether one of the advanced selectors records all management events.
func managed(selectors rule.Value) bool {
	return slices.ContainsFunc(selectors.List(), func(selector rule.Value) bool {
		management, all := false, true
		for _, field := range selector.Get("fieldSelectors").List() {
			switch {
			case field.Get("field").Is("eventCategory"):
				management = slices.Contains(field.Get("equals").Texts(), "Management")
			case field.Get("field").Is("readOnly"):
				all = false
			}
		}
		return management && all
	})
}
