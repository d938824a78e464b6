package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3AclsDisabled = rule.Rule{
	ID:       "s3-acls-disabled",
	Title:    "ACLs disabled (BucketOwnerEnforced)",
	Why:      "With ACLs, every writer decides who can read an object, and the owner of the bucket cannot tell from its policy who that is.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"S3.12"},
		Checkov: []string{"CKV2_AWS_65"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-12",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket makes ownership controls with BucketOwnerEnforced",
		Plain:   `s3.BucketOwnershipControlsRuleArgs{ObjectOwnership: pulumi.String("BucketOwnerEnforced")}, and no s3.BucketAclV2`,
	},
	Types: []string{bucketV2, bucketV1, ownershipControls, bucketACL},
	// A bucket without ownership controls has no ACLs: BucketOwnerEnforced is the default since April 2023.
	// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			controls := s.Referrers(bucket, "bucket", ownershipControls)
			for _, c := range controls {
				f.WantOneOf(c.Get("rule.objectOwnership"), "BucketOwnerEnforced")
			}
			for _, acl := range s.Referrers(bucket, "bucket", bucketACL) {
				f.Fail(acl, "an access control list: expected none, access belongs into the bucket policy")
			}
			if acl := bucket.Get("acl"); (acl.Known() || len(controls) == 0) && !acl.Is("", "private") {
				f.Fail(acl, "%s: expected no access control list, access belongs into the bucket policy", acl)
			}
		})
	},
	Good: []rule.Example{{Name: "off", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
controls:
  type: aws:s3/bucketOwnershipControls:BucketOwnershipControls
  properties: {bucket: "${audio.id}", rule: {objectOwnership: BucketOwnerEnforced}}
`}, {Name: "off by default", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}},
	Bad: []rule.Example{{Name: "the writer owns the object", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
controls:
  type: aws:s3/bucketOwnershipControls:BucketOwnershipControls
  properties: {bucket: "${audio.id}", rule: {objectOwnership: ObjectWriter}}
`}, {Name: "an ACL", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties: {bucket: "${audio.id}", acl: private}
`}, {Name: "an ACL inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {acl: log-delivery-write}
`}},
}
