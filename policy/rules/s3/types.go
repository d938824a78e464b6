package s3

// The type tokens that several rules share. pulumi-aws v6 has the bucket twice: BucketV2 is what new programs use.
const (
	bucketV2          = "aws:s3/bucketV2:BucketV2"
	bucketV1          = "aws:s3/bucket:Bucket"
	publicAccessBlock = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
	accountBlock      = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
	bucketACL         = "aws:s3/bucketAclV2:BucketAclV2"
	ownershipControls = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
	bucketPolicy      = "aws:s3/bucketPolicy:BucketPolicy"
	bucketEncryption  = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
	bucketVersioning  = "aws:s3/bucketVersioningV2:BucketVersioningV2"
	bucketLogging     = "aws:s3/bucketLoggingV2:BucketLoggingV2"
	bucketLifecycle   = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"
	bucketEvents      = "aws:s3/bucketNotification:BucketNotification"
	bucketReplication = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
	bucketLock        = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"
	bucketWebsite     = "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2"
	bucketObjectV2    = "aws:s3/bucketObjectv2:BucketObjectv2"
	bucketObjectV1    = "aws:s3/bucketObject:BucketObject"
	accessPoint       = "aws:s3/accessPoint:AccessPoint"
	multiRegionPoint  = "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint"
	trail             = "aws:cloudtrail/trail:Trail"
	loadBalancer      = "aws:lb/loadBalancer:LoadBalancer"
	loadBalancerAlias = "aws:alb/loadBalancer:LoadBalancer"
)

// flags are the four of a public access block.
var flags = []string{"blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"}
