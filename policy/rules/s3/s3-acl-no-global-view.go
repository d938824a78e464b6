package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3ACLNoGlobalView = rule.Rule{
	ID:       "s3-acl-no-global-view",
	Title:    "No global READ_ACP grant",
	Why:      "An ACL that everybody can read tells strangers who the owner is and who may do what: the map for the next attempt.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"S3.2"},
		Checkov: []string{"CKV_AWS_375"},
		Trivy:   []string{"AWS-0092"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket turns access control lists off",
		Plain:   "leave out s3.NewBucketAclV2, and set BucketOwnerEnforced with s3.NewBucketOwnershipControls",
	},
	Types:    []string{bucketV2, bucketV1, bucketACL},
	Resource: noGrant(allUsers, nil, "READ_ACP"),
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
        - {grantee: {type: Group, uri: "http://acs.amazonaws.com/groups/s3/LogDelivery"}, permission: READ_ACP}
`}, {Name: "without an ACL", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: audio-files}
`}},
	Bad: []rule.Example{{Name: "a grant", YAML: `
acl:
  type: aws:s3/bucketAclV2:BucketAclV2
  properties:
    bucket: audio-files
    accessControlPolicy:
      owner: {id: 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be}
      grants:
        - {grantee: {type: Group, uri: "http://acs.amazonaws.com/groups/global/AllUsers"}, permission: READ_ACP}
`}, {Name: "a grant inside the bucket", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties:
    grants: [{type: Group, uri: "http://acs.amazonaws.com/groups/global/AllUsers", permissions: [READ_ACP]}]
`}},
}
