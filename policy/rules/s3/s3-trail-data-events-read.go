package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3TrailDataEventsRead = rule.Rule{
	ID:       "s3-trail-data-events-read",
	Title:    "CloudTrail logs S3 object-level reads",
	Why:      "A leak is a read: without data events CloudTrail has no record of which identity fetched which object, from where.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:  []string{"S3.23*"},
		CIS:   []string{"v3:3.9", "v5:3.9"},
		Trivy: []string{"AWS-0172"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-23",
	Fix: rule.Fix{
		Bulwark: "cloudtrail.Trail with a selector for the storage buckets, in the stack of the account's baseline",
		Plain:   `cloudtrail.TrailEventSelectorArgs{ReadWriteType: pulumi.String("All"), DataResources: ...Type: pulumi.String("AWS::S3::Object"), Values: pulumi.ToStringArray([]string{"arn:aws:s3"})}`,
	},
	OptIn: "data events are paid by the call, and one trail serves the whole account: they belong to its baseline",
	Types: []string{trail},
	Stack: recorded(reads),
	Good: []rule.Example{{Name: "all calls", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
    eventSelectors: [{readWriteType: All, includeManagementEvents: true, dataResources: [{type: "AWS::S3::Object", values: ["arn:aws:s3"]}]}]
`}, {Name: "these calls", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
    eventSelectors: [{readWriteType: ReadOnly, includeManagementEvents: true, dataResources: [{type: "AWS::S3::Object", values: ["arn:aws:s3"]}]}]
`}, {Name: "an advanced selector", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
    advancedEventSelectors:
      - name: objects
        fieldSelectors:
          - {field: eventCategory, equals: [Data]}
          - {field: resources.type, equals: ["AWS::S3::Object"]}
          - {field: readOnly, equals: ["true"]}
`}, {Name: "an advanced selector for all calls", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
    advancedEventSelectors:
      - name: objects
        fieldSelectors:
          - {field: eventCategory, equals: [Data]}
          - {field: resources.type, equals: ["AWS::S3::Object"]}
`}, {Name: "one of two trails", YAML: `
second:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
    eventSelectors: [{readWriteType: All, includeManagementEvents: true, dataResources: [{type: "AWS::S3::Object", values: ["arn:aws:s3"]}]}]
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
`}},
	Bad: []rule.Example{{Name: "no trail", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "management events only", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
    eventSelectors: [{readWriteType: All, includeManagementEvents: true}]
`}, {Name: "the other calls", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
    eventSelectors: [{readWriteType: WriteOnly, includeManagementEvents: true, dataResources: [{type: "AWS::S3::Object", values: ["arn:aws:s3"]}]}]
`}, {Name: "an advanced selector for the other calls", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
    advancedEventSelectors:
      - name: objects
        fieldSelectors:
          - {field: eventCategory, equals: [Data]}
          - {field: resources.type, equals: ["AWS::S3::Object"]}
          - {field: readOnly, equals: ["false"]}
`}, {Name: "another service", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
    eventSelectors: [{readWriteType: All, includeManagementEvents: true, dataResources: [{type: "AWS::Lambda::Function", values: ["arn:aws:s3"]}]}]
`}, {Name: "an advanced selector for another service", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: true
    advancedEventSelectors:
      - name: objects
        fieldSelectors:
          - {field: eventCategory, equals: [Data]}
          - {field: resources.type, equals: ["AWS::Lambda::Function"]}
`}, {Name: "one region", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-trail
    isMultiRegionTrail: false
    eventSelectors: [{readWriteType: All, includeManagementEvents: true, dataResources: [{type: "AWS::S3::Object", values: ["arn:aws:s3"]}]}]
`}},
}
