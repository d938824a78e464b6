package network

import (
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// VpcType is the type token of Vpc.
const VpcType = "bulwark:network:Vpc"

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
	// FlowLogGroup holds the flow logs; nil with a log bucket.
	FlowLogGroup *cloudwatch.LogGroup
	// FlowLogKey encrypts FlowLogGroup; nil with a log bucket, or with a key that was given by its ARN.
	FlowLogKey *encryption.Key

	network     *Network
	subnets     map[subnetSlot]*ec2.Subnet
	routeTables map[subnetSlot]*ec2.RouteTable
	natGateways map[string]*ec2.NatGateway
	networkACLs map[Tier]*ec2.NetworkAcl
}

// NewVpc creates a VPC with subnets in fixed slots, the way out that was chosen, endpoints, flow logs, and a default
// security group, route table and network ACL that let nothing slip through. It reports all problems with the arguments
// at once, before it creates anything: zones and endpoints that the region does not have are among them.
func NewVpc(ctx *pulumi.Context, name string, args *VpcArgs, opts ...pulumi.ResourceOption) (*Vpc, error) {
	b := &builder{Base: component.NewBase(ctx, VpcType, name), args: component.OrEmpty(args)}
	problems := b.args.check(name)
	lacking, err := b.checkRegion(opts)
	if err := errors.Join(b.Err(append(problems, lacking...)), err); err != nil {
		return nil, err
	}
	return b.build(opts)
}

// Network is the VPC as other components take it.
func (v *Vpc) Network() *Network { return v.network }

// Subnet is the subnet of a tier in a zone, by its letter; nil where there is none.
func (v *Vpc) Subnet(tier Tier, zone string) *ec2.Subnet { return v.subnets[subnetSlot{tier, zone}] }

// RouteTable is the route table of the subnet of a tier in a zone; nil where there is none.
func (v *Vpc) RouteTable(tier Tier, zone string) *ec2.RouteTable {
	return v.routeTables[subnetSlot{tier, zone}]
}

// NatGateway is the NAT gateway in a zone; nil where there is none.
func (v *Vpc) NatGateway(zone string) *ec2.NatGateway { return v.natGateways[zone] }

// NetworkAcl is the network ACL of a tier; nil without NetworkAclsPerTier.
func (v *Vpc) NetworkAcl(tier Tier) *ec2.NetworkAcl { return v.networkACLs[tier] }
