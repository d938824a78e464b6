package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3ACLNoPublicRead = rule.Rule{
	ID:       "s3-acl-no-public-read",
	Title:    "No public-read ACL",
	Why:      "An ACL that lets everybody read hands out the object list, and with it every name to try: this is how most leaked buckets leaked.",
	Severity: rule.Critical,
	References: rule.References{
		FSBP:    []string{"S3.2"},
		Checkov: []string{"CKV_AWS_20"},
		Trivy:   []string{"AWS-0092"},
		CDKNag:  []string{"NIST:S3BucketPublicReadProhibited"},
		Pulumi:  []string{"aws-s3-bucket-disallow-public-read"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-2",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket turns access control lists off",
		Plain:   "leave out s3.NewBucketAclV2, and set BucketOwnerEnforced with s3.NewBucketOwnershipControls",
	},
	Types:    []string{bucketV2, bucketV1, bucketACL},
	Resource: noGrant(allUsers, []string{"public-read", "public-read-write", "website"}, "READ", "FULL_CONTROL"),
	Good: []rule.Example{{Name: "private", YAML: `
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties: {bucket: audio-files, acl: private}
`}, {Name: "log delivery", YAML: `
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties:
    bucket: audio-files
    accessControlPolicy:
      owner: {id: 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be}
      grants:
        - {grantee: {type: Group, uri: "http://acs.amazonaws.com/groups/s3/LogDelivery"}, permission: READ}
`}, {Name: "without an ACL", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: audio-files}
`}},
	Bad: []rule.Example{{Name: "public-read", YAML: `
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties: {bucket: audio-files, acl: public-read}
`}, {Name: "a grant", YAML: `
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties:
    bucket: audio-files
    accessControlPolicy:
      owner: {id: 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be}
      grants:
        - {grantee: {type: Group, uri: "http://acs.amazonaws.com/groups/global/AllUsers"}, permission: READ}
`}, {Name: "a grant inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties:
    grants: [{type: Group, uri: "http://acs.amazonaws.com/groups/global/AllUsers", permissions: [FULL_CONTROL]}]
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties: {acl: public-read-write}
`}},
}
