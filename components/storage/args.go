package storage

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

// BucketArgs are the arguments of NewBucket.
type BucketArgs struct {
	// Labels become the tags of the bucket and of its key.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: protected, retained, never deleted with objects in it.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// BucketName is the bucket's name, globally unique: 3 to 63 lower-case letters, digits and hyphens.
	// Default: <project>-<environment>-<name>-<account>-<region>.
	BucketName string `pulumi:"bucketName,optional"`

	// Key encrypts the objects; it has to serve encryption.UseS3. Default: a key that the bucket creates for itself.
	Key *encryption.Key `sibling:"keyArn"`
	// KeyArn is the ARN of an existing key, instead of Key.
	KeyArn pulumi.StringInput `pulumi:"keyArn,optional"`

	// LogBucket receives the server access logs. It has to name this bucket in its sources. Required, unless
	// LogBucketName is given or AccessLogs is disabled.
	LogBucket *LogBucket `sibling:"logBucketName"`
	// LogBucketName is the name of an existing log bucket, instead of LogBucket: same account, same region, SSE-S3, and
	// a policy that lets logging.s3.amazonaws.com deliver. Required, unless AccessLogs is disabled (in Go: or LogBucket
	// is given).
	LogBucketName pulumi.StringInput `pulumi:"logBucketName,optional"`
	// LogPrefix begins the names of the log files, and ends in /. Default: s3-access/. Behind it follow account,
	// region, bucket and date of the event.
	LogPrefix string `pulumi:"logPrefix,optional"`
	// AccessLogs are enabled unless set. Disabled gives up the record of who read what.
	AccessLogs toggle.Toggle `pulumi:"accessLogs,optional"`

	// Versioning is VersioningEnabled unless set. VersioningSuspended loses what is overwritten or deleted.
	Versioning Versioning `pulumi:"versioning,optional"`
	// AbortMultipartDays is after how many days the parts of an unfinished upload are deleted, 1 to 365. Default: 7.
	AbortMultipartDays int `pulumi:"abortMultipartDays,optional"`
	// Retention says how long objects are kept, and in which storage class. Default: forever in Standard, and 90 days
	// for versions that were overwritten or deleted.
	Retention *Retention `pulumi:"retention,optional"`
	// PrefixRetention adds rules for the objects under a prefix.
	PrefixRetention []PrefixRetention `pulumi:"prefixRetention,optional"`
	// MinimumObjectSize says which objects are too small to be moved to another storage class.
	// Default: AllStorageClasses128K.
	MinimumObjectSize MinimumObjectSize `pulumi:"minimumObjectSize,optional"`
	// ObjectLock protects every new version against deletion and overwriting for some days. Default: none. It can be
	// added later, and never be removed from a bucket.
	ObjectLock *ObjectLock `pulumi:"objectLock,optional"`

	// Cors lets pages of other origins use the bucket from a browser, with signed requests. Default: none.
	Cors []CorsRule `pulumi:"cors,optional"`
	// EventBridge sends an event to the default event bus of the account and region for every change of an object.
	// Off by default: EventBridge bills these events.
	EventBridge bool `pulumi:"eventBridge,optional"`
	// PolicyStatements are added to the bucket policy, for example for a service that reads from the bucket. They
	// cannot weaken what the component denies.
	PolicyStatements []PolicyStatement `pulumi:"policyStatements,optional"`
}

// cors are the rules with their defaults.
func (a *BucketArgs) cors() []CorsRule {
	rules := make([]CorsRule, len(a.Cors))
	for i, c := range a.Cors {
		if c.AnyOrigin {
			c.Origins = []string{"*"}
		}
		c.Methods = component.OrDefault(c.Methods, CorsGet, CorsPut, CorsPost)
		c.Headers = component.OrDefault(c.Headers,
			"amz-sdk-*", "authorization", "content-md5", "content-type", "range", "x-amz-*")
		c.ExposeHeaders = component.OrDefault(c.ExposeHeaders,
			"Accept-Ranges", "Content-Length", "Content-Range", "ETag")
		c.MaxAgeSeconds = cmp.Or(c.MaxAgeSeconds, 3600)
		rules[i] = c
	}
	return rules
}

const (
	defaultAbortMultipartDays = 7
	defaultLogPrefix          = "s3-access/"
)

// ReplicaBucketArgs are the arguments of NewReplicaBucket. Fields that BucketArgs has too mean the same here.
type ReplicaBucketArgs struct {
	// Labels become the tags of the bucket and of its key.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// BucketName is the bucket's name. Default: <project>-<environment>-<name>-<account>-<region>.
	BucketName string `pulumi:"bucketName,optional"`
	// Key encrypts the replicas; it has to be a key of the replica's region. Default: a key that the bucket creates for
	// itself.
	Key *encryption.Key `sibling:"keyArn"`
	// KeyArn is the ARN of an existing key of the replica's region, instead of Key.
	KeyArn pulumi.StringInput `pulumi:"keyArn,optional"`
	// LogBucket receives the server access logs; it has to be in the replica's region. Required, unless LogBucketName
	// is given or AccessLogs is disabled.
	LogBucket *LogBucket `sibling:"logBucketName"`
	// LogBucketName is the name of an existing log bucket in the replica's region, instead of LogBucket. Required,
	// unless AccessLogs is disabled (in Go: or LogBucket is given).
	LogBucketName pulumi.StringInput `pulumi:"logBucketName,optional"`
	// LogPrefix begins the names of the log files. Default: s3-access/.
	LogPrefix string `pulumi:"logPrefix,optional"`
	// AccessLogs are enabled unless set.
	AccessLogs toggle.Toggle `pulumi:"accessLogs,optional"`
	// AbortMultipartDays is after how many days the parts of an unfinished upload are deleted. Default: 7.
	AbortMultipartDays int `pulumi:"abortMultipartDays,optional"`
	// Retention says how long replicas are kept. S3 does not replicate what a lifecycle rule does to the source.
	Retention *Retention `pulumi:"retention,optional"`
	// MinimumObjectSize says which objects are too small to be moved to another storage class.
	MinimumObjectSize MinimumObjectSize `pulumi:"minimumObjectSize,optional"`
	// ObjectLock protects every new version for some days. Default: none.
	ObjectLock *ObjectLock `pulumi:"objectLock,optional"`
}

// LogBucketArgs are the arguments of NewLogBucket.
type LogBucketArgs struct {
	// Labels become the tags of the bucket.
	Labels tagging.Labels `pulumi:"labels"`
	// Sources say who delivers logs; at least one.
	Sources LogSources `pulumi:"sources"`
	// Lifecycle is Permanent unless set.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// BucketName is the bucket's name. WAF delivers only to names that start with aws-waf-logs-.
	// Default: aws-waf-logs-<project>-<environment>-<name>-<account>-<region>, so that every source can be added later.
	BucketName string `pulumi:"bucketName,optional"`
	// RetentionDays is how long logs are kept, 1 day to 100 years. Default: 400, a year of evidence and time to look at
	// it.
	RetentionDays int `pulumi:"retentionDays,optional"`
	// Transitions move logs to cheaper storage classes before they are deleted. Default: none.
	Transitions []Transition `pulumi:"transitions,optional"`
	// ObjectLock protects logs against deletion for some days. Not with S3 access logs, which do not arrive in such a
	// bucket.
	ObjectLock *ObjectLock `pulumi:"objectLock,optional"`
	// Key encrypts the logs; it has to serve what the sources need. Not with S3 access logs or load balancers, which
	// deliver to buckets with SSE-S3 only. Default: SSE-S3.
	Key *encryption.Key `sibling:"keyArn"`
	// KeyArn is the ARN of an existing key, instead of Key.
	KeyArn pulumi.StringInput `pulumi:"keyArn,optional"`
	// PolicyStatements are added to the bucket policy, for example for a log analysis account.
	PolicyStatements []PolicyStatement `pulumi:"policyStatements,optional"`
}

func (a *LogBucketArgs) retentionDays() int { return cmp.Or(a.RetentionDays, 400) }

// logNoncurrentDays are for logs that somebody deleted or overwrote. A lock keeps them longer, if it has to.
const logNoncurrentDays = 30

// LogSources say who delivers logs into a LogBucket. What is not set delivers nothing.
type LogSources struct {
	// AccessLogs are S3 server access logs.
	AccessLogs *AccessLogSource `pulumi:"accessLogs,optional"`
	// LoadBalancers are access and connection logs of Application Load Balancers.
	LoadBalancers *LoadBalancerSource `pulumi:"loadBalancers,optional"`
	// CloudTrail are the files of trails.
	CloudTrail *CloudTrailSource `pulumi:"cloudTrail,optional"`
	// Waf are the logs of WAF web ACLs of this region.
	Waf *WafSource `pulumi:"waf,optional"`
	// FlowLogs are VPC flow logs.
	FlowLogs *FlowLogSource `pulumi:"flowLogs,optional"`
}

// AccessLogSource names the buckets whose server access logs arrive. Their ARNs stand in the delivery policy before
// they exist: that is why NewBucket computes its bucket's name.
type AccessLogSource struct {
	// Buckets are names of Buckets within the stack: buckets with the same labels, account and region, and without a
	// BucketName of their own.
	Buckets []string `pulumi:"buckets,optional"`
	// BucketNames are physical names of further buckets of the same account and region.
	BucketNames []string `pulumi:"bucketNames,optional"`
	// Prefix is the LogPrefix of those buckets. Default: s3-access/.
	Prefix string `pulumi:"prefix,optional"`
}

func (s *AccessLogSource) prefix() string { return cmp.Or(s.Prefix, defaultLogPrefix) }

// LoadBalancerSource names the load balancers whose logs arrive.
type LoadBalancerSource struct {
	// Names are the names of Application Load Balancers of the account and region. A closing * stands for any ending,
	// as load balancers with generated names need. Default: all.
	Names []string `pulumi:"names,optional"`
	// Prefixes are the prefixes that the load balancers' log settings have, without / at the ends: one for access logs,
	// one for connection logs. Default: none, files begin with AWSLogs/.
	Prefixes []string `pulumi:"prefixes,optional"`
}

// CloudTrailSource names the trails whose files arrive.
type CloudTrailSource struct {
	// TrailNames are names of trails whose home is this account and region; at least one.
	TrailNames []string `pulumi:"trailNames"`
}

// WafSource accepts the logs of web ACLs.
type WafSource struct {
	// Global accepts the web ACLs of CloudFront too, whose logs come from us-east-1.
	Global bool `pulumi:"global,optional"`
}

// FlowLogSource accepts VPC flow logs of the account and region.
type FlowLogSource struct {
	// HivePartitions is true when the flow logs are written with Hive-compatible prefixes.
	HivePartitions bool `pulumi:"hivePartitions,optional"`
}

// Retention says how long objects are kept, and where. Days are whole days; S3 acts at midnight UTC.
type Retention struct {
	// Transitions move objects to other storage classes, the earliest first.
	Transitions []Transition `pulumi:"transitions,optional"`
	// ExpiryDays is the age at which objects are deleted; 0 keeps them. With versions, a deleted object is noncurrent
	// first.
	ExpiryDays int `pulumi:"expiryDays,optional"`
	// NoncurrentExpiryDays is for how many days an overwritten or deleted version can be brought back. Default: 90.
	NoncurrentExpiryDays int `pulumi:"noncurrentExpiryDays,optional"`
	// NewerNoncurrentVersions keeps that many of the newest noncurrent versions of each object beyond
	// NoncurrentExpiryDays, 1 to 100. Default: 0, so that what was deleted is gone one day.
	NewerNoncurrentVersions int `pulumi:"newerNoncurrentVersions,optional"`
}

func (r *Retention) withDefaults() Retention {
	whole := *component.OrEmpty(r)
	whole.NoncurrentExpiryDays = cmp.Or(whole.NoncurrentExpiryDays, 90)
	return whole
}

// PrefixRetention is a rule for the objects under a prefix. Where it overlaps with the bucket's own rule, S3 does what
// comes first; a rule that would have no effect for that reason is an error.
type PrefixRetention struct {
	// Prefix begins the keys of the objects, for example tmp/.
	Prefix string `pulumi:"prefix"`
	// Transitions move objects to other storage classes, the earliest first.
	Transitions []Transition `pulumi:"transitions,optional"`
	// ExpiryDays is the age at which objects are deleted; 0 leaves that to the bucket's rule.
	ExpiryDays int `pulumi:"expiryDays,optional"`
	// NoncurrentExpiryDays is for how many days an overwritten or deleted version can be brought back; 0 leaves that to
	// the bucket's rule.
	NoncurrentExpiryDays int `pulumi:"noncurrentExpiryDays,optional"`
}

// Transition moves objects to a storage class.
type Transition struct {
	// Days is the age of the object: at least 30 for STANDARD_IA and ONEZONE_IA.
	Days int `pulumi:"days"`
	// Class is the storage class.
	Class Class `pulumi:"class"`
}

// ObjectLock protects every new version for some days.
type ObjectLock struct {
	// Mode is Governance, which an identity with s3:BypassGovernanceRetention can lift, or Compliance, which nobody
	// can.
	Mode LockMode `pulumi:"mode"`
	// Days is the protection of each new version, 1 to 36500 days.
	Days int `pulumi:"days"`
	// AcknowledgeIrreversible has to be true for Compliance: nobody, not even AWS, can delete such a version before its
	// time, or shorten it; the account pays for it until then.
	AcknowledgeIrreversible bool `pulumi:"acknowledgeIrreversible,optional"`
}

// CorsRule lets pages of some origins use the bucket from a browser.
type CorsRule struct {
	// Origins are exact: https://app.example.com. Plain http only for localhost.
	Origins []string `pulumi:"origins,optional"`
	// AnyOrigin lets every page in the world try, instead of Origins. Requests still have to be signed.
	AnyOrigin bool `pulumi:"anyOrigin,optional"`
	// Methods default to GET, PUT and POST.
	Methods []CorsMethod `pulumi:"methods,optional"`
	// Headers that the page may send. Default: content-type, content-md5 and everything that begins with x-amz-, for
	// signed links; authorization and amz-sdk-*, which AWS's SDK sends from a browser; range, with which players seek.
	Headers []string `pulumi:"headers,optional"`
	// ExposeHeaders are headers of the answer that the page may read. Default: ETag, which multipart uploads need, and
	// Accept-Ranges, Content-Length and Content-Range, which players need.
	ExposeHeaders []string `pulumi:"exposeHeaders,optional"`
	// MaxAgeSeconds is for how long a browser may remember the answer, up to 86400. Default: 3600.
	MaxAgeSeconds int `pulumi:"maxAgeSeconds,optional"`
}

// PolicyStatement is one more statement of a bucket policy. It concerns this bucket only: what it names is relative.
type PolicyStatement struct {
	// Sid names the statement: letters and digits, unique within the policy.
	Sid string `pulumi:"sid"`
	// Effect is Allow or Deny.
	Effect Effect `pulumi:"effect"`
	// Services are service principals, for example cloudfront.amazonaws.com. With Allow they need a condition that ties
	// them to your resources.
	Services []string `pulumi:"services,optional"`
	// Principals are ARNs of roles, users or accounts.
	Principals []string `pulumi:"principals,optional"`
	// Actions are S3 actions, for example s3:GetObject. Wildcards are refused in Allow.
	Actions []string `pulumi:"actions"`
	// OnBucket includes the bucket itself, as s3:ListBucket needs.
	OnBucket bool `pulumi:"onBucket,optional"`
	// OnObjects are patterns of object keys, for example exports/*.
	OnObjects []string `pulumi:"onObjects,optional"`
	// Conditions narrow the statement down.
	Conditions []PolicyCondition `pulumi:"conditions,optional"`
}

// PolicyCondition narrows a statement down.
type PolicyCondition struct {
	// Operator is an IAM operator, for example StringEquals.
	Operator string `pulumi:"operator"`
	// Key is a condition key, for example aws:SourceArn.
	Key string `pulumi:"key"`
	// Values are what it is compared with; one of them has to match.
	Values pulumi.StringArrayInput `pulumi:"values"`
}
