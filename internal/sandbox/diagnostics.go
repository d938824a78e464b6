package sandbox

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
)

// diagnostic keeps errors and warnings. The engine says most failures twice: once for the resource, and once more for
// the stack in general terms; the latter only count when nothing better was said.
func (c *collector) diagnostic(d apitype.DiagnosticEvent) {
	if d.Ephemeral {
		return
	}
	text := plain(d.Message)
	if text == "" {
		return
	}
	switch d.Severity {
	case "error":
		f := Failure{URN: d.URN, Type: typeOf(d.URN), Name: nameOf(d.URN), Message: text}
		if !slices.Contains(c.failures, f) {
			c.failures = append(c.failures, f)
		}
	case "warning":
		// That the provider comes from PATH is the sandbox's own doing.
		if strings.HasPrefix(text, "using pulumi-resource-aws from $PATH") {
			return
		}
		if !slices.Contains(c.warnings, text) {
			c.warnings = append(c.warnings, text)
		}
	}
}

// generalities say that something failed, and not what.
var generalities = []string{
	"update failed", "preview failed", "resource operation failed", "destroy failed", "refresh failed",
	"resource monitor shut down while waiting on step's done channel",
}

func general(message string) bool {
	first, _, _ := strings.Cut(message, "\n")
	return slices.Contains(generalities, strings.TrimSpace(first))
}

// wrappings are what engine and provider put around a message that says it all without them.
var wrappings = []*regexp.Regexp{
	regexp.MustCompile(`^(error|warning): `),
	regexp.MustCompile(`^sdk-v2/provider2\.go:\d+: `),
	regexp.MustCompile(`^sdk\.helper_schema: `),
	regexp.MustCompile(`: provider=\w+@\S+$`),
	regexp.MustCompile(`^an unhandled error occurred: `),
	regexp.MustCompile(`^program failed: ?\s*`),
	regexp.MustCompile(`^waiting for RPCs: ?`),
	regexp.MustCompile(`^(creating|updating|deleting|reading) urn:pulumi:\S+: `),
	regexp.MustCompile(`^(one|1|\d+) errors? occurred:\s*`),
	regexp.MustCompile(`^\* `),
	regexp.MustCompile(`^rpc error: code = \w+ desc = `),
}

// plain strips colours and wrappings from a message.
func plain(message string) string {
	text := strings.TrimSpace(colors.Never.Colorize(message))
	for again := true; again; {
		again = false
		for _, w := range wrappings {
			if rest := w.ReplaceAllString(text, ""); rest != text {
				text, again = strings.TrimSpace(rest), true
			}
		}
	}
	return text
}

// specific drops the generalities among failures, unless there is nothing else, and what one says again of another.
func specific(failures []Failure) []Failure {
	var kept []Failure
	for _, f := range failures {
		if general(f.Message) {
			continue
		}
		known := slices.ContainsFunc(kept, func(k Failure) bool { return strings.Contains(k.Message, f.Message) })
		if known {
			continue
		}
		kept = slices.DeleteFunc(kept, func(k Failure) bool { return strings.Contains(f.Message, k.Message) && k.URN == f.URN })
		kept = append(kept, f)
	}
	if len(kept) == 0 {
		return failures
	}
	return kept
}

// maxFailures and maxLines keep a report on one screen; the log has everything.
const (
	maxFailures = 10
	maxLines    = 40
)

// describe shows failures, one after the other: the resource, then what was said.
func describe(failures []Failure) string {
	var b strings.Builder
	for i, f := range failures {
		if i == maxFailures {
			fmt.Fprintf(&b, "and %d more\n", len(failures)-maxFailures)
			break
		}
		lines := strings.Split(f.Message, "\n")
		if len(lines) > maxLines {
			lines = append(lines[:maxLines], "...")
		}
		if f.Type != "" && !infrastructure(f.Type) {
			fmt.Fprintf(&b, "%s %s: ", ShortType(f.Type), f.Name)
		}
		fmt.Fprintln(&b, lines[0])
		for _, line := range lines[1:] {
			if strings.TrimSpace(line) != "" {
				fmt.Fprintln(&b, "  "+strings.TrimRight(line, " "))
			}
		}
	}
	return strings.TrimRight(b.String(), "\n")
}
