package waf

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/waf/internal/value"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// retentions are the days that CloudWatch Logs knows, defaultRetention a year of evidence and time to look at it.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
var retentions = []int{1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}

const defaultRetention = 400

func (a *WebAclArgs) checkLogging() validate.Problems {
	var ps validate.Problems
	ps.Add(validate.Enum("logging", a.Logging)...)
	ps.Add(validate.Enum("loggedRequests", a.LoggedRequests)...)
	var given []string
	for _, d := range []struct {
		field string
		set   bool
	}{
		{"logBucket", a.LogBucket != nil}, {"logBucketName", a.LogBucketName != nil}, {"logGroup", a.LogGroup != nil}, {"logGroupArn", a.LogGroupArn != nil},
	} {
		if d.set {
			given = append(given, d.field)
		}
	}
	off := a.Logging == LoggingOff
	switch {
	case off && len(given) > 0:
		ps.Add(validate.Conflict("logging", string(a.Logging), "on, because "+given[0]+" is given", "remove logging or "+given[0]).By("waf-logging-off"))
	case off && (a.LoggedRequests != "" || len(a.RedactedFields) > 0):
		ps.Add(validate.Conflict("logging", string(a.Logging), "on, because loggedRequests or redactedFields say what to log", "remove logging, or the two").By("waf-logging-off"))
	case !off && len(given) == 0:
		ps.Add(validate.Required("logBucketName", "a log bucket or a log group", "give a log bucket (in Go: LogBucket), set logGroup, or set logging to off").By("waf-logging-required"))
	case len(given) > 1:
		ps.Add(validate.Conflict(validate.Path(given[1]), "set", "one destination: WAF logs to one only, and "+given[0]+" is given", "remove one of the two").By("waf-logging-twice"))
	}
	if a.LogBucket != nil && !a.LogBucket.AcceptsWaf() {
		ps.Add(validate.Invalid("logBucketName", "a log bucket without the source waf", "a log bucket that accepts the logs of WAF", "add waf to the log bucket's sources").By("waf-log-bucket-source"))
	}
	if text, ok := a.LogBucketName.(pulumi.String); ok {
		ps.Add(value.LogBucketName("logBucketName", string(text))...)
	}
	if text, ok := a.LogGroupArn.(pulumi.String); ok {
		ps.Add(value.LogGroupARN("logGroupArn", string(text), "")...)
	}
	ps.Add(a.LogGroup.check("logGroup")...)
	for i, field := range a.RedactedFields {
		ps.Add(value.RedactedField(validate.Path("redactedFields").Index(i), field)...)
	}
	return ps
}

func (g *LogGroup) check(path validate.Path) validate.Problems {
	if g == nil {
		return nil
	}
	var ps validate.Problems
	if g.RetentionDays != 0 && !slices.Contains(retentions, g.RetentionDays) {
		ps.Add(validate.Invalid(path.Field("retentionDays"), g.RetentionDays, "a number of days that CloudWatch Logs knows: "+numbers(retentions), fmt.Sprintf("use %d", nearestNumber(g.RetentionDays, retentions))).By("log-group-retention"))
	}
	if g.Key != nil && g.KeyArn != nil {
		ps.Add(validate.Conflict(path.Field("keyArn"), "set", "either a key or the ARN of one", "remove one of key and keyArn").By("key-twice"))
	}
	if g.Key != nil && !g.Key.Serves(encryption.UseLogs) {
		ps.Add(validate.Invalid(path.Field("key"), "a key without the use logs", "a key that serves logs", "add it to the key's uses").By("key-use"))
	}
	if text, ok := g.KeyArn.(pulumi.String); ok {
		ps.Add(validate.KeyARN(path.Field("keyArn"), string(text))...)
	}
	return ps
}

func numbers(values []int) string { return strings.Trim(fmt.Sprint(values), "[]") }
