package audit

// The type tokens that several rules share.
const (
	trail             = "aws:cloudtrail/trail:Trail"
	eventDataStore    = "aws:cloudtrail/eventDataStore:EventDataStore"
	bucketV2          = "aws:s3/bucketV2:BucketV2"
	bucketV1          = "aws:s3/bucket:Bucket"
	publicAccessBlock = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
	bucketLogging     = "aws:s3/bucketLoggingV2:BucketLoggingV2"
	bucketPolicy      = "aws:s3/bucketPolicy:BucketPolicy"
)

// baseline is why the services that watch a whole account are off by default.
const baseline = "an account has it once, in the stack of its baseline; the other stacks of the account have not"
