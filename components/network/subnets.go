package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/netplan"
)

// subnetSlot is a tier in a zone.
type subnetSlot struct {
	tier Tier
	zone string
}

// plannedSubnet is a subnet as netplan lays it out.
type plannedSubnet struct {
	netplan.Subnet
	slot subnetSlot
	// name is that of its resource.
	name string
}

// planned are the subnets of some tiers, by tier and zone.
func (b *builder) planned(tiers ...Tier) []plannedSubnet {
	plain := make([]netplan.Tier, len(tiers))
	for i, t := range tiers {
		plain[i] = netplan.Tier(t)
	}
	var plan []plannedSubnet
	for _, s := range netplan.Subnets(b.block, plain, b.args.zones()) {
		plan = append(plan, plannedSubnet{
			Subnet: s, slot: subnetSlot{Tier(s.Tier), s.Zone}, name: b.Name + "-" + string(s.Tier) + "-" + s.Zone,
		})
	}
	return plan
}

// subnets makes the subnets of all tiers and zones.
func (b *builder) subnets() error {
	for _, s := range b.planned(b.args.tiers()...) {
		args := &ec2.SubnetArgs{
			VpcId: b.out.Vpc.ID(), CidrBlock: pulumi.String(s.CIDR.String()), AvailabilityZone: pulumi.String(b.region + s.Zone),
			// Whoever needs a public address asks for one.
			MapPublicIpOnLaunch: pulumi.Bool(false),
			Tags:                b.tierTags(s.name, s.slot.tier),
		}
		if b.args.Ipv6 {
			args.Ipv6CidrBlock = b.out.Vpc.Ipv6CidrBlock.ApplyT(func(vpc string) (string, error) {
				return netplan.IPv6(vpc, s.IPv6)
			}).(pulumi.StringOutput)
			args.AssignIpv6AddressOnCreation = pulumi.Bool(s.slot.tier == TierPrivate)
		}
		subnet, err := ec2.NewSubnet(b.Ctx, s.name, args, b.Parent)
		if err != nil {
			return err
		}
		b.out.subnets[s.slot] = subnet
	}
	return nil
}

func (b *builder) tierTags(name string, tier Tier) pulumi.StringMap {
	return b.args.Labels.With(map[string]string{tierTag: string(tier)}).Tags(name)
}

// subnetIDs are the subnets of some tiers, as far as there are any.
func (b *builder) subnetIDs(tiers ...Tier) pulumi.StringArrayOutput {
	ids := pulumi.StringArray{}
	for _, s := range b.planned(tiers...) {
		if subnet, ok := b.out.subnets[s.slot]; ok {
			ids = append(ids, subnet.ID().ToStringOutput())
		}
	}
	return ids.ToStringArrayOutput()
}
