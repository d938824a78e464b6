package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3EventNotifications = rule.Rule{
	ID:       "s3-event-notifications",
	Title:    "Event notifications configured",
	Why:      "Events tell at once that objects came or went, as when a scanner has to look at an upload, or when somebody deletes by the thousand.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"S3.11*"},
		Checkov: []string{"CKV2_AWS_62"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-11",
	Fix: rule.Fix{
		Bulwark: "storage.BucketArgs{EventBridge: true}",
		Plain:   "s3.BucketNotificationArgs{Eventbridge: pulumi.Bool(true)}",
	},
	OptIn: "a bucket whose changes nobody handles needs no events, and EventBridge bills them",
	Types: []string{bucketV2, bucketV1, bucketEvents, bucketPolicy, bucketLogging, loadBalancer, loadBalancerAlias},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			if slices.ContainsFunc(s.Referrers(bucket, "bucket", bucketEvents), tells) {
				return
			}
			if isLogArchive(s, bucket) {
				f.NotApplicable("it is an archive of logs")
				return
			}
			f.Fail(bucket, "nobody learns of its changes: expected a notification, or EventBridge")
		})
	},
	Good: []rule.Example{{Name: "EventBridge", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
events:
  type: aws:s3/bucketNotification:BucketNotification
  properties: {bucket: "${audio.id}", eventbridge: true}
`}, {Name: "a queue", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
events:
  type: aws:s3/bucketNotification:BucketNotification
  properties:
    bucket: ${audio.id}
    queues: [{queueArn: "arn:aws:sqs:eu-west-1:111122223333:uploads", events: ["s3:ObjectCreated:*"]}]
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "to nobody", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
events:
  type: aws:s3/bucketNotification:BucketNotification
  properties: {bucket: "${audio.id}", eventbridge: false}
`}},
}

// tells tells whether a notification has somebody to notify.
func tells(r *rule.Resource) bool {
	if r.Get("eventbridge").Bool() {
		return true
	}
	return slices.ContainsFunc([]string{"queues[*].queueArn", "topics[*].topicArn", "lambdaFunctions[*].lambdaFunctionArn"}, func(path string) bool {
		return slices.ContainsFunc(r.All(path), func(arn rule.Value) bool { return arn.Text() != "" })
	})
}
