package network

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// ExistingVpcType is the type token of ExistingVpc.
const ExistingVpcType = "bulwark:network:ExistingVpc"

// ExistingVpc is a VPC that somebody else made. See NewExistingVpc.
type ExistingVpc struct {
	pulumi.ResourceState

	// VpcId is the id of the VPC.
	VpcId pulumi.StringOutput `pulumi:"vpcId"`
	// Cidr is its block of IPv4 addresses.
	Cidr pulumi.StringOutput `pulumi:"cidr"`
	// PublicSubnetIds are the subnets for load balancers.
	PublicSubnetIds pulumi.StringArrayOutput `pulumi:"publicSubnetIds"`
	// PrivateSubnetIds are the subnets for workloads.
	PrivateSubnetIds pulumi.StringArrayOutput `pulumi:"privateSubnetIds"`
	// IsolatedSubnetIds are the subnets for databases.
	IsolatedSubnetIds pulumi.StringArrayOutput `pulumi:"isolatedSubnetIds"`
	// WorkloadSubnetIds are where workloads live: the private subnets, or the public ones with EgressPublicAddresses.
	WorkloadSubnetIds pulumi.StringArrayOutput `pulumi:"workloadSubnetIds"`
	// AssignPublicIps says whether workloads need public addresses: with EgressPublicAddresses only.
	AssignPublicIps pulumi.BoolOutput `pulumi:"assignPublicIps"`
	// S3PrefixListId is the prefix list with the addresses of S3, for rules of security groups.
	S3PrefixListId pulumi.StringOutput `pulumi:"s3PrefixListId"`
	// EndpointSecurityGroupId is the security group of the interface endpoints; empty where there are none.
	EndpointSecurityGroupId pulumi.StringOutput `pulumi:"endpointSecurityGroupId"`

	network *Network
}

// NewExistingVpc takes a VPC that exists: by ids, or by the outputs of an awsx.ec2.Vpc. It creates nothing. It reports
// all problems with the arguments at once; subnets of another VPC are found when AWS is asked, before anything is
// created in them.
func NewExistingVpc(
	ctx *pulumi.Context, name string, args *ExistingVpcArgs, opts ...pulumi.ResourceOption,
) (*ExistingVpc, error) {
	b := &existingBuilder{Base: component.NewBase(ctx, ExistingVpcType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check(name)); err != nil {
		return nil, err
	}
	return b.build(opts)
}

// Network is the VPC as other components take it.
func (v *ExistingVpc) Network() *Network { return v.network }
