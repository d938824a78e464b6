package validate

import (
	"path"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/secretwords"
)

// RequestPaths checks paths that requests are compared with after WAF has decoded and normalised theirs: anything that
// such a path cannot contain would never match, or match too much.
func RequestPaths(field Path, paths []string) Problems {
	var ps Problems
	for i, text := range paths {
		at := field.Index(i)
		invalid := func(expected, fix string) { ps.Add(Invalid(at, text, expected, fix).By("request-path")) }
		clean := path.Clean(text)
		if strings.HasSuffix(text, "/") {
			clean = strings.TrimSuffix(clean, "/") + "/"
		}
		switch {
		case !strings.HasPrefix(text, "/"):
			invalid("a path that begins with /", write("/"+text, "begin it with /"))
		case text == "/":
			invalid("a path below /, which is every path", "name the paths that are meant")
		case strings.ContainsAny(text, "*?#%\\") || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f }):
			invalid("a plain path, decoded, without wildcards, query and blanks", "end it in / for everything below it")
		case clean != text:
			invalid("a path without empty, . and .. parts", write(clean, "remove these parts"))
		case len(text) > 200:
			invalid("a path of at most 200 bytes", "shorten it: everything below it counts too")
		case slices.Contains(paths[:i], text):
			ps.Add(Duplicate(at, text))
		}
	}
	return ps
}

// HealthCheckPath checks the path that a load balancer asks its targets for.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
func HealthCheckPath(field Path, text string) Problems {
	invisible := func(r rune) bool { return r <= ' ' || r >= 0x7f }
	if strings.HasPrefix(text, "/") && len(text) <= 1024 && !strings.ContainsFunc(text, invisible) {
		return nil
	}
	return Problems{Invalid(field, text, "a path that begins with / and has at most 1024 visible characters", "write it as in /health").By("health-path")}
}

// write is the fix to write a text, or what to do instead where the text may be a secret, which no message quotes.
func write(text, instead string) string {
	if secretwords.Suspect(text) != "" {
		return instead
	}
	return "write " + text
}
