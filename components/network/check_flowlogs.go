package network

import (
	"fmt"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/loggroup"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

func (f *FlowLogs) check(path validate.Path) validate.Problems {
	if f == nil {
		return nil
	}
	ps := validate.AtMostOne(
		validate.Alternative{Path: path.Field("logBucket"), Given: f.LogBucket != nil},
		validate.Alternative{Path: path.Field("logBucketName"), Given: f.LogBucketName != nil},
	)
	if f.LogBucket != nil && !f.LogBucket.AcceptsFlowLogs(f.HivePartitions) {
		ps.Add(validate.Invalid(path.Field("logBucket"), "a log bucket",
			fmt.Sprintf("one that accepts flow logs with hivePartitions: %t", f.HivePartitions),
			"add flowLogs, with the same hivePartitions, to the sources of the log bucket").By("flow-logs-source"))
	}
	if name, ok := component.Literal(f.LogBucketName); ok {
		ps.Add(validate.ExistingBucketName(path.Field("logBucketName"), name)...)
	}
	ps.Add(f.checkDestination(path)...)
	return append(ps, loggroup.Check(path, f.RetentionDays, f.keyChoice())...)
}

// checkDestination reports what only the other kind of destination has.
func (f *FlowLogs) checkDestination(path validate.Path) validate.Problems {
	const rule = "flow-logs-bucket"
	var ps validate.Problems
	if !f.intoBucket() {
		if f.HivePartitions {
			ps.Add(validate.Conflict(path.Field("hivePartitions"), true, "a log bucket: log groups have no prefixes",
				"remove it, or give a log bucket").By(rule))
		}
		return ps
	}
	for _, key := range []validate.Alternative{
		{Path: path.Field("key"), Given: f.Key != nil}, {Path: path.Field("keyArn"), Given: f.KeyArn != nil},
	} {
		if key.Given {
			ps.Add(validate.Conflict(key.Path, "a key", "none with a log bucket, which has its own encryption",
				"remove the key, or the log bucket").By(rule))
		}
	}
	if f.RetentionDays != 0 {
		ps.Add(validate.Conflict(path.Field("retentionDays"), f.RetentionDays,
			"none with a log bucket, which has its own retention", "remove retentionDays, or the log bucket").By(rule))
	}
	return ps
}
