package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// natGateways makes one in the first zone, or one in each.
func (b *builder) natGateways() error {
	b.natAddresses = pulumi.StringArray{}
	for _, zone := range b.args.natZones() {
		name := b.Name + "-nat-" + zone
		tags := b.args.Labels.Tags(name)
		// Addresses and NAT gateways need the internet gateway.
		opts := b.Child(pulumi.DependsOn([]pulumi.Resource{b.out.InternetGateway}))
		address, err := ec2.NewEip(b.Ctx, name, &ec2.EipArgs{Domain: pulumi.String("vpc"), Tags: tags}, opts...)
		if err != nil {
			return err
		}
		b.out.natGateways[zone], err = ec2.NewNatGateway(b.Ctx, name, &ec2.NatGatewayArgs{
			AllocationId: address.AllocationId, SubnetId: b.out.Subnet(TierPublic, zone).ID(), Tags: tags,
		}, opts...)
		if err != nil {
			return err
		}
		b.natAddresses = append(b.natAddresses, address.PublicIp)
	}
	return nil
}

// natGateway is the one that serves a zone, nil if none does.
func (b *builder) natGateway(zone string) *ec2.NatGateway {
	if gateway, ok := b.out.natGateways[zone]; ok {
		return gateway
	}
	return b.out.natGateways[b.args.zones()[0]]
}
