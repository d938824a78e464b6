package storage

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a bucket of that name.
func (a *BucketArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkCommon(name, a.Labels, a.Lifecycle, a.BucketName)...)
	ps.Add(checkKey(a.Key, a.KeyArn, encryption.UseS3)...)
	ps.Add(checkAccessLogs(accessLogging{
		name: name, labels: a.Labels, bucketName: a.BucketName,
		logs: a.AccessLogs, bucket: a.LogBucket, external: a.LogBucketName, prefix: a.LogPrefix,
	})...)
	ps.Add(validate.Enum("versioning", a.Versioning)...)
	ps.Add(checkRetention(a.AbortMultipartDays, a.Retention, a.PrefixRetention, a.MinimumObjectSize)...)
	ps.Add(checkLock(a.ObjectLock, a.Lifecycle)...)
	if a.ObjectLock != nil && a.Versioning == VersioningSuspended {
		ps.Add(validate.Conflict("versioning", string(a.Versioning), "Enabled: an object lock protects versions", "remove objectLock, or leave versioning on").By("object-lock-versioning"))
	}
	for i, c := range a.Cors {
		ps.Add(c.check(validate.Path("cors").Index(i))...)
	}
	ps.Add(checkStatements(a.PolicyStatements)...)
	return ps
}

func (a *ReplicaBucketArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkCommon(name, a.Labels, a.Lifecycle, a.BucketName)...)
	ps.Add(checkKey(a.Key, a.KeyArn, encryption.UseS3)...)
	ps.Add(checkAccessLogs(accessLogging{
		name: name, labels: a.Labels, bucketName: a.BucketName,
		logs: a.AccessLogs, bucket: a.LogBucket, external: a.LogBucketName, prefix: a.LogPrefix,
	})...)
	ps.Add(checkRetention(a.AbortMultipartDays, a.Retention, nil, a.MinimumObjectSize)...)
	ps.Add(checkLock(a.ObjectLock, a.Lifecycle)...)
	return ps
}

var resourceName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$`)

func checkCommon(name string, labels tagging.Labels, lc lifecycle.Lifecycle, bucketName string) validate.Problems {
	var ps validate.Problems
	if !resourceName.MatchString(name) {
		ps.Add(validate.Invalid("name", name, "a resource name of letters, digits, hyphens, dots and underscores", "choose such a name: it becomes part of the bucket's name").By("resource-name"))
	}
	ps.Add(labels.Check("labels")...)
	ps.Add(lc.Check("lifecycle")...)
	if bucketName == "" {
		// Account and region change nothing in the judgement.
		bucketName = naming.Bucket("", naming.Base(labels.Project, labels.Environment, name), "123456789012", "eu-west-1")
	}
	ps.Add(validate.BucketName("bucketName", bucketName)...)
	return ps
}

func checkKey(key *encryption.Key, arn pulumi.StringInput, uses ...encryption.Use) validate.Problems {
	var ps validate.Problems
	if key != nil && arn != nil {
		ps.Add(validate.Conflict("keyArn", "set", "either a key or the ARN of one", "remove one of key and keyArn").By("key-twice"))
	}
	if key != nil {
		for _, use := range uses {
			if !key.Serves(use) {
				ps.Add(validate.Invalid("key", "a key without the use "+string(use), "a key that serves "+string(use), "add it to the key's uses").By("key-use"))
			}
		}
	}
	if text, ok := arn.(pulumi.String); ok {
		ps.Add(validate.KeyARN("keyArn", string(text))...)
	}
	return ps
}

// accessLogging is what decides whether and where a bucket logs.
type accessLogging struct {
	name, bucketName string
	labels           tagging.Labels
	logs             AccessLogs
	bucket           *LogBucket
	external         pulumi.StringInput
	prefix           string
}

func checkAccessLogs(a accessLogging) validate.Problems {
	var ps validate.Problems
	ps.Add(validate.Enum("accessLogs", a.logs)...)
	given := a.bucket != nil || a.external != nil
	switch {
	case a.logs == AccessLogsOff && given:
		ps.Add(validate.Conflict("accessLogs", string(a.logs), "on, because a log bucket is given", "remove accessLogs or the log bucket").By("access-logs-off"))
	case a.logs != AccessLogsOff && !given:
		ps.Add(validate.Required("logBucketName", "a log bucket for the server access logs", "give a log bucket (in Go: LogBucket), or set accessLogs to off").By("access-logs-required"))
	case a.bucket != nil && a.external != nil:
		ps.Add(validate.Conflict("logBucketName", "set", "either a log bucket or the name of one", "remove one of the two").By("access-logs-twice"))
	case a.bucket != nil && !a.bucket.accepts.bucket(a.labels, a.name, a.bucketName):
		ps.Add(validate.Invalid("logBucketName", a.bucket.accepts.name, "a log bucket that accepts the logs of this bucket",
			fmt.Sprintf("add %q to the log bucket's sources.accessLogs", source(a))).By("access-logs-source"))
	}
	if text, ok := a.external.(pulumi.String); ok {
		if string(text) == a.bucketName {
			ps.Add(validate.Conflict("logBucketName", string(text), "another bucket: the log of a delivery would cause the next delivery", "create a LogBucket for the logs").By("access-logs-loop"))
		}
		ps.Add(validate.BucketName("logBucketName", string(text))...)
	}
	ps.Add(checkLogPrefix("logPrefix", a.prefix)...)
	if a.bucket != nil && a.bucket.accepts.prefix != "" && logPrefix(a.prefix) != a.bucket.accepts.prefix {
		ps.Add(validate.Conflict("logPrefix", logPrefix(a.prefix), fmt.Sprintf("%q, the prefix under which the log bucket accepts access logs", a.bucket.accepts.prefix), "use the same prefix in both").By("access-logs-prefix"))
	}
	return ps
}

func source(a accessLogging) string {
	if a.bucketName != "" {
		return a.bucketName
	}
	return a.name
}

func checkLogPrefix(path validate.Path, prefix string) validate.Problems {
	ps := validate.KeyPrefix(path, prefix)
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		ps = append(ps, validate.Invalid(path, prefix, "a prefix that ends in /", "add a /").By("access-logs-prefix"))
	}
	return ps
}

// logPrefix is the prefix with its default.
func logPrefix(prefix string) string {
	if prefix == "" {
		return "s3-access/"
	}
	return prefix
}

func checkRetention(abort int, given *Retention, prefixes []PrefixRetention, size MinimumObjectSize) validate.Problems {
	var ps validate.Problems
	if abort != 0 {
		ps.Add(validate.Range("abortMultipartDays", abort, 1, 365, "days")...)
	}
	ps.Add(validate.Enum("minimumObjectSize", size)...)
	whole := given.orDefault()
	if whole.NewerNoncurrentVersions != 0 {
		ps.Add(validate.Range("retention.newerNoncurrentVersions", whole.NewerNoncurrentVersions, 1, 100, "versions")...)
	}
	rules := []validate.LifecycleRule{{
		Path: "retention", Transitions: plain(whole.Transitions),
		ExpiryDays: whole.ExpiryDays, NoncurrentExpiryDays: whole.NoncurrentExpiryDays,
	}}
	for i, p := range prefixes {
		path := validate.Path("prefixRetention").Index(i)
		if p.Prefix == "" {
			ps.Add(validate.Required(path.Field("prefix"), "the beginning of the objects' keys, such as tmp/", "use retention for the whole bucket"))
			continue
		}
		ps.Add(validate.KeyPrefix(path.Field("prefix"), p.Prefix)...)
		if len(p.Transitions) == 0 && p.ExpiryDays == 0 && p.NoncurrentExpiryDays == 0 {
			ps.Add(validate.Required(path.Field("expiryDays"), "a rule that does something", "set transitions, expiryDays or noncurrentExpiryDays").By("s3-lifecycle-empty"))
		}
		rules = append(rules, validate.LifecycleRule{
			Path: path, Prefix: p.Prefix, Transitions: plain(p.Transitions),
			ExpiryDays: p.ExpiryDays, NoncurrentExpiryDays: p.NoncurrentExpiryDays,
		})
	}
	ps.Add(validate.LifecycleRules(rules)...)
	return ps
}

func plain(transitions []Transition) []validate.Transition {
	out := make([]validate.Transition, len(transitions))
	for i, t := range transitions {
		out[i] = validate.Transition{Days: t.Days, Class: string(t.Class)}
	}
	return out
}

// orDefault fills in the defaults.
func (r *Retention) orDefault() Retention {
	var out Retention
	if r != nil {
		out = *r
	}
	out.NoncurrentExpiryDays = or(out.NoncurrentExpiryDays, 90)
	return out
}

func checkLock(lock *ObjectLock, lc lifecycle.Lifecycle) validate.Problems {
	if lock == nil {
		return nil
	}
	var ps validate.Problems
	if lock.Mode == "" {
		ps.Add(validate.Required("objectLock.mode", "GOVERNANCE or COMPLIANCE", "GOVERNANCE can be lifted by an identity with s3:BypassGovernanceRetention"))
	}
	ps.Add(validate.Enum("objectLock.mode", lock.Mode)...)
	ps.Add(validate.Range("objectLock.days", lock.Days, 1, 36500, "days")...)
	if lock.Mode == Compliance && !lock.AcknowledgeIrreversible {
		ps.Add(validate.Required("objectLock.acknowledgeIrreversible", "true: nobody can delete a version that is locked in compliance mode before its time, and the account pays for it until then", "set acknowledgeIrreversible, or use GOVERNANCE").By("object-lock-compliance"))
	}
	if lock.Mode == Governance && lock.AcknowledgeIrreversible {
		ps.Add(validate.Conflict("objectLock.acknowledgeIrreversible", true, "nothing: GOVERNANCE can be lifted", "remove it").By("object-lock-governance"))
	}
	if !lc.IsPermanent() {
		ps.Add(validate.Conflict("objectLock", string(lock.Mode), "no object lock on a disposable bucket, which could not be destroyed", "remove objectLock, or make the bucket permanent").By("object-lock-disposable"))
	}
	return ps
}

var headerName = regexp.MustCompile(`^[A-Za-z0-9-]*\*?[A-Za-z0-9-]*$`)

func (c CorsRule) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	switch {
	case len(c.Origins) == 0 && !c.AnyOrigin:
		ps.Add(validate.Required(path.Field("origins"), "exact origins, such as https://app.example.com", "list the origins of your pages, or set anyOrigin").By("cors-origins"))
	case len(c.Origins) > 0 && c.AnyOrigin:
		ps.Add(validate.Conflict(path.Field("anyOrigin"), true, "either origins or anyOrigin", "remove one of the two").By("cors-origins"))
	}
	for i, origin := range c.Origins {
		ps.Add(validate.Origin(path.Field("origins").Index(i), origin)...)
	}
	for i, m := range c.Methods {
		if m == "" {
			ps.Add(validate.NotSupported(path.Field("methods").Index(i), m, m.Values()))
		}
		ps.Add(validate.OneOf(path.Field("methods").Index(i), m, m.Values())...)
	}
	for i, h := range c.Headers {
		if h == "" || !headerName.MatchString(h) {
			ps.Add(validate.Invalid(path.Field("headers").Index(i), h, "the name of a header, with at most one *", "write it as in content-type or x-amz-*").By("cors-header"))
		}
	}
	for i, h := range c.ExposeHeaders {
		if h == "" || !headerName.MatchString(h) || strings.Contains(h, "*") {
			ps.Add(validate.Invalid(path.Field("exposeHeaders").Index(i), h, "the full name of a header", "write it as in ETag").By("cors-header"))
		}
	}
	if c.MaxAgeSeconds != 0 {
		ps.Add(validate.Range(path.Field("maxAgeSeconds"), c.MaxAgeSeconds, 1, 86400, "seconds")...)
	}
	return ps
}

// accepted is whose logs a log bucket takes.
type accepted struct {
	name string
	waf  bool
	// loadBalancers are nil where none deliver.
	loadBalancers *LoadBalancerSource
	// trails are nil where none deliver.
	trails []string
	// flowLogs are nil where none are delivered.
	flowLogs *FlowLogSource
	prefix   string
	bases    map[string]bool
	buckets  map[string]bool
}

// bucket says whether the log bucket takes the logs of that bucket.
func (a accepted) bucket(labels tagging.Labels, name, bucketName string) bool {
	if bucketName != "" {
		return a.buckets[bucketName]
	}
	return a.bases[naming.Base(labels.Project, labels.Environment, name)]
}
