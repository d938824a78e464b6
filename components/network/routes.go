package network

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// routes makes the route tables. Public and isolated subnets share one per tier, private ones have one each, so that
// NAT gateways can be added later without moving a subnet to another table.
func (b *builder) routes() (err error) {
	shared := map[Tier]*ec2.RouteTable{}
	for _, s := range b.planned(b.args.tiers()...) {
		table, name := shared[s.slot.tier], b.Name+"-"+string(s.slot.tier)
		if s.slot.tier == TierPrivate {
			table, name = nil, s.name
		}
		if table == nil {
			if table, err = b.routeTable(name, s.slot); err != nil {
				return err
			}
			shared[s.slot.tier] = table
		}
		b.out.routeTables[s.slot] = table
		_, err := ec2.NewRouteTableAssociation(b.Ctx, s.name, &ec2.RouteTableAssociationArgs{
			SubnetId: b.out.subnets[s.slot].ID(), RouteTableId: table.ID(),
		}, b.Parent)
		if err != nil {
			return err
		}
	}
	return nil
}

// routeTable makes a route table and its routes out.
func (b *builder) routeTable(name string, slot subnetSlot) (*ec2.RouteTable, error) {
	table, err := ec2.NewRouteTable(b.Ctx, name, &ec2.RouteTableArgs{
		VpcId: b.out.Vpc.ID(), Tags: b.tierTags(name, slot.tier),
	}, b.Parent)
	if err != nil {
		return nil, err
	}
	route := func(suffix string, args ec2.RouteArgs) {
		if err == nil {
			args.RouteTableId = table.ID()
			_, err = ec2.NewRoute(b.Ctx, name+suffix, &args, b.Parent)
		}
	}
	all, allIPv6 := pulumi.String(anywhere), pulumi.String(anywhereV6)
	switch nat, internet, egressOnly := b.natGateway(slot.zone), b.out.InternetGateway, b.out.EgressOnlyGateway; {
	case slot.tier == TierPublic:
		route("", ec2.RouteArgs{DestinationCidrBlock: all, GatewayId: internet.ID()})
		if b.args.Ipv6 {
			route("-ipv6", ec2.RouteArgs{DestinationIpv6CidrBlock: allIPv6, GatewayId: internet.ID()})
		}
	case slot.tier == TierPrivate && nat != nil:
		route("", ec2.RouteArgs{DestinationCidrBlock: all, NatGatewayId: nat.ID()})
		if egressOnly != nil {
			route("-ipv6", ec2.RouteArgs{DestinationIpv6CidrBlock: allIPv6, EgressOnlyGatewayId: egressOnly.ID()})
		}
	}
	return table, err
}

// routeTableIDs are all route tables, each once, by tier and zone.
func (b *builder) routeTableIDs() pulumi.StringArray {
	var seen []*ec2.RouteTable
	ids := pulumi.StringArray{}
	for _, s := range b.planned(b.args.tiers()...) {
		table := b.out.routeTables[s.slot]
		if !slices.Contains(seen, table) {
			seen = append(seen, table)
			ids = append(ids, table.ID().ToStringOutput())
		}
	}
	return ids
}
