package loadbalancing

import (
	"slices"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The limits of certificates. Sources: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html,
// https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html and
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
const (
	maxDomainNames = 10
	// maxFirstName is the longest first name, which becomes the common name.
	maxFirstName = 64
	// maxCertificates are those of a listener, not counting the default one.
	maxCertificates = 25
)

// checkListener checks the protocol and the certificates. An empty region means any.
func (a *LoadBalancerArgs) checkListener(region string) validate.Problems {
	var ps validate.Problems
	ps.Add(validate.Enum("listenerProtocol", a.ListenerProtocol)...)
	ps.Add(validate.Enum("securityPolicy", a.SecurityPolicy)...)
	if !a.https() {
		for _, tls := range []validate.Alternative{
			{Path: "securityPolicy", Given: a.SecurityPolicy != ""},
			{Path: "certificateArn", Given: a.CertificateArn != nil},
			{Path: "additionalCertificates", Given: len(a.AdditionalCertificates) > 0},
			{Path: "strictTransportSecurity", Given: a.StrictTransportSecurity != ""},
		} {
			if tls.Given {
				ps.Add(validate.Conflict(tls.Path, "set", "nothing: the listener protocol is HTTP",
					"remove it, or listenerProtocol").By("http-only"))
			}
		}
	}
	if a.makesCertificate() && a.HostedZone == nil {
		ps.Add(validate.Required("certificateArn", "a certificate, or domain names and their hosted zone to make one",
			"give certificateArn, or domainNames and hostedZone; without a domain, set listenerProtocol to HTTP").
			By("certificate-required"))
	}
	if text, ok := component.Literal(a.CertificateArn); ok {
		ps.Add(checkCertificate("certificateArn", text, region)...)
	}
	var names, arns []string
	for i, c := range a.AdditionalCertificates {
		at := validate.Path("additionalCertificates").Index(i)
		ps.Add(checkName(at.Field("name"), c.Name, names)...)
		names = append(names, c.Name)
		if c.Arn == nil {
			ps.Add(validate.Required(at.Field("arn"), "the ARN of a certificate", "give it, or remove the entry"))
		}
		if text, ok := component.Literal(c.Arn); ok {
			ps.Add(checkCertificate(at.Field("arn"), text, region)...)
			if slices.Contains(arns, text) {
				ps.Add(validate.Duplicate(at.Field("arn"), text))
			}
			arns = append(arns, text)
		}
	}
	return append(ps, validate.Range("additionalCertificates", len(names), 0, maxCertificates, "certificates")...)
}

// checkCertificate checks the ARN of a certificate, which has to be of the load balancer's region; an empty one means
// any.
func checkCertificate(path validate.Path, arn, region string) validate.Problems {
	if ps := validate.CertificateARN(path, arn); len(ps) > 0 {
		return ps
	}
	ps := validate.SameRegion(path, arn, region, "the load balancer")
	for i := range ps {
		ps[i].Fix = "request or import one there: a certificate cannot be moved"
	}
	return ps
}

// checkDomains checks the names under which the load balancer is reached, and the zone that they are in.
func (a *LoadBalancerArgs) checkDomains() validate.Problems {
	var ps validate.Problems
	zone := a.HostedZone
	if zone != nil {
		ps.Add(zone.Check("hostedZone")...)
		usable := len(validate.DomainName("", zone.Name)) == 0
		if len(a.DomainNames) == 0 {
			ps.Add(nameless(zone.Name, usable))
		}
		if !usable {
			zone = nil
		}
	}
	for i, name := range a.DomainNames {
		at := validate.Path("domainNames").Index(i)
		problems := validate.DomainNameOrWildcard(at, name)
		ps.Add(problems...)
		switch {
		case problems != nil:
			continue
		case slices.Contains(a.DomainNames[:i], name):
			ps.Add(validate.Duplicate(at, name))
		case zone != nil && !zone.Contains(name):
			ps.Add(validate.Conflict(at, name, "a name in the zone "+zone.Name,
				"give the zone of the name, or put the name's certificate into additionalCertificates").By("domain-zone"))
		}
		if i == 0 && a.makesCertificate() && len(name) > maxFirstName {
			ps.Add(validate.Invalid(at, name,
				"a first name of at most 64 characters, as it becomes the certificate's common name",
				"put a shorter name first").By("domain-first"))
		}
	}
	return append(ps, validate.Range("domainNames", len(a.DomainNames), 0, maxDomainNames, "names")...)
}

// nameless is the problem of a load balancer that gets no name in its zone. The zone's own name is an example only if
// it is usable.
func nameless(zone string, usable bool) validate.Problem {
	p := validate.Required("domainNames", "the names that the load balancer gets in the zone", "give at least one")
	if usable {
		p.Fix += ", such as app." + zone
	}
	return p.By("domain-required")
}
