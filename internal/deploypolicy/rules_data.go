package deploypolicy

// bucket is the need for an action that is not called like the operation of S3.
func bucket(action string) []need { return []need{on(noTags, "s3:{bucket}").as("s3:" + action)} }

// s3Rules are the operations of S3 whose action has another name.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
var s3Rules = map[string][]need{
	"DeleteBucketCors":                   bucket("PutBucketCORS"),
	"DeleteBucketEncryption":             bucket("PutEncryptionConfiguration"),
	"DeleteBucketLifecycle":              bucket("PutLifecycleConfiguration"),
	"DeleteBucketOwnershipControls":      bucket("PutBucketOwnershipControls"),
	"DeleteBucketReplication":            bucket("PutReplicationConfiguration"),
	"DeleteBucketTagging":                bucket("PutBucketTagging"),
	"DeletePublicAccessBlock":            bucket("PutBucketPublicAccessBlock"),
	"GetBucketAccelerateConfiguration":   bucket("GetAccelerateConfiguration"),
	"GetBucketCors":                      bucket("GetBucketCORS"),
	"GetBucketEncryption":                bucket("GetEncryptionConfiguration"),
	"GetBucketLifecycleConfiguration":    bucket("GetLifecycleConfiguration"),
	"GetBucketNotificationConfiguration": bucket("GetBucketNotification"),
	"GetBucketReplication":               bucket("GetReplicationConfiguration"),
	"GetObjectLockConfiguration":         bucket("GetBucketObjectLockConfiguration"),
	"GetPublicAccessBlock":               bucket("GetBucketPublicAccessBlock"),
	"HeadBucket":                         bucket("ListBucket"),
	"ListMultipartUploads":               bucket("ListBucketMultipartUploads"),
	"ListObjectVersions":                 bucket("ListBucketVersions"),
	"ListObjectsV2":                      bucket("ListBucket"),
	"PutBucketAccelerateConfiguration":   bucket("PutAccelerateConfiguration"),
	"PutBucketCors":                      bucket("PutBucketCORS"),
	"PutBucketEncryption":                bucket("PutEncryptionConfiguration"),
	"PutBucketLifecycleConfiguration":    bucket("PutLifecycleConfiguration"),
	"PutBucketNotificationConfiguration": bucket("PutBucketNotification"),
	"PutObjectLockConfiguration":         bucket("PutBucketObjectLockConfiguration"),
	"PutPublicAccessBlock":               bucket("PutBucketPublicAccessBlock"),
	// Replication is set up with a role that S3 works with.
	"PutBucketReplication": {
		on(noTags, "s3:{bucket}").as("s3:PutReplicationConfiguration"), passTo("s3.amazonaws.com"),
	},
}

// kmsRules: an alias is a permission on the alias and on the key.
// Sources: https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html and
// https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html
var kmsRules = map[string][]need{
	"CreateAlias": {on(noTags, "kms:alias/{name}"), on(owned, "kms:key/*")},
	"DeleteAlias": {on(noTags, "kms:alias/{name}"), on(owned, "kms:key/*")},
	"UpdateAlias": {on(noTags, "kms:alias/{name}"), on(owned, "kms:key/*")},
	"CreateKey":   {on(requested, "*"), on(claimed, "kms:key/*").as("kms:TagResource")},
}

// logsRules: the tags of a new log group are a permission of their own.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
var logsRules = map[string][]need{
	"CreateLogGroup": {
		on(noTags, "logs:log-group:{log-group}"), on(noTags, "logs:log-group:{log-group}").as("logs:TagResource"),
	},
	"TagResource":         {on(noTags, "logs:log-group:{log-group}")},
	"UntagResource":       {on(noTags, "logs:log-group:{log-group}")},
	"ListTagsForResource": {on(noTags, "logs:log-group:{log-group}")},
}

// cloudtrailRules: a new trail is tagged, and gets the role with which it writes to its log group.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var cloudtrailRules = map[string][]need{
	"CreateTrail": {
		on(noTags, "cloudtrail:trail/{name}"), on(noTags, "cloudtrail:trail/{name}").as("cloudtrail:AddTags"), passTo("cloudtrail.amazonaws.com"),
	},
	"UpdateTrail": {on(noTags, "cloudtrail:trail/{name}"), passTo("cloudtrail.amazonaws.com")},
}

// stsRules: whoever has credentials may ask whose they are.
// Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
var stsRules = map[string][]need{"GetCallerIdentity": {}}
