package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3ACLNoAuthenticatedUsers = rule.Rule{
	ID:       "s3-acl-no-authenticated-users",
	Title:    "No ACL grant to all authenticated users",
	Why:      "AuthenticatedUsers are all AWS accounts in the world, not those of the company: a free one is enough to be among them.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"S3.2"},
		Checkov: []string{"CKV2_AWS_43"},
		Trivy:   []string{"AWS-0092"},
		Pulumi:  []string{"aws-s3-bucket-disallow-public-read"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee-predefined-groups",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket turns access control lists off",
		Plain:   "leave out s3.NewBucketAclV2, and set BucketOwnerEnforced with s3.NewBucketOwnershipControls",
	},
	Types:    []string{bucketV2, bucketV1, bucketACL},
	Resource: noGrant(authenticatedUsers, []string{"authenticated-read"}, "READ", "WRITE", "READ_ACP", "WRITE_ACP", "FULL_CONTROL"),
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
        - {grantee: {type: Group, uri: "http://acs.amazonaws.com/groups/s3/LogDelivery"}, permission: WRITE}
`}, {Name: "without an ACL", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: audio-files}
`}},
	Bad: []rule.Example{{Name: "authenticated-read", YAML: `
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties: {bucket: audio-files, acl: authenticated-read}
`}, {Name: "a grant", YAML: `
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties:
    bucket: audio-files
    accessControlPolicy:
      owner: {id: 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be}
      grants:
        - {grantee: {type: Group, uri: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}, permission: READ_ACP}
`}, {Name: "a grant inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties:
    grants: [{type: Group, uri: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers", permissions: [READ]}]
`}},
}
