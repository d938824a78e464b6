package waf

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/loggroup"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// logNamePrefix begins the name of every bucket and log group that WAF delivers to.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html
const logNamePrefix = "aws-waf-logs-"

var logGroupName = regexp.MustCompile(`^aws-waf-logs-[A-Za-z0-9_./#-]+$`)

func (a *WebAclArgs) checkLogging() validate.Problems {
	var ps validate.Problems
	ps.Add(validate.Enum("logging", a.Logging)...)
	ps.Add(validate.Enum("loggedRequests", a.LoggedRequests)...)
	ps.Add(a.checkDestinations()...)
	if a.LogBucket != nil && !a.LogBucket.AcceptsWaf() {
		ps.Add(validate.Invalid("logBucketName", "a log bucket without the source waf",
			"a log bucket that accepts the logs of WAF", "add waf to the log bucket's sources").By("waf-log-bucket-source"))
	}
	if text, ok := component.Literal(a.LogBucketName); ok {
		ps.Add(checkLogBucketName("logBucketName", text)...)
	}
	if text, ok := component.Literal(a.LogGroupArn); ok {
		ps.Add(checkLogGroupARN("logGroupArn", text)...)
	}
	if g := a.LogGroup; g != nil {
		ps.Add(loggroup.Check("logGroup", g.RetentionDays, g.key())...)
	}
	for i, field := range a.RedactedFields {
		ps.Add(checkRedactedField(validate.Path("redactedFields").Index(i), field)...)
	}
	return ps
}

// checkDestinations checks that the logs have one destination, or none when logging is disabled.
func (a *WebAclArgs) checkDestinations() validate.Problems {
	destinations := []validate.Alternative{
		{Path: "logBucket", Given: a.LogBucket != nil}, {Path: "logBucketName", Given: a.LogBucketName != nil},
		{Path: "logGroup", Given: a.LogGroup != nil}, {Path: "logGroupArn", Given: a.LogGroupArn != nil},
	}
	if a.Logging.On() {
		return validate.ExactlyOne(validate.Required("logBucketName", "a log bucket or a log group",
			"give a log bucket (in Go: LogBucket), set logGroup, or set logging to disabled").By("waf-logging-required"),
			destinations...)
	}
	disabled := func(why, fix string) validate.Problems {
		return validate.Problems{
			validate.Conflict("logging", string(a.Logging), "enabled, because "+why, fix).By("waf-logging-off"),
		}
	}
	if i := slices.IndexFunc(destinations, func(d validate.Alternative) bool { return d.Given }); i >= 0 {
		given := string(destinations[i].Path)
		return disabled(given+" is given", "remove logging or "+given)
	}
	if a.LoggedRequests != "" || len(a.RedactedFields) > 0 {
		return disabled("loggedRequests or redactedFields say what to log", "remove logging, or the two")
	}
	return nil
}

// checkLogBucketName checks the name of a bucket that WAF delivers to.
func checkLogBucketName(path validate.Path, name string) validate.Problems {
	ps := validate.BucketName(path, name)
	if len(ps) == 0 && !strings.HasPrefix(name, logNamePrefix) {
		ps.Add(validate.Invalid(path, name, "a name that starts with aws-waf-logs-: WAF delivers to no other bucket",
			"use a storage.LogBucket with the source waf").By("waf-log-name"))
	}
	return ps
}

// checkLogGroupARN checks the ARN of a log group that WAF delivers to.
func checkLogGroupARN(path validate.Path, text string) validate.Problems {
	if ps := validate.LogGroupARN(path, text); len(ps) > 0 {
		return ps
	}
	arn, _ := validate.ParseARN(text)
	name := strings.TrimSuffix(strings.TrimPrefix(arn.Resource, "log-group:"), ":*")
	if logGroupName.MatchString(name) {
		return nil
	}
	return validate.Problems{validate.Invalid(path, text,
		"a log group whose name starts with aws-waf-logs-: WAF delivers to no other",
		"create one with such a name, or set logGroup").By("waf-log-name")}
}
