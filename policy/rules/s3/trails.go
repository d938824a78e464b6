package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// objectCalls are a kind of calls on objects in the words of both sorts of event selectors.
type objectCalls struct{ readWriteType, readOnly string }

var (
	writes = objectCalls{"WriteOnly", "false"}
	reads  = objectCalls{"ReadOnly", "true"}
)

// recorded is the rule that a trail of the stack which records all regions records these calls on S3 objects.
func recorded(calls objectCalls) func(*rule.Stack, *rule.Findings) {
	return func(s *rule.Stack, f *rule.Findings) {
		for _, t := range s.Of(trail) {
			if t.Get("isMultiRegionTrail").Bool() && calls.recordedBy(t) {
				return
			}
		}
		f.Fail(s, "no trail of all regions records them: expected an event selector for AWS::S3::Object")
	}
}

// recordedBy tells whether a trail records the calls. It has one sort of selectors, and a preview does not know the other.
//
// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
func (c objectCalls) recordedBy(t *rule.Resource) bool {
	basic, advanced := t.Get("eventSelectors"), t.Get("advancedEventSelectors")
	if advanced.Known() && slices.ContainsFunc(advanced.List(), c.advanced) {
		return true
	}
	return slices.ContainsFunc(basic.List(), c.basic) || slices.ContainsFunc(advanced.List(), c.advanced)
}

func (c objectCalls) basic(selector rule.Value) bool {
	if !selector.Get("readWriteType").Is("", "All", c.readWriteType) {
		return false
	}
	return slices.ContainsFunc(selector.Get("dataResources").List(), func(data rule.Value) bool {
		return data.Get("type").Is("AWS::S3::Object") && slices.ContainsFunc(data.Get("values").Texts(), func(arn string) bool { return arn != "" })
	})
}

func (c objectCalls) advanced(selector rule.Value) bool {
	data, objects, kind := false, false, true
	for _, field := range selector.Get("fieldSelectors").List() {
		equals := field.Get("equals")
		switch field.Get("field").Text() {
		case "eventCategory":
			data = slices.Contains(equals.Texts(), "Data")
		case "resources.type":
			objects = slices.Contains(equals.Texts(), "AWS::S3::Object")
		case "readOnly":
			kind = slices.Contains(equals.Texts(), c.readOnly)
		}
	}
	return data && objects && kind
}
