package dns

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Zone is a public hosted zone of Route 53 as other components take it, whoever made it: HostedZone.Zone, or the id and
// the name of one that exists.
type Zone struct {
	// Id is the id of the zone.
	Id pulumi.StringInput `pulumi:"id"`
	// Name is its name, such as acme.example: domain names are checked against it before anything is created.
	Name string `pulumi:"name"`
}

// Check reports what is wrong with the id and the name. The path is that of the zone.
func (z *Zone) Check(path validate.Path) validate.Problems {
	var ps validate.Problems
	if z.Id == nil {
		ps.Add(validate.Required(path.Field("id"), "the id of the hosted zone", "give it, as in Z0123456789ABCDEFGHIJ"))
	}
	if text, ok := component.Literal(z.Id); ok {
		ps.Add(validate.HostedZoneID(path.Field("id"), text)...)
	}
	return append(ps, checkZoneName(path.Field("name"), z.Name)...)
}

// Contains says whether a domain name, or a wildcard such as *.acme.example, belongs in the zone.
func (z *Zone) Contains(domain string) bool {
	domain = strings.TrimPrefix(domain, "*.")
	return domain == z.Name || strings.HasSuffix(domain, "."+z.Name)
}
