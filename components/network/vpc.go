package network

import (
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/netplan"
)

// Type tokens of the components.
const (
	VpcType           = "bulwark:network:Vpc"
	ExistingVpcType   = "bulwark:network:ExistingVpc"
	EndpointsType     = "bulwark:network:Endpoints"
	SecurityGroupType = "bulwark:network:SecurityGroup"
)

// Vpc is a VPC with its subnets, ways out, endpoints and flow logs. See NewVpc.
type Vpc struct {
	pulumi.ResourceState

	// VpcId is the id of the VPC.
	VpcId pulumi.StringOutput `pulumi:"vpcId"`
	// Cidr is its block of IPv4 addresses.
	Cidr pulumi.StringOutput `pulumi:"cidr"`
	// Ipv6Cidr is its block of IPv6 addresses, which AWS chooses; empty without VpcArgs.Ipv6.
	Ipv6Cidr pulumi.StringOutput `pulumi:"ipv6Cidr"`
	// PublicSubnetIds are the subnets for load balancers, by zone.
	PublicSubnetIds pulumi.StringArrayOutput `pulumi:"publicSubnetIds"`
	// PrivateSubnetIds are the subnets for workloads, by zone.
	PrivateSubnetIds pulumi.StringArrayOutput `pulumi:"privateSubnetIds"`
	// IsolatedSubnetIds are the subnets for databases, by zone.
	IsolatedSubnetIds pulumi.StringArrayOutput `pulumi:"isolatedSubnetIds"`
	// WorkloadSubnetIds are where workloads live: the private subnets, or the public ones with EgressPublicAddresses.
	WorkloadSubnetIds pulumi.StringArrayOutput `pulumi:"workloadSubnetIds"`
	// AssignPublicIps says whether workloads need public addresses: with EgressPublicAddresses only.
	AssignPublicIps pulumi.BoolOutput `pulumi:"assignPublicIps"`
	// NatAddresses are the public addresses that workloads have outside, for the allow lists of others.
	NatAddresses pulumi.StringArrayOutput `pulumi:"natAddresses"`
	// S3PrefixListId is the prefix list with the addresses of S3, for rules of security groups.
	S3PrefixListId pulumi.StringOutput `pulumi:"s3PrefixListId"`
	// EndpointSecurityGroupId is the security group of the interface endpoints; empty where there are none.
	EndpointSecurityGroupId pulumi.StringOutput `pulumi:"endpointSecurityGroupId"`
	// MonthlyEstimate is the list price of the ways out in US dollars a month, without data and taxes.
	MonthlyEstimate pulumi.Float64Output `pulumi:"monthlyEstimate"`
	// MonthlyEstimateText says what the estimate includes, of which day it is, and what comes on top.
	MonthlyEstimateText pulumi.StringOutput `pulumi:"monthlyEstimateText"`

	// Vpc is the VPC itself.
	Vpc *ec2.Vpc `pulumi:"vpc" provider:"type=aws@6.83.2:ec2/vpc:Vpc"`
	// DefaultSecurityGroup is the VPC's own group, without any rule.
	DefaultSecurityGroup *ec2.DefaultSecurityGroup `pulumi:"defaultSecurityGroup" provider:"type=aws@6.83.2:ec2/defaultSecurityGroup:DefaultSecurityGroup"`
	// DefaultRouteTable is the VPC's own table, without any route out.
	DefaultRouteTable *ec2.DefaultRouteTable `pulumi:"defaultRouteTable" provider:"type=aws@6.83.2:ec2/defaultRouteTable:DefaultRouteTable"`
	// DefaultNetworkAcl is the VPC's own network ACL.
	DefaultNetworkAcl *ec2.DefaultNetworkAcl `pulumi:"defaultNetworkAcl" provider:"type=aws@6.83.2:ec2/defaultNetworkAcl:DefaultNetworkAcl"`
	// FlowLog records all connections.
	FlowLog *ec2.FlowLog `pulumi:"flowLog" provider:"type=aws@6.83.2:ec2/flowLog:FlowLog"`
	// Endpoints are the VPC's endpoints.
	Endpoints *Endpoints
	// InternetGateway is the way to the internet; nil without public subnets.
	InternetGateway *ec2.InternetGateway
	// EgressOnlyGateway is the way out for IPv6; nil without VpcArgs.Ipv6 or without NAT gateways.
	EgressOnlyGateway *ec2.EgressOnlyInternetGateway
	// FlowLogGroup holds the flow logs; nil with a bucket.
	FlowLogGroup *cloudwatch.LogGroup
	// FlowLogKey encrypts FlowLogGroup; nil with a bucket, or with a key that was given by its ARN.
	FlowLogKey *encryption.Key

	network *Network
	subnets map[spot]*ec2.Subnet
	tables  map[spot]*ec2.RouteTable
	nats    map[string]*ec2.NatGateway
	acls    map[Tier]*ec2.NetworkAcl
}

// spot is a tier in a zone.
type spot struct {
	tier Tier
	zone string
}

// NewVpc creates a VPC with subnets in fixed slots, the way out that was chosen, endpoints, flow logs, and default
// security group, route table and network ACL that let nothing slip through. It reports all problems with the arguments
// at once, before it creates anything: zones and endpoints that the region does not have are among them.
func NewVpc(ctx *pulumi.Context, name string, args *VpcArgs, opts ...pulumi.ResourceOption) (*Vpc, error) {
	if args == nil {
		args = &VpcArgs{}
	}
	ps := args.check(name)
	in, err := locate(ctx, opts)
	if err != nil {
		return nil, errors.Join(ps.Err(VpcType, name), err)
	}
	zones, err := in.zones()
	if err != nil {
		return nil, errors.Join(ps.Err(VpcType, name), err)
	}
	ps.Add(netplan.CheckRegion("zones", in.region, args.zones(), zones)...)
	services, problems, err := in.services(args.endpointFeatures(), args.zones())
	if err != nil {
		return nil, errors.Join(ps.Err(VpcType, name), err)
	}
	ps.Add(problems...)
	if err := ps.Err(VpcType, name); err != nil {
		return nil, err
	}

	v := &Vpc{subnets: map[spot]*ec2.Subnet{}, tables: map[spot]*ec2.RouteTable{}, nats: map[string]*ec2.NatGateway{}, acls: map[Tier]*ec2.NetworkAcl{}}
	if err := ctx.RegisterComponentResource(VpcType, name, v, opts...); err != nil {
		return nil, err
	}
	estimate := netplan.MonthlyEstimate(in.region, args.Egress.plan(), len(args.zones()), len(services))
	if ctx.DryRun() {
		if err := ctx.Log.Info(estimate.String(), &pulumi.LogArgs{Resource: v}); err != nil {
			return nil, err
		}
	}
	block, _ := netplan.ParseVPC("cidr", args.cidr())
	b := &builder{ctx: ctx, name: name, args: args, region: in.region, block: block, services: services, out: v, parent: pulumi.Parent(v), location: account.Lookup(ctx, v)}
	if err := b.build(); err != nil {
		return nil, err
	}

	v.VpcId, v.Cidr, v.Ipv6Cidr = v.Vpc.ID().ToStringOutput(), v.Vpc.CidrBlock, pulumi.String("").ToStringOutput()
	if args.Ipv6 {
		v.Ipv6Cidr = v.Vpc.Ipv6CidrBlock
	}
	v.PublicSubnetIds, v.PrivateSubnetIds, v.IsolatedSubnetIds = b.subnetIDs(TierPublic), b.subnetIDs(TierPrivate), b.subnetIDs(TierIsolated)
	v.WorkloadSubnetIds, v.NatAddresses = v.PrivateSubnetIds, b.addresses.ToStringArrayOutput()
	v.S3PrefixListId, v.EndpointSecurityGroupId = v.Endpoints.S3PrefixListId, v.Endpoints.SecurityGroupId
	public := args.Egress == EgressPublicAddresses
	if public {
		v.WorkloadSubnetIds = v.PublicSubnetIds
	}
	v.AssignPublicIps = pulumi.Bool(public).ToBoolOutput()
	v.MonthlyEstimate = pulumi.Float64(estimate.Monthly).ToFloat64Output()
	v.MonthlyEstimateText = pulumi.String(estimate.String()).ToStringOutput()
	v.network = &Network{
		VpcId: v.VpcId, Cidr: v.Cidr, PublicSubnetIds: v.PublicSubnetIds, PrivateSubnetIds: v.PrivateSubnetIds,
		IsolatedSubnetIds: v.IsolatedSubnetIds, WorkloadSubnetIds: v.WorkloadSubnetIds, AssignPublicIps: public,
		S3PrefixListId: v.S3PrefixListId, EndpointSecurityGroupId: v.EndpointSecurityGroupId,
		PublicPorts: publicPorts(args.PublicPorts), Ipv6: args.Ipv6,
		vpc: b.identity, egress: args.Egress, endpoints: v.Endpoints.group(),
	}

	return v, ctx.RegisterResourceOutputs(v, pulumi.Map{
		"vpcId":                   v.VpcId,
		"cidr":                    v.Cidr,
		"ipv6Cidr":                v.Ipv6Cidr,
		"publicSubnetIds":         v.PublicSubnetIds,
		"privateSubnetIds":        v.PrivateSubnetIds,
		"isolatedSubnetIds":       v.IsolatedSubnetIds,
		"workloadSubnetIds":       v.WorkloadSubnetIds,
		"assignPublicIps":         v.AssignPublicIps,
		"natAddresses":            v.NatAddresses,
		"s3PrefixListId":          v.S3PrefixListId,
		"endpointSecurityGroupId": v.EndpointSecurityGroupId,
		"monthlyEstimate":         v.MonthlyEstimate,
		"monthlyEstimateText":     v.MonthlyEstimateText,
		"vpc":                     v.Vpc,
		"defaultSecurityGroup":    v.DefaultSecurityGroup,
		"defaultRouteTable":       v.DefaultRouteTable,
		"defaultNetworkAcl":       v.DefaultNetworkAcl,
		"flowLog":                 v.FlowLog,
	})
}

// Network is the VPC as other components take it.
func (v *Vpc) Network() *Network { return v.network }

// Subnet is the subnet of a tier in a zone, by its letter; nil where there is none.
func (v *Vpc) Subnet(tier Tier, zone string) *ec2.Subnet { return v.subnets[spot{tier, zone}] }

// RouteTable is the route table of the subnet of a tier in a zone; nil where there is none.
func (v *Vpc) RouteTable(tier Tier, zone string) *ec2.RouteTable { return v.tables[spot{tier, zone}] }

// NatGateway is the NAT gateway in a zone; nil where there is none.
func (v *Vpc) NatGateway(zone string) *ec2.NatGateway { return v.nats[zone] }

// NetworkAcl is the network ACL of a tier; nil without NetworkAclsPerTier.
func (v *Vpc) NetworkAcl(tier Tier) *ec2.NetworkAcl { return v.acls[tier] }

func (a *VpcArgs) cidr() string {
	if a.Cidr == "" {
		return "10.0.0.0/16"
	}
	return a.Cidr
}

func (a *VpcArgs) zones() []string {
	if len(a.Zones) == 0 {
		return []string{"a", "b"}
	}
	return a.Zones
}

func (a *VpcArgs) tiers() []Tier {
	if len(a.Tiers) == 0 {
		return Tier("").Values()
	}
	return a.Tiers
}

// endpointFeatures are the features that get interface endpoints.
func (a *VpcArgs) endpointFeatures() []Feature {
	if !a.Egress.plan().HasEndpoints() {
		return nil
	}
	return a.Features
}
