package edge

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The limits of a certificate. Sources: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html and
// https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
const (
	maxDomainNames = 10
	// maxFirstName is the longest first name, which becomes the common name.
	maxFirstName = 64
)

func (a *LoadBalancerArgs) checkListener(region string) validate.Problems {
	var ps validate.Problems
	ps.Add(validate.Enum("listener", a.Listener)...)
	ps.Add(validate.Enum("securityPolicy", a.SecurityPolicy)...)
	if !a.https() {
		for _, given := range []struct {
			path validate.Path
			set  bool
		}{
			{"securityPolicy", a.SecurityPolicy != ""}, {"certificateArn", a.CertificateArn != nil}, {"extraCertificates", len(a.ExtraCertificates) > 0},
		} {
			if given.set {
				ps.Add(validate.Conflict(given.path, "set", "nothing: the listener is httpOnly", "remove it, or listener").By("http-only"))
			}
		}
	}
	if a.makesCertificate() && a.Zone == nil {
		ps.Add(validate.Required("certificateArn", "a certificate, or domain names and their zone to make one", "give certificateArn, or domainNames and zone; without a domain, set listener to httpOnly by name").By("certificate-required"))
	}
	if text, ok := literal(a.CertificateArn); ok {
		ps.Add(checkCertificateARN("certificateArn", text, region)...)
	}
	var names []string
	for i, c := range a.ExtraCertificates {
		at := validate.Path("extraCertificates").Index(i)
		ps.Add(checkOwnName(at.Field("name"), c.Name, names)...)
		names = append(names, c.Name)
		if c.Arn == nil {
			ps.Add(validate.Required(at.Field("arn"), "the ARN of a certificate", "give it, or remove the entry"))
		}
		if text, ok := literal(c.Arn); ok {
			ps.Add(checkCertificateARN(at.Field("arn"), text, region)...)
		}
	}
	// The quota without the default certificate.
	// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
	if n := len(a.ExtraCertificates); n > 25 {
		ps.Add(validate.Range("extraCertificates", n, 0, 25, "certificates")...)
	}
	return ps
}

// checkCertificateARN judges the ARN of a certificate; an empty region means any.
func checkCertificateARN(path validate.Path, text, region string) validate.Problems {
	arn, ok := validate.ParseARN(text)
	if !ok || arn.Service != "acm" || !strings.HasPrefix(arn.Resource, "certificate/") {
		return validate.Problems{validate.Invalid(path, text, "the ARN of an ACM certificate, such as arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab", "import other certificates into ACM").By("certificate-arn")}
	}
	if region != "" && arn.Region != region {
		return validate.Problems{validate.Invalid(path, text, "a certificate of "+region+", the region of the load balancer", "request or import one there: a certificate cannot be moved").By("certificate-region")}
	}
	return nil
}

var (
	domainLabel = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
	onlyDigits  = regexp.MustCompile(`^[0-9]+$`)
)

// checkDomain judges a domain name; where wildcard is allowed, its first label may be *.
func checkDomain(path validate.Path, name string, wildcard bool) validate.Problems {
	const expected = "a domain name such as app.acme.example"
	invalid := func(fix string) validate.Problems {
		return validate.Problems{validate.Invalid(path, name, expected, fix).By("domain-name")}
	}
	rest := name
	if wildcard {
		rest = withoutWildcard(name)
	}
	labels := strings.Split(rest, ".")
	switch {
	case name == "":
		return validate.Problems{validate.Required(path, expected, "give it")}
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

func withoutWildcard(name string) string { return strings.TrimPrefix(name, "*.") }

// within says whether a name belongs into a zone.
func within(name, zone string) bool {
	name = withoutWildcard(name)
	return name == zone || strings.HasSuffix(name, "."+zone)
}

func (a *LoadBalancerArgs) checkDomains() validate.Problems {
	var ps validate.Problems
	var zone string
	if a.Zone != nil {
		at := validate.Path("zone")
		if a.Zone.Id == nil {
			ps.Add(validate.Required(at.Field("id"), "the id of the hosted zone", "give it, as in Z0123456789ABCDEFGHIJ"))
		}
		if text, ok := literal(a.Zone.Id); ok && !zoneID.MatchString(text) {
			ps.Add(validate.Invalid(at.Field("id"), text, "the id of a hosted zone, such as Z0123456789ABCDEFGHIJ", "give the id, not the name or the ARN").By("zone-id"))
		}
		problems := checkDomain(at.Field("name"), a.Zone.Name, false)
		ps.Add(problems...)
		if problems == nil {
			zone = a.Zone.Name
		}
		if len(a.DomainNames) == 0 {
			ps.Add(validate.Required("domainNames", "the names that the load balancer gets in the zone", "give at least one, such as app."+a.Zone.Name).By("domain-required"))
		}
	}
	for i, name := range a.DomainNames {
		at := validate.Path("domainNames").Index(i)
		problems := checkDomain(at, name, true)
		ps.Add(problems...)
		switch {
		case problems != nil:
			continue
		case slices.Contains(a.DomainNames[:i], name):
			ps.Add(validate.Conflict(at, name, "each name once", "remove one of the two").By("twice"))
		case zone != "" && !within(name, zone):
			ps.Add(validate.Conflict(at, name, "a name in the zone "+zone, "give the zone of the name, or put the name's certificate into extraCertificates").By("domain-zone"))
		}
		if i == 0 && a.makesCertificate() && len(name) > maxFirstName {
			ps.Add(validate.Invalid(at, name, "a first name of at most 64 characters, as it becomes the certificate's common name", "put a shorter name first").By("domain-first"))
		}
	}
	if len(a.DomainNames) > maxDomainNames {
		ps.Add(validate.Range("domainNames", len(a.DomainNames), 1, maxDomainNames, "names")...)
	}
	return ps
}

var zoneID = regexp.MustCompile(`^Z[A-Z0-9]{1,31}$`)
