package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3NoForceDestroy = rule.Rule{
	ID:       "s3-no-force-destroy",
	Title:    "forceDestroy off outside dev",
	Why:      "With forceDestroy, a rename or a wrong destroy deletes every object and every version in the bucket, in one step and without a question.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjects.html",
	Fix: rule.Fix{
		Bulwark: "leave Lifecycle unset: permanent buckets are protected, and never deleted with objects in them",
		Plain:   "leave ForceDestroy out of s3.BucketV2Args in production",
	},
	Types: []string{bucketV2, bucketV1},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("buckets for development go with their objects")
			return
		}
		f.WantNotTrue(r.Get("forceDestroy"))
	},
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("forceDestroy", false) },
	Good: []rule.Example{{Name: "by default", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: audio-files}
`}, {Name: "said", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {forceDestroy: false}
`}},
	Bad: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {forceDestroy: true}
`}, {Name: "in an older program", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {forceDestroy: true}
`}},
}
