package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3ACLNoPublicWrite = rule.Rule{
	ID:       "s3-acl-no-public-write",
	Title:    "No public-write ACL",
	Why:      "Whoever can write into a bucket can replace what others read from it, and fill it at the owner's cost; whoever can write its ACL owns it.",
	Severity: rule.Critical,
	References: rule.References{
		FSBP:    []string{"S3.3"},
		Checkov: []string{"CKV_AWS_57"},
		Trivy:   []string{"AWS-0092"},
		CDKNag:  []string{"NIST:S3BucketPublicWriteProhibited"},
		Pulumi:  []string{"aws-s3-bucket-disallow-public-read"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-3",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket turns access control lists off",
		Plain:   "leave out s3.NewBucketAclV2, and set BucketOwnerEnforced with s3.NewBucketOwnershipControls",
	},
	Types:    []string{bucketV2, bucketV1, bucketACL},
	Resource: noGrant(allUsers, []string{"public-read-write"}, "WRITE", "WRITE_ACP", "FULL_CONTROL"),
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
	Bad: []rule.Example{{Name: "public-read-write", YAML: `
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties: {bucket: audio-files, acl: public-read-write}
`}, {Name: "a grant", YAML: `
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties:
    bucket: audio-files
    accessControlPolicy:
      owner: {id: 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be}
      grants:
        - {grantee: {type: Group, uri: "http://acs.amazonaws.com/groups/global/AllUsers"}, permission: WRITE}
`}, {Name: "the ACL itself", YAML: `
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties:
    bucket: audio-files
    accessControlPolicy:
      owner: {id: 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be}
      grants:
        - {grantee: {type: Group, uri: "http://acs.amazonaws.com/groups/global/AllUsers"}, permission: WRITE_ACP}
`}, {Name: "a grant inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties:
    grants: [{type: Group, uri: "http://acs.amazonaws.com/groups/global/AllUsers", permissions: [WRITE]}]
`}},
}
