package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3MfaDelete = rule.Rule{
	ID:       "s3-mfa-delete",
	Title:    "MFA delete enabled",
	Why:      "Whoever steals the keys of an administrator can delete every version of every object; with MFA delete a code from a device is needed too.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:  []string{"S3.20*"},
		CIS:   []string{"v3:2.1.2", "v5:2.1.2"},
		Trivy: []string{"AWS-0170"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-20",
	Fix: rule.Fix{
		Bulwark: "the root user turns it on by hand; object lock (BucketArgs.ObjectLock) protects against the same, and can be declared",
		Plain:   `turn it on with the root user and aws s3api put-bucket-versioning --mfa, then write MfaDelete: pulumi.String("Enabled")`,
	},
	OptIn: "only the root user can turn it on, by hand and with a code: no role that deploys can",
	Types: []string{bucketVersioning, bucketV2, bucketV1},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Is(bucketVersioning) {
			f.WantOneOf(r.Get("versioningConfiguration.mfaDelete"), "Enabled")
			return
		}
		inline := append(r.Get("versionings").List(), r.Get("versioning").List()...)
		if !slices.ContainsFunc(inline, func(v rule.Value) bool { return v.Get("enabled").Bool() }) {
			f.NotApplicable("its versioning, if it has any, is a resource of its own")
			return
		}
		for _, v := range inline {
			f.WantTrue(v.Get("mfaDelete"))
		}
	},
	Good: []rule.Example{{YAML: `
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: audio-files, versioningConfiguration: {status: Enabled, mfaDelete: Enabled}}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "audio-files", versioningConfiguration: {status: Enabled}}
`}, {Name: "switched off", YAML: `
versioning:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: audio-files, versioningConfiguration: {status: Enabled, mfaDelete: Disabled}}
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {versioning: {enabled: true}}
`}, {Name: "inside a bucket of a newer program", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {versionings: [{enabled: true, mfaDelete: false}]}
`}},
}
