package network

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

// gateways makes the gateways between VPC and internet.
func (b *builder) gateways() (err error) {
	tags := b.args.Labels.Tags(b.Name)
	if slices.Contains(b.args.tiers(), TierPublic) {
		b.out.InternetGateway, err = ec2.NewInternetGateway(b.Ctx, b.Name, &ec2.InternetGatewayArgs{
			VpcId: b.out.Vpc.ID(), Tags: tags,
		}, b.Parent)
		if err != nil {
			return err
		}
	}
	if b.args.Ipv6 && len(b.args.natZones()) > 0 {
		b.out.EgressOnlyGateway, err = ec2.NewEgressOnlyInternetGateway(b.Ctx, b.Name, &ec2.EgressOnlyInternetGatewayArgs{
			VpcId: b.out.Vpc.ID(), Tags: tags,
		}, b.Parent)
	}
	return err
}
