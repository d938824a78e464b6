package audit

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// retentions are the numbers of days that CloudWatch Logs knows, defaultRetention a year of evidence and time to look at it.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
var retentions = []int{1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}

const defaultRetention = 400

// accessKeyID is the id of a long-term access key.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
var accessKeyID = regexp.MustCompile(`^AKIA[A-Z0-9]{16}$`)

// maxRetiredKeys keeps their pattern under the 1024 characters of a filter pattern.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
const maxRetiredKeys = 10

// check reports all that is wrong with the arguments of a trail.
func (a *TrailArgs) check() validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	ps.Add(validate.TrailName("trailName", a.trailName())...)
	ps.Add(a.checkLogBucket()...)
	ps.Add(a.checkKey()...)
	if a.RetentionDays != 0 && !slices.Contains(retentions, a.RetentionDays) {
		ps.Add(validate.Invalid("retentionDays", a.RetentionDays, "a number of days that CloudWatch Logs knows: "+strings.Trim(fmt.Sprint(retentions), "[]"),
			fmt.Sprintf("use %d", a.nearestRetention())).By("log-retention"))
	}
	ps.Add(a.checkDataEvents()...)
	for i, insight := range a.Insights {
		ps.Add(listed(validate.Path("insights").Index(i), insight, a.Insights[:i], insight.Values())...)
	}
	for i, event := range a.LeaveOut {
		ps.Add(listed(validate.Path("leaveOut").Index(i), event, a.LeaveOut[:i], event.Values())...)
	}
	ps.Add(a.checkRetiredKeys()...)
	return append(ps, a.checkAlarms()...)
}

// nearestRetention is the shortest retention that keeps what was asked for.
func (a *TrailArgs) nearestRetention() int {
	for _, days := range retentions {
		if days >= a.RetentionDays {
			return days
		}
	}
	return retentions[len(retentions)-1]
}

// listed judges one of a list in which each value stands once.
func listed[T ~string](path validate.Path, value T, before, allowed []T) validate.Problems {
	if !slices.Contains(allowed, value) {
		return validate.Problems{validate.NotSupported(path, value, allowed)}
	}
	if slices.Contains(before, value) {
		return validate.Problems{validate.Conflict(path, string(value), "each value once", "remove one of the two").By("listed-twice")}
	}
	return nil
}

func (a *TrailArgs) checkLogBucket() (ps validate.Problems) {
	switch {
	case a.LogBucket == nil && a.LogBucketName == nil:
		ps.Add(validate.Required("logBucketName", "the bucket for the trail's files", "give a log bucket (in Go: LogBucket) that names the trail in its sources").By("trail-log-bucket"))
	case a.LogBucket != nil && a.LogBucketName != nil:
		ps.Add(validate.Conflict("logBucketName", "set", "either a log bucket or the name of one", "remove one of the two").By("trail-log-bucket"))
	case a.LogBucket != nil && !a.LogBucket.AcceptsTrail(a.trailName()):
		ps.Add(a.otherTrailsBucket())
	}
	if text, ok := a.LogBucketName.(pulumi.String); ok {
		ps.Add(validate.BucketName("logBucketName", string(text))...)
	}
	return ps
}

func (a *TrailArgs) checkKey() (ps validate.Problems) {
	if a.Key != nil && a.KeyArn != nil {
		ps.Add(validate.Conflict("keyArn", "set", "either a key or the ARN of one", "remove one of key and keyArn").By("key-twice"))
	}
	for _, use := range []encryption.Use{encryption.UseCloudTrail, encryption.UseLogs} {
		if a.Key != nil && !a.Key.Serves(use) {
			ps.Add(validate.Invalid("key", "a key without the use "+string(use), "a key that serves "+string(use), "add it to the key's uses").By("key-use"))
		}
	}
	if a.Key != nil && a.Key.Serves(encryption.UseCloudTrail) && !a.Key.ServesTrail(a.trailName()) {
		ps.Add(a.otherTrailsKey())
	}
	if text, ok := a.KeyArn.(pulumi.String); ok {
		ps.Add(validate.KeyARN("keyArn", string(text))...)
	}
	return ps
}

func (a *TrailArgs) checkDataEvents() (ps validate.Problems) {
	for i, d := range a.DataEvents {
		path := validate.Path("dataEvents").Index(i)
		ps.Add(validate.Enum(path.Field("events"), d.Events)...)
		at := path.Field("bucketArn")
		switch {
		case d.Bucket == nil && d.BucketArn == nil:
			ps.Add(validate.Required(at, "the bucket whose objects' reads and writes are recorded", "give a bucket (in Go: Bucket), or its ARN").By("data-events-bucket"))
		case d.Bucket != nil && d.BucketArn != nil:
			ps.Add(validate.Conflict(at, "set", "either a bucket or the ARN of one", "remove one of the two").By("data-events-bucket"))
		}
		if text, ok := d.BucketArn.(pulumi.String); ok {
			ps.Add(checkBucketARN(at, string(text))...)
			if logs, known := a.LogBucketName.(pulumi.String); known {
				ps.Add(notLogBucket(at, string(text), string(logs))...)
			}
		}
	}
	return ps
}

// checkBucketARN wants a bucket, without objects or wildcards.
func checkBucketARN(path validate.Path, text string) validate.Problems {
	arn, ok := validate.ParseARN(text)
	if !ok || arn.Service != "s3" || arn.Region != "" || arn.Account != "" || len(validate.BucketName(path, arn.Resource)) > 0 {
		return validate.Problems{validate.Invalid(path, text, "the ARN of one bucket, such as arn:aws:s3:::acme-audio", "name the bucket, without objects and wildcards").By("bucket-arn")}
	}
	return nil
}

func notLogBucket(path validate.Path, arn, logBucket string) validate.Problems {
	if !strings.HasSuffix(arn, ":::"+logBucket) {
		return nil
	}
	return validate.Problems{validate.Conflict(path, arn, "another bucket than the trail's log bucket: recording a delivery would cause the next one", "remove it").By("data-events-loop")}
}

func (a *TrailArgs) checkRetiredKeys() (ps validate.Problems) {
	path := validate.Path("retiredAccessKeyIds")
	if len(a.RetiredAccessKeyIds) > maxRetiredKeys {
		ps.Add(validate.Invalid(path, fmt.Sprintf("%d keys", len(a.RetiredAccessKeyIds)), fmt.Sprintf("at most %d keys", maxRetiredKeys), "remove those that are deleted").By("access-key-count"))
	}
	for i, id := range a.RetiredAccessKeyIds {
		at := path.Index(i)
		switch {
		case !accessKeyID.MatchString(id):
			// Not quoted: a secret may stand here by mistake.
			ps.Add(validate.Invalid(at, fmt.Sprintf("a text of %d characters", len(id)), "the id of a long-term access key: AKIA and 16 capital letters and digits", "use the id, never the secret").By("access-key-id"))
		case slices.Contains(a.RetiredAccessKeyIds[:i], id):
			ps.Add(validate.Conflict(at, id, "each key once", "remove one of the two").By("listed-twice"))
		}
	}
	if len(a.RetiredAccessKeyIds) > 0 && slices.Contains(a.LeaveOut, EventRetiredKeyUse) {
		ps.Add(validate.Conflict(path, "set", "no keys, because leaveOut has "+string(EventRetiredKeyUse), "remove one of the two").By("access-key-left-out"))
	}
	return ps
}

func (a *TrailArgs) checkAlarms() (ps validate.Problems) {
	if topics, ok := a.AlarmActions.(pulumi.StringArray); ok {
		if len(topics) == 0 {
			ps.Add(validate.Required("alarmActions", "the ARN of an SNS topic", "name a topic, or remove alarmActions: alarms that tell nobody are of no use").By("alarm-actions"))
		}
		for i, topic := range topics {
			if text, known := topic.(pulumi.String); known {
				ps.Add(checkTopicARN(validate.Path("alarmActions").Index(i), string(text))...)
			}
		}
	}
	path := validate.Path("alarmThresholds")
	if len(a.AlarmThresholds) > 0 && a.AlarmActions == nil {
		ps.Add(validate.Conflict(path, "set", "none without alarmActions, which make the alarms", "set alarmActions, or remove alarmThresholds").By("alarm-thresholds"))
	}
	watches := a.watches()
	for _, name := range slices.Sorted(maps.Keys(a.AlarmThresholds)) {
		at, event := path.Key(name), Event(name)
		switch {
		case !slices.Contains(event.Values(), event):
			ps.Add(validate.NotSupported(at, event, event.Values()))
		case !slices.ContainsFunc(watches, func(w watch) bool { return w.event == event }):
			ps.Add(validate.Conflict(at, a.AlarmThresholds[name], "none for an event that the trail does not watch", "remove it").By("alarm-thresholds"))
		}
		ps.Add(validate.Range(at, a.AlarmThresholds[name], 1, 1_000_000, "events")...)
	}
	return ps
}

func checkTopicARN(path validate.Path, text string) validate.Problems {
	arn, ok := validate.ParseARN(text)
	if !ok || arn.Service != "sns" || arn.Region == "" || arn.Account == "" || strings.ContainsAny(arn.Resource, ":*?/") {
		return validate.Problems{validate.Invalid(path, text, "the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:123456789012:alarms", "name the topic, not a subscription").By("topic-arn")}
	}
	return nil
}

func (a *AccountBaselineArgs) check() validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	on := a.UnusedAccessDays != 0
	for _, s := range []struct {
		path  validate.Path
		value Switch
	}{
		{"ebsEncryption", a.EbsEncryption}, {"s3PublicAccessBlock", a.S3PublicAccessBlock}, {"passwordPolicy", a.PasswordPolicy}, {"accessAnalyzer", a.AccessAnalyzer},
	} {
		ps.Add(validate.Enum(s.path, s.value)...)
		on = on || s.value != SwitchOff
	}
	if !on {
		ps.Add(validate.Required("ebsEncryption", "at least one setting", "leave one of the switches on, or remove the baseline").By("baseline-empty"))
	}
	if a.MaxPasswordAgeDays != 0 {
		ps.Add(validate.Range("maxPasswordAgeDays", a.MaxPasswordAgeDays, 1, 1095, "days")...)
		if a.PasswordPolicy == SwitchOff {
			ps.Add(validate.Conflict("maxPasswordAgeDays", a.MaxPasswordAgeDays, "none with passwordPolicy off", "remove one of the two").By("password-policy-off"))
		}
	}
	if a.UnusedAccessDays != 0 {
		ps.Add(validate.Range("unusedAccessDays", a.UnusedAccessDays, 1, 365, "days")...)
	}
	return ps
}

func (a *AccountBaselineArgs) maxPasswordAge() int { return cmp.Or(a.MaxPasswordAgeDays, 90) }
