package audit

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var cloudtrailMultiRegion = rule.Rule{
	ID:         "cloudtrail-multi-region",
	Title:      "A multi-region trail with management read and write events",
	Why:        "Whoever breaks in works in a region that nobody uses; a trail of one region does not see it.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"CloudTrail.1"}, CIS: []string{"v3:3.1", "v5:3.1"}, Checkov: []string{"CKV_AWS_67"}, Trivy: []string{"AWS-0014"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-1",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail records all regions, global services and both reads and writes",
		Plain:   "cloudtrail.TrailArgs{IsMultiRegionTrail: pulumi.Bool(true), IncludeGlobalServiceEvents: pulumi.Bool(true)}",
	},
	Types: []string{trail},
	// One such trail is asked for; others beside it may record what they like.
	Stack: func(s *rule.Stack, f *rule.Findings) {
		trails := s.Of(trail)
		if len(trails) > 1 && slices.ContainsFunc(trails, recordsManagement) {
			return
		}
		f.EachResource(trails, func(r *rule.Resource) {
			f.WantTrue(r.Get("isMultiRegionTrail"))
			f.WantNotFalse(r.Get("includeGlobalServiceEvents"))
			f.Each(r.Get("eventSelectors"), func(selector rule.Value) {
				if kind := selector.Get("readWriteType"); !kind.Empty() {
					f.WantOneOf(kind, "All")
				}
				f.WantNotFalse(selector.Get("includeManagementEvents"))
			})
			// Advanced selectors record management events only if one of them says so.
			if advanced := r.Get("advancedEventSelectors"); !advanced.Empty() && !managed(advanced) {
				f.Fail(advanced, "records no management events: expected a selector with eventCategory Management, without readOnly")
			}
		})
	},
	Good: []rule.Example{{Name: "and another one, for data events", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties: {s3BucketName: acme-logs, isMultiRegionTrail: true}
reads:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    advancedEventSelectors:
      - name: data
        fieldSelectors: [{field: eventCategory, equals: [Data]}, {field: resources.type, equals: ["AWS::S3::Object"]}]
`}, {YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    isMultiRegionTrail: true
`}, {Name: "advanced selectors", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    isMultiRegionTrail: true
    advancedEventSelectors:
      - name: management
        fieldSelectors: [{field: eventCategory, equals: [Management]}]
`}},
	Bad: []rule.Example{{Name: "one region", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    isMultiRegionTrail: false
`}, {Name: "no global services", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    isMultiRegionTrail: true
    includeGlobalServiceEvents: false
`}, {Name: "writes only", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    isMultiRegionTrail: true
    eventSelectors: [{readWriteType: WriteOnly}]
`}, {Name: "data events only", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    isMultiRegionTrail: true
    advancedEventSelectors:
      - name: data
        fieldSelectors: [{field: eventCategory, equals: [Data]}]
`}},
}

// recordsManagement tells whether a trail records the management events of all regions, reads and writes.
func recordsManagement(t *rule.Resource) bool {
	if !t.Get("isMultiRegionTrail").Bool() || !t.Get("includeGlobalServiceEvents").BoolOr(true) {
		return false
	}
	for _, selector := range t.Get("eventSelectors").List() {
		if !selector.Get("readWriteType").Is("", "All") || !selector.Get("includeManagementEvents").BoolOr(true) {
			return false
		}
	}
	advanced := t.Get("advancedEventSelectors")
	return advanced.Empty() || managed(advanced)
}
