package audit

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

// TrailArgs are the arguments of NewTrail.
type TrailArgs struct {
	// Labels become the tags of trail, key, log group, role and alarms.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: the trail cannot be deleted by mistake, and what it recorded stays.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// TrailName is the trail's name: 3 to 128 letters, digits, and single . _ - between them.
	// Default: <project>-<environment>, see TrailName.
	TrailName string `pulumi:"trailName,optional"`

	// LogBucket receives the files, under AWSLogs/<account>/CloudTrail/. It has to name this trail in its sources, and to
	// be in the trail's region. Required, unless LogBucketName is given.
	LogBucket *storage.LogBucket `sibling:"logBucketName"`
	// LogBucketName is the name of an existing bucket, instead of LogBucket: in the trail's region, with a policy that
	// lets cloudtrail.amazonaws.com deliver for this trail. Required (in Go: or LogBucket).
	LogBucketName pulumi.StringInput `pulumi:"logBucketName,optional"`

	// Key encrypts the files and the log group; it has to serve encryption.UseCloudTrail for this trail and
	// encryption.UseLogs. Default: a key that the trail creates for itself.
	Key *encryption.Key `sibling:"keyArn"`
	// KeyArn is the ARN of an existing key, instead of Key, in the trail's region.
	KeyArn pulumi.StringInput `pulumi:"keyArn,optional"`

	// RetentionDays is how long the log group keeps events, one of the numbers that CloudWatch Logs knows. Default: 400.
	RetentionDays int `pulumi:"retentionDays,optional"`
	// DataEvents name the buckets whose objects' reads and writes are recorded. Default: none. AWS bills them.
	DataEvents []DataEvents `pulumi:"dataEvents,optional"`
	// Insights are the kinds of CloudTrail Insights to enable. Default: none. AWS bills them.
	Insights []Insight `pulumi:"insights,optional"`

	// ExcludedEvents are the events that get no metric. Default: none.
	ExcludedEvents []Event `pulumi:"excludedEvents,optional"`
	// RetiredAccessKeyIds are the ids (AKIA..., 20 characters, no secrets) of IAM access keys that nobody should use any
	// longer, at most 10. They make up EventRetiredKeyUse. Default: none.
	RetiredAccessKeyIds []string `pulumi:"retiredAccessKeyIds,optional"`
	// AlarmActions are the ARNs of the SNS topics, in the trail's region, that are told of each event. An encrypted topic
	// needs a key that lets CloudWatch in (encryption.UseSNS). Default: none, and no alarms: the metrics are there for
	// alarms of your own.
	AlarmActions pulumi.StringArrayInput `pulumi:"alarmActions,optional"`
	// AlarmThresholds are how many events within 5 minutes raise the alarm, by event. Default: 1.
	AlarmThresholds map[string]int `pulumi:"alarmThresholds,optional"`
}

func (a *TrailArgs) trailName() string { return cmp.Or(a.TrailName, TrailName(a.Labels)) }

func (a *TrailArgs) logGroupName() string { return "/cloudtrail/" + a.trailName() }

// namespace is that of the metrics. Each trail has its own, because all trails of an account see the same events.
func (a *TrailArgs) namespace() string { return "Audit/" + a.trailName() }

func (a *TrailArgs) key() keychoice.Choice { return keychoice.Choice{Key: a.Key, Arn: a.KeyArn} }

// DataEvents name one bucket whose objects' reads and writes are recorded. Either Bucket or BucketArn is required.
type DataEvents struct {
	// Bucket is the bucket.
	Bucket *storage.Bucket `sibling:"bucketArn"`
	// BucketArn is the ARN of another bucket of the account, such as a replica; any region will do.
	BucketArn pulumi.StringInput `pulumi:"bucketArn,optional"`
	// Events is ObjectEventsAll unless set.
	Events ObjectEvents `pulumi:"events,optional"`
}

// AccountBaselineArgs are the arguments of NewAccountBaseline. A setting that is disabled, or no longer deployed,
// stays as it is at AWS, unless the baseline is disposable.
type AccountBaselineArgs struct {
	// Labels become the tags of the analyzers.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: destroying the stack leaves the account as safe as it was. Disposable takes all
	// settings back to AWS's defaults.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// EbsEncryption encrypts every new EBS volume and snapshot copy of the region with aws/ebs, whoever creates it and
	// whether or not they ask. Enabled unless set. Existing volumes do not change.
	EbsEncryption toggle.Toggle `pulumi:"ebsEncryption,optional"`
	// S3PublicAccessBlock blocks public access to every bucket and access point of the account, in all regions, existing
	// ones included: a public website in a bucket goes dark. Enabled unless set.
	S3PublicAccessBlock toggle.Toggle `pulumi:"s3PublicAccessBlock,optional"`
	// PasswordPolicy makes the rules for the console passwords of all IAM users. Enabled unless set. Users with an older
	// password than MaxPasswordAgeDays have to change it when they sign in next.
	PasswordPolicy toggle.Toggle `pulumi:"passwordPolicy,optional"`
	// MaxPasswordAgeDays is the age at which a password has to be changed, 1 to 1095 days. Default: 90.
	MaxPasswordAgeDays int `pulumi:"maxPasswordAgeDays,optional"`
	// AccessAnalyzer finds resources of the region that others outside of the account can use, for free. Enabled unless
	// set. AWS allows one such analyzer per account and region.
	AccessAnalyzer toggle.Toggle `pulumi:"accessAnalyzer,optional"`
	// UnusedAccessDays makes a second analyzer, which finds roles, users, access keys, passwords and permissions that
	// nobody has used for that many days, 1 to 365. Default: none. AWS bills $0.20 per month for each role and user of the
	// account: have it in one region.
	UnusedAccessDays int `pulumi:"unusedAccessDays,optional"`
}

func (a *AccountBaselineArgs) maxPasswordAgeDays() int { return cmp.Or(a.MaxPasswordAgeDays, 90) }
