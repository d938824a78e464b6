package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3StaticWebsite = rule.Rule{
	ID:       "s3-static-website",
	Title:    "No website hosting on private buckets",
	Why:      "The website address of S3 speaks plain HTTP only, and works for public objects only: both are what a private bucket is kept from.",
	Severity: rule.Medium,
	References: rule.References{
		CDKNag: []string{"AwsSolutions-S5"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html",
	Fix: rule.Fix{
		Bulwark: "serve a website through CloudFront with origin access control: storage.NewBucket stays private",
		Plain:   "cloudfront.NewDistribution with an origin access control, instead of s3.NewBucketWebsiteConfigurationV2",
	},
	Types:  []string{bucketWebsite, bucketV2, bucketV1},
	Params: []rule.Param{{Name: "buckets", Default: []string{}, Description: "Names of buckets that may be websites."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		inline := append(r.Get("websites").List(), r.Get("website").List()...)
		allowed := f.Texts("buckets")
		switch {
		case !r.Is(bucketWebsite) && !slices.ContainsFunc(inline, isWebsite):
			return
		case len(allowed) > 0 && slices.Contains(allowed, r.Get("bucket").Text()):
			return
		}
		f.Fail(r, "a website: expected a private bucket behind CloudFront")
	},
	Good: []rule.Example{{Name: "none", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: audio-files}
`}, {Name: "allowed by name", Params: map[string]any{"buckets": []any{"acme-site"}}, YAML: `
site:
  type: aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2
  properties: {bucket: acme-site, indexDocument: {suffix: index.html}}
`}},
	Bad: []rule.Example{{YAML: `
site:
  type: aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2
  properties: {bucket: acme-site, indexDocument: {suffix: index.html}}
`}, {Name: "another name is allowed", Params: map[string]any{"buckets": []any{"acme-site"}}, YAML: `
site:
  type: aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2
  properties: {bucket: acme-other, indexDocument: {suffix: index.html}}
`}, {Name: "inside the bucket", YAML: `
site:
  type: aws:s3/bucketV2:BucketV2
  properties: {websites: [{indexDocument: index.html}]}
`}, {Name: "inside a bucket of an older program", YAML: `
site:
  type: aws:s3/bucket:Bucket
  properties: {website: {redirectAllRequestsTo: "https://example.com"}}
`}},
}

// isWebsite tells whether what stands in a bucket makes it a website.
func isWebsite(v rule.Value) bool {
	return v.Get("indexDocument").Text() != "" || v.Get("redirectAllRequestsTo").Text() != ""
}
