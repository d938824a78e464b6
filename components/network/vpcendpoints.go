package network

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// endpoints makes the endpoints of the VPC, each in the zones that its service has.
func (b *builder) endpoints() (err error) {
	endpoints := &endpointsBuilder{
		Base:   component.NewBase(b.Ctx, EndpointsType, b.Name+"-endpoints"),
		labels: b.args.Labels, region: b.region, vpc: b.identity, routeTables: b.routeTableIDs(), services: b.services,
		subnets: b.endpointSubnets, trusted: b.args.TrustedAccounts, readable: b.args.ReadableBuckets,
	}
	b.out.Endpoints, err = endpoints.build([]pulumi.ResourceOption{b.Parent})
	return err
}

// endpointSubnets are the private subnets in the zones that a service has.
func (b *builder) endpointSubnets(s *service) pulumi.StringArrayInput {
	ids := pulumi.StringArray{}
	for _, p := range b.planned(TierPrivate) {
		if s.serves(b.region + p.Zone) {
			ids = append(ids, b.out.subnets[p.slot].ID().ToStringOutput())
		}
	}
	return ids
}
