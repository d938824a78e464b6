package componenttest

var _ = service(map[string]awsType{
	"aws:s3/bucketV2:BucketV2": {stateful: true, computed: func(r registered) map[string]any {
		bucket := r.generated("bucket")
		return map[string]any{
			"id": bucket, "bucket": bucket, "arn": "arn:aws:s3:::" + bucket,
			"bucketRegionalDomainName": bucket + ".s3." + Region + ".amazonaws.com",
		}
	}},
	"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock":                                   {untaggable: true},
	"aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2":                                 {untaggable: true},
	"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2":                       {untaggable: true},
	"aws:s3/bucketLoggingV2:BucketLoggingV2":                                                     {untaggable: true},
	"aws:s3/bucketNotification:BucketNotification":                                               {untaggable: true},
	"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2":                     {untaggable: true},
	"aws:s3/bucketOwnershipControls:BucketOwnershipControls":                                     {untaggable: true},
	"aws:s3/bucketPolicy:BucketPolicy":                                                           {untaggable: true},
	"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":                                     {untaggable: true},
	"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": {untaggable: true},
	"aws:s3/bucketVersioningV2:BucketVersioningV2":                                               {untaggable: true},
}, nil)
