package dns

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// builder makes one hosted zone.
type builder struct {
	component.Base
	args *HostedZoneArgs
	out  *HostedZone
}

func (b *builder) build(opts []pulumi.ResourceOption) (*HostedZone, error) {
	b.out = &HostedZone{name: b.args.ZoneName}
	return component.Build(&b.Base, b.out, opts, b.hostedZone)
}

// hostedZone makes the zone. Route 53 only deletes empty zones: the records of a disposable one are deleted first.
func (b *builder) hostedZone() (err error) {
	z := b.out
	z.HostedZone, err = route53.NewZone(b.Ctx, b.Name, &route53.ZoneArgs{
		Name:         pulumi.String(b.args.ZoneName),
		Comment:      pulumi.String(b.args.Labels.Project + " " + b.args.Labels.Environment),
		ForceDestroy: pulumi.Bool(b.args.Lifecycle.ForceDestroy()),
		Tags:         b.args.Labels.Tags(b.Name),
	}, b.Child(b.args.Lifecycle.Stateful()...)...)
	if err != nil {
		return err
	}
	z.ZoneId, z.ZoneName, z.NameServers = z.HostedZone.ZoneId, z.HostedZone.Name, z.HostedZone.NameServers
	b.tellNameServers()
	return nil
}

// tellNameServers shows the name servers while up still runs: a certificate in the zone waits until they are entered.
func (b *builder) tellNameServers() {
	z := b.out
	z.NameServers.ApplyT(func(servers []string) (bool, error) {
		message := b.args.ZoneName + " works once the registrar, or the zone above, names " + strings.Join(servers, ", ")
		return true, b.Ctx.Log.Info(message, &pulumi.LogArgs{Resource: z.HostedZone, Ephemeral: true})
	})
}
