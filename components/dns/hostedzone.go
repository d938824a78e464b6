package dns

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// HostedZoneType is the type token of HostedZone.
const HostedZoneType = "bulwark:dns:HostedZone"

// HostedZone is a public hosted zone of Route 53. See NewHostedZone.
type HostedZone struct {
	pulumi.ResourceState

	// ZoneId is the id of the zone.
	ZoneId pulumi.StringOutput `pulumi:"zoneId"`
	// ZoneName is the domain.
	ZoneName pulumi.StringOutput `pulumi:"zoneName"`
	// NameServers are the four servers that answer for the domain, once the registrar or the parent zone names them.
	NameServers pulumi.StringArrayOutput `pulumi:"nameServers"`

	// HostedZone is the zone itself.
	HostedZone *route53.Zone `pulumi:"hostedZone" provider:"type=aws@6.83.2:route53/zone:Zone"`

	name string
}

// NewHostedZone creates a public hosted zone, for a domain that has none yet. It works once the registrar, or the
// parent zone, names its NameServers; a certificate that is validated in it waits for that. It reports all problems
// with the arguments at once, before it creates anything.
func NewHostedZone(
	ctx *pulumi.Context, name string, args *HostedZoneArgs, opts ...pulumi.ResourceOption,
) (*HostedZone, error) {
	b := &builder{Base: component.NewBase(ctx, HostedZoneType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check()); err != nil {
		return nil, err
	}
	return b.build(opts)
}

// Zone is the zone as a load balancer takes it.
func (z *HostedZone) Zone() *Zone { return &Zone{Id: z.ZoneId, Name: z.name} }
