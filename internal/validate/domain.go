package validate

import (
	"regexp"
	"slices"
	"strings"
)

var (
	domainLabel = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
	onlyDigits  = regexp.MustCompile(`^[0-9]+$`)
	zoneID      = regexp.MustCompile(`^Z[A-Z0-9]{1,31}$`)
)

// DomainName checks a full domain name in lower case, such as app.acme.example.
// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
func DomainName(path Path, name string) Problems { return domainName(path, name, name) }

// DomainNameOrWildcard is DomainName for names whose first label may be *.
func DomainNameOrWildcard(path Path, name string) Problems {
	return domainName(path, name, strings.TrimPrefix(name, "*."))
}

func domainName(path Path, name, rest string) Problems {
	const expected = "a domain name such as app.acme.example"
	invalid := func(fix string) Problems { return Problems{Invalid(path, name, expected, fix).By("domain-name")} }
	labels := strings.Split(rest, ".")
	switch {
	case name == "":
		return Problems{Required(path, expected, "give it")}
	case name != strings.ToLower(name):
		return invalid("write it in lower case")
	case strings.Contains(name, "/"), strings.Contains(name, ":"):
		return invalid("remove scheme, port and path")
	case strings.HasSuffix(name, "."):
		return invalid("remove the closing dot")
	case strings.Contains(rest, "*"):
		return invalid("use * as the whole first label only, as in *.acme.example")
	case len(name) > 253, len(labels) < 2, onlyDigits.MatchString(labels[len(labels)-1]):
		return invalid("write a full name of at least two labels and at most 253 characters")
	case slices.ContainsFunc(labels, func(label string) bool { return !domainLabel.MatchString(label) }):
		return invalid("use labels of 1 to 63 letters, digits and hyphens between dots")
	}
	return nil
}

// HostedZoneID checks the id of a Route 53 hosted zone.
// Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html
func HostedZoneID(path Path, text string) Problems {
	if zoneID.MatchString(text) {
		return nil
	}
	return Problems{Invalid(path, text, "the id of a hosted zone, such as Z0123456789ABCDEFGHIJ", "give the id, not the name or the ARN").By("zone-id")}
}
