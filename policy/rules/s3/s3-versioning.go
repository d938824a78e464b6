package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3Versioning = rule.Rule{
	ID:       "s3-versioning",
	Title:    "Versioning enabled",
	Why:      "Without versions, a wrong delete or a client that overwrites everything is final; with them, and with an attacker who deletes, the objects are still there.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"S3.14*"},
		Checkov: []string{"CKV_AWS_21"},
		Trivy:   []string{"AWS-0090"},
		CDKNag:  []string{"NIST:S3BucketVersioningEnabled"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-14",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket enables versioning; leave BucketArgs.Versioning unset",
		Plain:   `s3.BucketVersioningV2VersioningConfigurationArgs{Status: pulumi.String("Enabled")}`,
	},
	Types: []string{bucketV2, bucketV1, bucketVersioning},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			if at, enabled := versioning(s, bucket); !enabled {
				f.Fail(at, "overwritten and deleted objects are lost: expected versioning to be enabled")
			}
		})
	},
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {versionings: [{enabled: true}]}
`}, {Name: "inside a bucket of an older program", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {versioning: {enabled: true}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "suspended", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Suspended}}
`}, {Name: "of another bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "logs", versioningConfiguration: {status: Enabled}}
`}, {Name: "off inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {versioning: {enabled: false}}
`}},
}
