package storage

import (
	"cmp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// checkAccessLogs reports what is wrong with the access logs of a bucket of that name.
func (s settings) checkAccessLogs(name string) validate.Problems {
	var ps validate.Problems
	logs := s.accessLogs
	ps.Add(validate.Enum("accessLogs", logs.toggle)...)
	if logs.toggle.On() {
		ps.Add(validate.ExactlyOne(
			validate.Required("logBucketName", "a log bucket for the server access logs",
				"give a log bucket (in Go: LogBucket), or set accessLogs to disabled").By("access-logs-required"),
			validate.Alternative{Path: "logBucket", Given: logs.bucket != nil},
			validate.Alternative{Path: "logBucketName", Given: logs.bucketName != nil},
		)...)
		ps.Add(s.checkSource(name)...)
	} else if logs.given() {
		ps.Add(validate.Conflict("accessLogs", string(logs.toggle), "enabled, because a log bucket is given",
			"remove accessLogs or the log bucket").By("access-logs-off"))
	}
	if text, ok := component.Literal(logs.bucketName); ok {
		ps.Add(checkLogBucketName(text, s.bucketName)...)
	}
	ps.Add(checkLogPrefix("logPrefix", logs.prefix)...)
	if logs.bucket != nil && logs.bucket.sources.AccessLogs != nil {
		prefix, accepted := logs.prefixOrDefault(), logs.bucket.sources.AccessLogs.prefix()
		if prefix != accepted {
			ps.Add(validate.Conflict("logPrefix", prefix,
				validate.Show(accepted)+", the prefix under which the log bucket accepts access logs",
				"use the same prefix in both",
			).By("access-logs-prefix"))
		}
	}
	return ps
}

// checkSource reports a log bucket that does not accept the logs of this bucket.
func (s settings) checkSource(name string) validate.Problems {
	logs := s.accessLogs.bucket
	if logs == nil || logs.acceptsBucket(s.labels, name, s.bucketName) {
		return nil
	}
	return validate.Problems{validate.Invalid("logBucketName", logs.name,
		"a log bucket that accepts the logs of this bucket",
		"add "+validate.Show(cmp.Or(s.bucketName, name))+" to the log bucket's sources.accessLogs").By("access-logs-source")}
}

// checkLogBucketName checks the name of an existing log bucket against that of the bucket, which may be empty.
func checkLogBucketName(logs, bucketName string) validate.Problems {
	var ps validate.Problems
	if logs != "" && logs == bucketName {
		ps.Add(loop("logBucketName", logs, "create a LogBucket for the logs"))
	}
	return append(ps, validate.BucketName("logBucketName", logs)...)
}

// loop is the problem of a bucket that logs into itself.
func loop(path validate.Path, name, fix string) validate.Problem {
	return validate.Conflict(path, name, "another bucket: the log of a delivery would cause the next delivery", fix).
		By("access-logs-loop")
}

// checkedLogBucket is the name of the log bucket, once it is known to be another bucket of the same region. S3 delivers
// within a region only.
func (b *builder) checkedLogBucket() pulumi.StringOutput {
	logs := b.want.accessLogs
	if logs.bucket != nil {
		return b.InRegion("logBucketName", logs.bucket.BucketName, logs.bucket.Region, "the bucket")
	}
	return b.Checked(logs.bucketName, func(text string, in account.Info) validate.Problems {
		return checkLogBucketName(text, b.want.physicalName(b.Name, in))
	})
}

func checkLogPrefix(path validate.Path, prefix string) validate.Problems {
	ps := validate.KeyPrefix(path, prefix)
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		ps.Add(validate.Invalid(path, prefix, "a prefix that ends in /", "add a /").By("access-logs-prefix"))
	}
	return ps
}
