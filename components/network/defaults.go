package network

import "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"

// defaultResources adopts what every VPC comes with: a security group and a route table that nobody should use. The
// default network ACL is adopted with the other network ACLs.
func (b *builder) defaultResources() (err error) {
	name := b.Name + "-default"
	tags := b.args.Labels.Tags(name)
	b.out.DefaultSecurityGroup, err = ec2.NewDefaultSecurityGroup(b.Ctx, name, &ec2.DefaultSecurityGroupArgs{
		VpcId: b.out.Vpc.ID(), Ingress: ec2.DefaultSecurityGroupIngressArray{}, Egress: ec2.DefaultSecurityGroupEgressArray{},
		Tags: tags,
	}, b.Parent)
	if err != nil {
		return err
	}
	b.out.DefaultRouteTable, err = ec2.NewDefaultRouteTable(b.Ctx, name, &ec2.DefaultRouteTableArgs{
		DefaultRouteTableId: b.out.Vpc.DefaultRouteTableId, Routes: ec2.DefaultRouteTableRouteArray{}, Tags: tags,
	}, b.Parent)
	return err
}
