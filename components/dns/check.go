package dns

import (
	"golang.org/x/net/publicsuffix"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a hosted zone.
func (a *HostedZoneArgs) check() validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	return append(ps, checkZoneName("zoneName", a.ZoneName)...)
}

// checkZoneName reports what is no domain, and a name under which everybody can register domains, such as co.uk: nobody
// delegates it to a zone of an account. Package publicsuffix has the list that browsers go by.
func checkZoneName(path validate.Path, name string) validate.Problems {
	if ps := validate.DomainName(path, name); len(ps) > 0 {
		return ps
	}
	if suffix, _ := publicsuffix.PublicSuffix(name); suffix != name {
		return nil
	}
	return validate.Problems{validate.Invalid(path, name, "a domain of yours: everybody can register names under this one",
		"name the domain that you registered, such as acme."+name).By("zone-suffix")}
}
