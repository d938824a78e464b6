package network

import (
	"net/netip"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// builder makes one VPC.
type builder struct {
	component.Base
	args *VpcArgs
	out  *Vpc

	// region and services are what checkRegion found out.
	region   string
	services []*service

	block        netip.Prefix
	identity     *vpcIdentity
	natAddresses pulumi.StringArray
}

// checkRegion asks what the region has, and reports what the arguments want besides.
func (b *builder) checkRegion(opts []pulumi.ResourceOption) (validate.Problems, error) {
	in, err := lookupRegion(b.Ctx, opts)
	if err != nil {
		return nil, err
	}
	zones, err := in.zones()
	if err != nil {
		return nil, err
	}
	ps := netplan.CheckRegion("zones", in.name, b.args.zones(), zones)
	services, problems, err := in.services(b.args.endpointServices(), b.args.zones())
	b.region, b.services = in.name, services
	return append(ps, problems...), err
}

func (b *builder) build(opts []pulumi.ResourceOption) (*Vpc, error) {
	b.block, _ = netplan.ParseVPC("cidr", b.args.cidr())
	b.out = &Vpc{
		subnets: map[subnetSlot]*ec2.Subnet{}, routeTables: map[subnetSlot]*ec2.RouteTable{},
		natGateways: map[string]*ec2.NatGateway{}, networkACLs: map[Tier]*ec2.NetworkAcl{},
	}
	return component.Build(&b.Base, b.out, opts,
		b.estimate, b.vpc, b.gateways, b.subnets, b.natGateways, b.routes, b.defaultResources,
		b.acls, b.flowLogs, b.endpoints, b.outputs)
}

// estimate says what the ways out cost: in the preview, and as outputs.
func (b *builder) estimate() error {
	e := netplan.MonthlyEstimate(b.region, b.args.Egress.plan(), len(b.args.zones()), len(b.services))
	b.out.MonthlyEstimate = pulumi.Float64(e.Monthly).ToFloat64Output()
	b.out.MonthlyEstimateText = pulumi.String(e.String()).ToStringOutput()
	if !b.Ctx.DryRun() {
		return nil
	}
	return b.Ctx.Log.Info(e.String(), &pulumi.LogArgs{Resource: b.out})
}

// vpc makes the VPC itself.
func (b *builder) vpc() (err error) {
	args := &ec2.VpcArgs{
		CidrBlock: pulumi.String(b.block.String()), Tags: b.args.Labels.Tags(b.Name),
		EnableDnsSupport: pulumi.Bool(true), EnableDnsHostnames: pulumi.Bool(true),
	}
	if b.args.Ipv6 {
		args.AssignGeneratedIpv6CidrBlock = pulumi.Bool(true)
	}
	opts := b.Child()
	if b.args.Lifecycle.IsPermanent() {
		// There is nothing in a VPC to retain, but everything in it would have to be replaced with it.
		opts = b.Child(pulumi.Protect(true))
	}
	b.out.Vpc, err = ec2.NewVpc(b.Ctx, b.Name, args, opts...)
	if err != nil {
		return err
	}
	b.identity = &vpcIdentity{id: b.out.Vpc.ID().ToStringOutput(), created: true}
	return nil
}

// outputs sets the outputs, and the network that other components take, from what the other steps made.
func (b *builder) outputs() error {
	v := b.out
	v.network = newNetwork(Network{
		Cidr: v.Vpc.CidrBlock, PublicSubnetIds: b.subnetIDs(TierPublic), PrivateSubnetIds: b.subnetIDs(TierPrivate),
		IsolatedSubnetIds: b.subnetIDs(TierIsolated), S3PrefixListId: v.Endpoints.S3PrefixListId,
		EndpointSecurityGroupId: v.Endpoints.SecurityGroupId, PublicPorts: b.args.PublicPorts, Ipv6: b.args.Ipv6,
		vpc: b.identity, egress: b.args.Egress, endpoints: v.Endpoints.group(),
	})
	n := v.network
	v.VpcId, v.Cidr, v.S3PrefixListId = n.VpcId, n.Cidr, n.S3PrefixListId
	v.EndpointSecurityGroupId = n.EndpointSecurityGroupId
	v.PublicSubnetIds, v.PrivateSubnetIds, v.IsolatedSubnetIds = n.PublicSubnetIds, n.PrivateSubnetIds, n.IsolatedSubnetIds
	v.WorkloadSubnetIds, v.AssignPublicIps = n.WorkloadSubnetIds, pulumi.Bool(n.AssignPublicIps).ToBoolOutput()
	v.NatAddresses, v.Ipv6Cidr = b.natAddresses.ToStringArrayOutput(), component.None()
	if b.args.Ipv6 {
		v.Ipv6Cidr = v.Vpc.Ipv6CidrBlock
	}
	return nil
}
