package s3

import (
	"regexp"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3DNSCompliantName = rule.Rule{
	ID:       "s3-dns-compliant-name",
	Title:    "Bucket names are DNS compliant (no dots)",
	Why:      "The certificate of S3 covers one label: with a dot in the bucket's name, https to its address fails, and clients that are told to ignore it are open to anybody between.",
	Severity: rule.Low,
	References: rule.References{
		Trivy: []string{"AWS-0320"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket computes names that comply, and checks BucketArgs.BucketName",
		Plain:   "3 to 63 lower-case letters, digits and hyphens as Bucket, or none: Pulumi makes one",
	},
	Types: []string{bucketV2, bucketV1},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		name, prefix := r.Get("bucket"), r.Get("bucketPrefix")
		if !name.Empty() && !bucketName.MatchString(name.Text()) {
			f.Fail(name, "%s: expected 3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends", name)
		}
		if !prefix.Empty() && !bucketNamePrefix.MatchString(prefix.Text()) {
			f.Fail(prefix, "%s: expected at most 37 lower-case letters, digits and hyphens, with a letter or digit first", prefix)
		}
	},
	Good: []rule.Example{{Name: "a name", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: acme-audio-1}
`}, {Name: "a prefix", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {bucketPrefix: acme-audio-}
`}},
	Bad: []rule.Example{{Name: "dots", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: audio.example.com}
`}, {Name: "capitals", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: AcmeAudio}
`}, {Name: "a hyphen at the end", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: acme-}
`}, {Name: "a prefix with dots", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucketPrefix: audio.example.}
`}},
}

var (
	bucketName       = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`)
	bucketNamePrefix = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,36}$`)
)
