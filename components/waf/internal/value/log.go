package value

import (
	"regexp"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// LogPrefix begins the name of every bucket and log group that WAF delivers to.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html
const LogPrefix = "aws-waf-logs-"

var logGroupName = regexp.MustCompile(`^aws-waf-logs-[A-Za-z0-9_./#-]+$`)

// LogBucketName judges the name of a bucket for logs.
func LogBucketName(field validate.Path, name string) validate.Problems {
	ps := validate.BucketName(field, name)
	if len(ps) == 0 && !strings.HasPrefix(name, LogPrefix) {
		ps = append(ps, validate.Invalid(field, name, "a name that starts with aws-waf-logs-: WAF delivers to no other bucket", "use a storage.LogBucket with the source waf").By("waf-log-name"))
	}
	return ps
}

// LogGroupARN judges the ARN of a log group for logs; an empty region means any.
func LogGroupARN(field validate.Path, text, region string) validate.Problems {
	arn, ok := validate.ParseARN(text)
	name, isGroup := strings.CutPrefix(arn.Resource, "log-group:")
	if !ok || arn.Service != "logs" || !isGroup {
		return validate.Problems{validate.Invalid(field, text, "the ARN of a log group, such as arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-acme", "use the ARN of the log group").By("waf-log-group")}
	}
	if !logGroupName.MatchString(strings.TrimSuffix(name, ":*")) {
		return validate.Problems{validate.Invalid(field, text, "a log group whose name starts with aws-waf-logs-: WAF delivers to no other", "create one with such a name, or set logGroup").By("waf-log-name")}
	}
	return inRegion(field, text, arn.Region, region)
}
