package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

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
	Resource: func(r *rule.Resource, f *rule.Findings) {
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
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		if r.Get("eventSelectors").Empty() && r.Get("advancedEventSelectors").Empty() {
			c.Set("isMultiRegionTrail", true)
			c.Set("includeGlobalServiceEvents", true)
		}
	},
	Good: []rule.Example{{YAML: `
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
