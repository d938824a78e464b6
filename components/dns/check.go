package dns

import "github.com/bulwark-iac/bulwark/internal/validate"

// check reports all that is wrong with the arguments of a hosted zone.
func (a *HostedZoneArgs) check() validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	ps.Add(validate.DomainName("zoneName", a.ZoneName)...)
	return ps
}
