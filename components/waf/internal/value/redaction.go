package value

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// HeaderPrefix begins a header that is kept out of the logs.
const HeaderPrefix = "header:"

// Redactable are the other parts of a request that can be kept out.
// Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_LoggingConfiguration.html
var Redactable = []string{"method", "queryString", "uriPath"}

// The provider takes 40 characters, WAF itself 64.
var headerName = regexp.MustCompile(`^[0-9a-z_-]{1,40}$`)

// RedactedField judges a part of requests that is to be kept out of the logs.
func RedactedField(field validate.Path, text string) validate.Problems {
	if header, ok := strings.CutPrefix(text, HeaderPrefix); ok {
		if !headerName.MatchString(strings.ToLower(header)) {
			return validate.Problems{validate.Invalid(field, text, "header: and the name of one header, of 1 to 40 letters, digits, - and _", "write it as in header:x-api-key").By("waf-redaction")}
		}
		return nil
	}
	if slices.Contains(Redactable, text) {
		return nil
	}
	fix := "redact the single headers that matter"
	if meant, ok := validate.Nearest(text, Redactable); ok {
		fix = fmt.Sprintf("did you mean %q?", meant)
	} else if strings.Contains(text, "-") {
		fix = fmt.Sprintf("write %q, if a header is meant", HeaderPrefix+strings.ToLower(text))
	}
	return validate.Problems{validate.Invalid(field, text, "method, queryString, uriPath or header:<name>: WAF can redact nothing else", fix).By("waf-redaction")}
}
