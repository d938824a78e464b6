package audit

import (
	"strings"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// keyUses are what the key of a trail has to serve.
var keyUses = []encryption.Use{encryption.UseCloudTrail, encryption.UseLogs}

// check reports all that is wrong with the arguments of a trail.
func (a *TrailArgs) check() validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	ps.Add(validate.TrailName("trailName", a.trailName())...)
	ps.Add(a.checkLogBucket()...)
	ps.Add(a.checkKey()...)
	ps.Add(validate.LogRetention("retentionDays", a.RetentionDays)...)
	for i, d := range a.DataEvents {
		ps.Add(a.checkDataEvents(validate.Path("dataEvents").Index(i), d)...)
	}
	ps.Add(validate.Enums("insights", a.Insights)...)
	ps.Add(validate.Enums("excludedEvents", a.ExcludedEvents)...)
	ps.Add(a.checkRetiredKeys()...)
	return append(ps, a.checkAlarms()...)
}

func (a *TrailArgs) checkLogBucket() validate.Problems {
	ps := validate.ExactlyOne(
		validate.Required("logBucketName", "the bucket for the trail's files",
			"give a log bucket (in Go: LogBucket) that names the trail in its sources").By("trail-log-bucket"),
		validate.Alternative{Path: "logBucket", Given: a.LogBucket != nil},
		validate.Alternative{Path: "logBucketName", Given: a.LogBucketName != nil},
	)
	if a.LogBucket != nil && !a.LogBucket.AcceptsTrail(a.trailName()) {
		ps.Add(a.logBucketOfOtherTrails())
	}
	if text, ok := component.Literal(a.LogBucketName); ok {
		ps.Add(validate.BucketName("logBucketName", text)...)
	}
	return ps
}

func (a *TrailArgs) checkKey() validate.Problems {
	ps := a.key().Check("", keyUses...)
	if a.Key != nil && a.Key.Serves(encryption.UseCloudTrail) && !a.Key.ServesTrail(a.trailName()) {
		ps.Add(a.keyOfOtherTrails())
	}
	return ps
}

func (a *TrailArgs) checkDataEvents(path validate.Path, d DataEvents) validate.Problems {
	ps := validate.Enum(path.Field("events"), d.Events)
	at := path.Field("bucketArn")
	ps.Add(validate.ExactlyOne(
		validate.Required(at, "the bucket whose objects' reads and writes are recorded",
			"give a bucket (in Go: Bucket), or its ARN").By("data-events-bucket"),
		validate.Alternative{Path: path.Field("bucket"), Given: d.Bucket != nil},
		validate.Alternative{Path: at, Given: d.BucketArn != nil},
	)...)
	if text, ok := component.Literal(d.BucketArn); ok {
		logs, _ := component.Literal(a.LogBucketName)
		ps.Add(checkRecordedBucket(at, text, logs)...)
	}
	return ps
}

// checkRecordedBucket checks the ARN of a bucket whose objects are recorded against the name of the log bucket, which
// is empty while it is unknown.
func checkRecordedBucket(path validate.Path, arn, logBucket string) validate.Problems {
	ps := validate.BucketARN(path, arn)
	if logBucket != "" && strings.HasSuffix(arn, ":::"+logBucket) {
		ps.Add(validate.Conflict(path, arn,
			"another bucket than the trail's log bucket: recording a delivery would cause the next one", "remove it",
		).By("data-events-loop"))
	}
	return ps
}
