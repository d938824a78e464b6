package network

import (
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/netplan"
)

// builder makes the children of a VPC.
type builder struct {
	ctx      *pulumi.Context
	name     string
	args     *VpcArgs
	region   string
	block    netip.Prefix
	services []*service
	out      *Vpc
	parent   pulumi.ResourceOption
	location account.Output

	vpc      *ec2.Vpc
	identity *home
	// gateways have to be there before addresses and NAT gateways are.
	gateways  []pulumi.Resource
	addresses pulumi.StringArray
}

func (b *builder) build() error {
	for _, step := range []func() error{b.block4, b.gatewayOut, b.subnets, b.natGateways, b.routes, b.defaults, b.acls, b.flowLogs, b.endpoints} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// block4 makes the VPC.
func (b *builder) block4() (err error) {
	args := &ec2.VpcArgs{
		CidrBlock: pulumi.String(b.block.String()), EnableDnsSupport: pulumi.Bool(true), EnableDnsHostnames: pulumi.Bool(true),
		Tags: b.args.Labels.Tags(b.name),
	}
	if b.args.Ipv6 {
		args.AssignGeneratedIpv6CidrBlock = pulumi.Bool(true)
	}
	opts := []pulumi.ResourceOption{b.parent}
	if b.args.Lifecycle.IsPermanent() {
		// There is nothing in a VPC to retain, but everything in it would have to be replaced with it.
		opts = append(opts, pulumi.Protect(true))
	}
	b.vpc, err = ec2.NewVpc(b.ctx, b.name, args, opts...)
	b.out.Vpc = b.vpc
	b.identity = &home{id: b.vpc.ID().ToStringOutput(), created: true}
	return err
}

// gatewayOut makes the gateways between VPC and internet.
func (b *builder) gatewayOut() (err error) {
	if slices.Contains(b.args.tiers(), TierPublic) {
		b.out.InternetGateway, err = ec2.NewInternetGateway(b.ctx, b.name, &ec2.InternetGatewayArgs{VpcId: b.vpc.ID(), Tags: b.args.Labels.Tags(b.name)}, b.parent)
		if err != nil {
			return err
		}
		b.gateways = append(b.gateways, b.out.InternetGateway)
	}
	if b.args.Ipv6 && b.args.Egress.plan().NATGateways(1) > 0 {
		b.out.EgressOnlyGateway, err = ec2.NewEgressOnlyInternetGateway(b.ctx, b.name, &ec2.EgressOnlyInternetGatewayArgs{VpcId: b.vpc.ID(), Tags: b.args.Labels.Tags(b.name)}, b.parent)
	}
	return err
}

// planned are the subnets of some tiers, by tier and zone.
func (b *builder) planned(tiers ...Tier) []netplan.Subnet {
	plain := make([]netplan.Tier, len(tiers))
	for i, t := range tiers {
		plain[i] = netplan.Tier(t)
	}
	return netplan.Subnets(b.block, plain, b.args.zones())
}

func (b *builder) subnets() error {
	for _, s := range b.planned(b.args.tiers()...) {
		name := b.name + "-" + string(s.Tier) + "-" + s.Zone
		args := &ec2.SubnetArgs{
			VpcId: b.vpc.ID(), CidrBlock: pulumi.String(s.CIDR.String()), AvailabilityZone: pulumi.String(b.region + s.Zone),
			// Whoever needs a public address asks for one.
			MapPublicIpOnLaunch: pulumi.Bool(false),
			Tags:                b.tierTags(name, Tier(s.Tier)),
		}
		if b.args.Ipv6 {
			args.Ipv6CidrBlock = b.vpc.Ipv6CidrBlock.ApplyT(func(vpc string) (string, error) { return netplan.IPv6(vpc, s.IPv6) }).(pulumi.StringOutput)
			args.AssignIpv6AddressOnCreation = pulumi.Bool(Tier(s.Tier) == TierPrivate)
		}
		subnet, err := ec2.NewSubnet(b.ctx, name, args, b.parent)
		if err != nil {
			return err
		}
		b.out.subnets[spot{Tier(s.Tier), s.Zone}] = subnet
	}
	return nil
}

func (b *builder) tierTags(name string, tier Tier) pulumi.StringMap {
	return b.args.Labels.With(map[string]string{tierTag: string(tier)}).Tags(name)
}

// subnetIDs are the subnets of a tier, or of all.
func (b *builder) subnetIDs(tiers ...Tier) pulumi.StringArrayOutput {
	ids := pulumi.StringArray{}
	for _, s := range b.planned(tiers...) {
		if subnet, ok := b.out.subnets[spot{Tier(s.Tier), s.Zone}]; ok {
			ids = append(ids, subnet.ID().ToStringOutput())
		}
	}
	return ids.ToStringArrayOutput()
}

// natGateways makes one in the first zone, or one in each.
func (b *builder) natGateways() error {
	b.addresses = pulumi.StringArray{}
	for _, zone := range b.args.zones()[:b.args.Egress.plan().NATGateways(len(b.args.zones()))] {
		name := b.name + "-nat-" + zone
		tags := b.args.Labels.Tags(name)
		address, err := ec2.NewEip(b.ctx, name, &ec2.EipArgs{Domain: pulumi.String("vpc"), Tags: tags}, b.parent, pulumi.DependsOn(b.gateways))
		if err != nil {
			return err
		}
		b.out.nats[zone], err = ec2.NewNatGateway(b.ctx, name, &ec2.NatGatewayArgs{
			AllocationId: address.AllocationId, SubnetId: b.out.subnets[spot{TierPublic, zone}].ID(), Tags: tags,
		}, b.parent, pulumi.DependsOn(b.gateways))
		if err != nil {
			return err
		}
		b.addresses = append(b.addresses, address.PublicIp)
	}
	return nil
}

// nat is the NAT gateway that serves a zone, nil if none does.
func (b *builder) nat(zone string) *ec2.NatGateway {
	if gateway, ok := b.out.nats[zone]; ok {
		return gateway
	}
	return b.out.nats[b.args.zones()[0]]
}

// routes makes the route tables. Public and isolated subnets share one a tier, private ones have one each, so that NAT
// gateways can be added later without moving a subnet to another table.
func (b *builder) routes() error {
	for _, s := range b.planned(b.args.tiers()...) {
		tier := Tier(s.Tier)
		table, ok := b.out.tables[spot{tier, ""}]
		if !ok || tier == TierPrivate {
			var err error
			if table, err = b.table(tier, s.Zone); err != nil {
				return err
			}
			b.out.tables[spot{tier, ""}] = table
		}
		b.out.tables[spot{tier, s.Zone}] = table
		name := b.name + "-" + string(tier) + "-" + s.Zone
		if _, err := ec2.NewRouteTableAssociation(b.ctx, name, &ec2.RouteTableAssociationArgs{
			SubnetId: b.out.subnets[spot{tier, s.Zone}].ID(), RouteTableId: table.ID(),
		}, b.parent); err != nil {
			return err
		}
	}
	for _, tier := range Tier("").Values() {
		delete(b.out.tables, spot{tier, ""})
	}
	return nil
}

// table makes a route table and its routes out.
func (b *builder) table(tier Tier, zone string) (*ec2.RouteTable, error) {
	name := b.name + "-" + string(tier)
	if tier == TierPrivate {
		name += "-" + zone
	}
	table, err := ec2.NewRouteTable(b.ctx, name, &ec2.RouteTableArgs{VpcId: b.vpc.ID(), Tags: b.tierTags(name, tier)}, b.parent)
	if err != nil {
		return nil, err
	}
	route := func(suffix string, args ec2.RouteArgs) {
		if err == nil {
			args.RouteTableId = table.ID()
			_, err = ec2.NewRoute(b.ctx, name+suffix, &args, b.parent)
		}
	}
	switch nat := b.nat(zone); {
	case tier == TierPublic:
		route("", ec2.RouteArgs{DestinationCidrBlock: pulumi.String(anywhere), GatewayId: b.out.InternetGateway.ID()})
		if b.args.Ipv6 {
			route("-ipv6", ec2.RouteArgs{DestinationIpv6CidrBlock: pulumi.String(anywhereV6), GatewayId: b.out.InternetGateway.ID()})
		}
	case tier == TierPrivate && nat != nil:
		route("", ec2.RouteArgs{DestinationCidrBlock: pulumi.String(anywhere), NatGatewayId: nat.ID()})
		if b.out.EgressOnlyGateway != nil {
			route("-ipv6", ec2.RouteArgs{DestinationIpv6CidrBlock: pulumi.String(anywhereV6), EgressOnlyGatewayId: b.out.EgressOnlyGateway.ID()})
		}
	}
	return table, err
}

// defaults adopts what every VPC comes with: a security group and a route table that nobody should use.
func (b *builder) defaults() (err error) {
	name := b.name + "-default"
	b.out.DefaultSecurityGroup, err = ec2.NewDefaultSecurityGroup(b.ctx, name, &ec2.DefaultSecurityGroupArgs{
		VpcId: b.vpc.ID(), Ingress: ec2.DefaultSecurityGroupIngressArray{}, Egress: ec2.DefaultSecurityGroupEgressArray{},
		Tags: b.args.Labels.Tags(name),
	}, b.parent)
	if err != nil {
		return err
	}
	b.out.DefaultRouteTable, err = ec2.NewDefaultRouteTable(b.ctx, name, &ec2.DefaultRouteTableArgs{
		DefaultRouteTableId: b.vpc.DefaultRouteTableId, Routes: ec2.DefaultRouteTableRouteArray{}, Tags: b.args.Labels.Tags(name),
	}, b.parent)
	return err
}

// tables are all route tables, each once, by tier and zone.
func (b *builder) tables() pulumi.StringArray {
	var seen []*ec2.RouteTable
	ids := pulumi.StringArray{}
	for _, s := range b.planned(b.args.tiers()...) {
		table := b.out.tables[spot{Tier(s.Tier), s.Zone}]
		if !slices.Contains(seen, table) {
			seen = append(seen, table)
			ids = append(ids, table.ID().ToStringOutput())
		}
	}
	return ids
}
