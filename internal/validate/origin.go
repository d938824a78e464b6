package validate

import (
	"net/url"
	"strconv"
	"strings"
)

// Origin checks a web origin as a browser sends it: scheme, host, and a port unless it is the scheme's own. Plain HTTP
// is accepted for a developer's own machine only.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html, RFC 6454
func Origin(path Path, origin string) Problems {
	invalid := func(expected, fix, rule string) Problems {
		return Problems{Invalid(path, origin, expected, fix).By(rule)}
	}
	if strings.Contains(origin, "*") {
		return invalid("an exact origin, such as https://app.example.com", "list every origin", "origin-wildcard")
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || u.Hostname() == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return invalid("an origin of scheme and host, such as https://app.example.com", "write it as a browser sends it", "origin-form")
	}
	if origin != u.Scheme+"://"+u.Host || u.User != nil || origin != strings.ToLower(origin) {
		return invalid("an origin without path, query or capitals, such as https://app.example.com", "remove everything after the host, the closing / too", "origin-form")
	}
	if port := u.Port(); port != "" {
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 || strconv.Itoa(n) != port {
			return invalid("a port of 1 to 65535", "correct the port", "origin-form")
		}
		if (u.Scheme == "https" && n == 443) || (u.Scheme == "http" && n == 80) {
			return invalid("an origin without the scheme's own port, which browsers leave out", "remove :"+port, "origin-default-port")
		}
	} else if strings.HasSuffix(u.Host, ":") {
		return invalid("an origin of scheme and host, such as https://app.example.com", "remove the closing colon", "origin-form")
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return invalid("https, except for localhost", "serve the page over https", "origin-http")
	}
	return nil
}

func loopback(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "127.0.0.1" || host == "::1"
}
