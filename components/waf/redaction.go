package waf

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// What can be kept out of the logs, besides headers.
// Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_LoggingConfiguration.html
const (
	RedactMethod      = "method"
	RedactQueryString = "queryString"
	RedactUriPath     = "uriPath"
)

const headerPrefix = "header:"

// RedactHeader keeps one header out of the logs.
func RedactHeader(name string) string { return headerPrefix + strings.ToLower(name) }

// alwaysRedacted would let readers of the logs act in the name of users.
var alwaysRedacted = []string{RedactHeader("authorization"), RedactHeader("cookie")}

// The provider takes 40 characters, WAF itself 64.
var headerName = regexp.MustCompile(`^[0-9a-z_-]{1,40}$`)

// checkRedactedField checks a part of requests that is to be kept out of the logs.
func checkRedactedField(path validate.Path, text string) validate.Problems {
	if header, ok := strings.CutPrefix(text, headerPrefix); ok {
		if headerName.MatchString(strings.ToLower(header)) {
			return nil
		}
		return validate.Problems{validate.Invalid(path, text,
			"header: and the name of one header, of 1 to 40 letters, digits, - and _",
			"write it as in header:x-api-key").By("waf-redaction")}
	}
	others := []string{RedactMethod, RedactQueryString, RedactUriPath}
	if slices.Contains(others, text) {
		return nil
	}
	fix := "redact the single headers that matter"
	if meant, ok := validate.Nearest(text, others); ok {
		fix = fmt.Sprintf("did you mean %q?", meant)
	} else if strings.Contains(text, "-") {
		fix = "if that is the name of a header, write " + headerPrefix + " in front"
	}
	return validate.Problems{validate.Invalid(path, text,
		"method, queryString, uriPath or header:<name>: WAF can redact nothing else", fix).By("waf-redaction")}
}

// redacted are the parts kept out of the logs, in a fixed order.
func (a *WebAclArgs) redacted() wafv2.WebAclLoggingConfigurationRedactedFieldArray {
	var others []string
	for _, given := range a.RedactedFields {
		// Headers have no case.
		if header, ok := strings.CutPrefix(given, headerPrefix); ok {
			given = RedactHeader(header)
		}
		if !slices.Contains(alwaysRedacted, given) {
			others = append(others, given)
		}
	}
	slices.Sort(others)

	var out wafv2.WebAclLoggingConfigurationRedactedFieldArray
	for _, name := range slices.Concat(alwaysRedacted, others) {
		var part wafv2.WebAclLoggingConfigurationRedactedFieldArgs
		switch name {
		case RedactMethod:
			part.Method = wafv2.WebAclLoggingConfigurationRedactedFieldMethodArgs{}
		case RedactQueryString:
			part.QueryString = wafv2.WebAclLoggingConfigurationRedactedFieldQueryStringArgs{}
		case RedactUriPath:
			part.UriPath = wafv2.WebAclLoggingConfigurationRedactedFieldUriPathArgs{}
		default:
			part.SingleHeader = wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs{
				Name: pulumi.String(strings.TrimPrefix(name, headerPrefix)),
			}
		}
		out = append(out, part)
	}
	return out
}
