package edge

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// HostedZoneType is the type token of HostedZone.
const HostedZoneType = "bulwark:edge:HostedZone"

// HostedZoneArgs are the arguments of NewHostedZone.
type HostedZoneArgs struct {
	// Labels become the tags of the zone.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: protected and retained. A zone that is made anew has other name servers, and the
	// domain is out of reach until the zone above names them.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// ZoneName is the domain, such as acme.example.
	ZoneName string `pulumi:"zoneName"`
}

// HostedZone is a public hosted zone of Route 53. See NewHostedZone.
type HostedZone struct {
	pulumi.ResourceState

	// ZoneId is the id of the zone.
	ZoneId pulumi.StringOutput `pulumi:"zoneId"`
	// ZoneName is the domain.
	ZoneName pulumi.StringOutput `pulumi:"zoneName"`
	// NameServers are the four servers that answer for the domain, once the registrar or the zone above names them.
	NameServers pulumi.StringArrayOutput `pulumi:"nameServers"`

	// HostedZone is the zone itself.
	HostedZone *route53.Zone `pulumi:"hostedZone" provider:"type=aws@6.83.2:route53/zone:Zone"`

	name string
}

// NewHostedZone creates a public hosted zone, for a domain that has none yet. It works once the registrar, or the zone
// above, names its NameServers; a certificate that is validated in it waits for that. It reports all problems with the
// arguments at once, before it creates anything.
func NewHostedZone(ctx *pulumi.Context, name string, args *HostedZoneArgs, opts ...pulumi.ResourceOption) (*HostedZone, error) {
	if args == nil {
		args = &HostedZoneArgs{}
	}
	if err := args.check().Err(HostedZoneType, name); err != nil {
		return nil, err
	}
	z := &HostedZone{name: args.ZoneName}
	if err := ctx.RegisterComponentResource(HostedZoneType, name, z, opts...); err != nil {
		return nil, err
	}
	var err error
	if z.HostedZone, err = route53.NewZone(ctx, name, &route53.ZoneArgs{
		Name:         pulumi.String(args.ZoneName),
		Comment:      pulumi.String(args.Labels.Project + " " + args.Labels.Environment),
		ForceDestroy: pulumi.Bool(args.Lifecycle.ForceDestroy()),
		Tags:         args.Labels.Tags(name),
	}, append(args.Lifecycle.Stateful(), pulumi.Parent(z))...); err != nil {
		return nil, err
	}
	z.ZoneId, z.ZoneName, z.NameServers = z.HostedZone.ZoneId, z.HostedZone.Name, z.HostedZone.NameServers
	return z, ctx.RegisterResourceOutputs(z, pulumi.Map{
		"zoneId":      z.ZoneId,
		"zoneName":    z.ZoneName,
		"nameServers": z.NameServers,
		"hostedZone":  z.HostedZone,
	})
}

// Zone is the zone as a load balancer takes it.
func (z *HostedZone) Zone() *Zone { return &Zone{Id: z.ZoneId, Name: z.name} }

func (a *HostedZoneArgs) check() validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	ps.Add(checkDomain("zoneName", a.ZoneName, false)...)
	return ps
}
