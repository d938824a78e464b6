package dns

import (
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// HostedZoneArgs are the arguments of NewHostedZone.
type HostedZoneArgs struct {
	// Labels become the tags of the zone.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: protected and retained. A zone that is created anew has other name servers, and
	// the domain is out of reach until the parent zone names them.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// ZoneName is the domain, such as acme.example.
	ZoneName string `pulumi:"zoneName"`
}
