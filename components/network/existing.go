package network

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

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

// NewExistingVpc takes a VPC that exists: by ids, or by the outputs of an awsx.ec2.Vpc. It creates nothing. It reports all
// problems with the arguments at once; subnets of another VPC are found when AWS is asked, before anything is created in
// them.
func NewExistingVpc(ctx *pulumi.Context, name string, args *ExistingVpcArgs, opts ...pulumi.ResourceOption) (*ExistingVpc, error) {
	if args == nil {
		args = &ExistingVpcArgs{}
	}
	if err := args.check(name).Err(ExistingVpcType, name); err != nil {
		return nil, err
	}
	v := &ExistingVpc{}
	if err := ctx.RegisterComponentResource(ExistingVpcType, name, v, opts...); err != nil {
		return nil, err
	}
	in, parent := existing(args.VpcId), pulumi.Parent(v)
	v.VpcId = in.id
	v.Cidr = ec2.LookupVpcOutput(ctx, ec2.LookupVpcOutputArgs{Id: in.id}, parent).CidrBlock()
	for _, tier := range []struct {
		property string
		given    pulumi.StringArrayInput
		out      *pulumi.StringArrayOutput
	}{
		{"publicSubnetIds", args.PublicSubnetIds, &v.PublicSubnetIds},
		{"privateSubnetIds", args.PrivateSubnetIds, &v.PrivateSubnetIds},
		{"isolatedSubnetIds", args.IsolatedSubnetIds, &v.IsolatedSubnetIds},
	} {
		*tier.out = belonging(ctx, name, tier.property, tier.given, in, parent)
	}
	v.WorkloadSubnetIds = v.PrivateSubnetIds
	public := args.Egress == EgressPublicAddresses
	if public {
		v.WorkloadSubnetIds = v.PublicSubnetIds
	}
	v.AssignPublicIps = pulumi.Bool(public).ToBoolOutput()
	v.S3PrefixListId = ec2.LookupManagedPrefixListOutput(ctx, ec2.LookupManagedPrefixListOutputArgs{
		Name: account.Lookup(ctx, v).String(func(i account.Info) string { return "com.amazonaws." + i.Region + ".s3" }),
	}, parent).Id()

	var endpoints *group
	v.EndpointSecurityGroupId = pulumi.String("").ToStringOutput()
	switch {
	case args.Endpoints != nil:
		endpoints = args.Endpoints.group()
		v.EndpointSecurityGroupId = args.Endpoints.SecurityGroupId
	case args.EndpointSecurityGroupId != nil:
		v.EndpointSecurityGroupId = args.EndpointSecurityGroupId.ToStringOutput()
		endpoints = &group{name: name + "-endpoints", id: v.EndpointSecurityGroupId, vpc: in, parent: v, edges: map[string]bool{}}
	}
	v.network = &Network{
		VpcId: v.VpcId, Cidr: v.Cidr, PublicSubnetIds: v.PublicSubnetIds, PrivateSubnetIds: v.PrivateSubnetIds,
		IsolatedSubnetIds: v.IsolatedSubnetIds, WorkloadSubnetIds: v.WorkloadSubnetIds, AssignPublicIps: public,
		S3PrefixListId: v.S3PrefixListId, EndpointSecurityGroupId: v.EndpointSecurityGroupId,
		PublicPorts: publicPorts(args.PublicPorts), Ipv6: args.Ipv6, vpc: in, egress: args.Egress, endpoints: endpoints,
	}
	return v, ctx.RegisterResourceOutputs(v, pulumi.Map{
		"vpcId":                   v.VpcId,
		"cidr":                    v.Cidr,
		"publicSubnetIds":         v.PublicSubnetIds,
		"privateSubnetIds":        v.PrivateSubnetIds,
		"isolatedSubnetIds":       v.IsolatedSubnetIds,
		"workloadSubnetIds":       v.WorkloadSubnetIds,
		"assignPublicIps":         v.AssignPublicIps,
		"s3PrefixListId":          v.S3PrefixListId,
		"endpointSecurityGroupId": v.EndpointSecurityGroupId,
	})
}

// Network is the VPC as other components take it.
func (v *ExistingVpc) Network() *Network { return v.network }

// belonging are subnets, and an error if one of them is in another VPC.
func belonging(ctx *pulumi.Context, name, property string, given pulumi.StringArrayInput, in *home, opts ...pulumi.InvokeOption) pulumi.StringArrayOutput {
	if given == nil {
		return pulumi.StringArray{}.ToStringArrayOutput()
	}
	// AWS is asked for these subnets, and not for all of the VPC's: some may not exist before the question.
	found := ec2.GetSubnetsOutput(ctx, ec2.GetSubnetsOutputArgs{Filters: ec2.GetSubnetsFilterArray{
		ec2.GetSubnetsFilterArgs{Name: pulumi.String("vpc-id"), Values: pulumi.StringArray{in.id}},
		ec2.GetSubnetsFilterArgs{Name: pulumi.String("subnet-id"), Values: given},
	}}, opts...).Ids()
	return pulumi.All(given, in.id, found).ApplyT(func(values []any) ([]string, error) {
		ids, vpc, found := values[0].([]string), values[1].(string), values[2].([]string)
		var ps validate.Problems
		for i, id := range ids {
			if !slices.Contains(found, id) {
				ps.Add(validate.Invalid(validate.Path(property).Index(i), id, "a subnet of "+vpc, "give subnets of that VPC").By("subnet-vpc"))
			}
		}
		return ids, ps.Err(ExistingVpcType, name)
	}).(pulumi.StringArrayOutput)
}

func (a *ExistingVpcArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkName(name)...)
	if a.VpcId == nil {
		ps.Add(validate.Required("vpcId", "the VPC", "give its id"))
	}
	ps.Add(checkID("vpcId", "vpc", "VPC", a.VpcId)...)
	ps.Add(checkIDs("publicSubnetIds", "subnet", "subnet", a.PublicSubnetIds)...)
	ps.Add(checkIDs("privateSubnetIds", "subnet", "subnet", a.PrivateSubnetIds)...)
	ps.Add(checkIDs("isolatedSubnetIds", "subnet", "subnet", a.IsolatedSubnetIds)...)
	ps.Add(validate.Enum("egress", a.Egress)...)
	switch egress := a.Egress.plan(); {
	case egress == netplan.PublicAddresses && a.PublicSubnetIds == nil:
		ps.Add(validate.Required("publicSubnetIds", "the subnets of the workloads", "give them, or choose another egress").By("egress-tier"))
	case egress != netplan.PublicAddresses && a.PrivateSubnetIds == nil:
		ps.Add(validate.Required("privateSubnetIds", "the subnets of the workloads", "give them, or choose publicAddresses as egress").By("egress-tier"))
	}
	switch given := a.Endpoints != nil || a.EndpointSecurityGroupId != nil; {
	case a.Endpoints != nil && a.EndpointSecurityGroupId != nil:
		ps.Add(validate.Conflict("endpointSecurityGroupId", "set", "either endpoints or the security group of some", "remove one of the two").By("endpoints-twice"))
	case !given && a.Egress.plan().HasEndpoints():
		ps.Add(validate.Required("endpointSecurityGroupId", "the security group of the interface endpoints", "give it (in Go: Endpoints), or choose an egress without endpoints").By("egress-endpoints"))
	case given && slices.Contains(a.Egress.Values(), a.Egress) && !a.Egress.plan().HasEndpoints():
		ps.Add(validate.Conflict("egress", string(a.Egress), "a choice with endpoints, because some are given", "choose one, or remove the endpoints").By("egress-endpoints"))
	}
	if a.Endpoints != nil && a.VpcId != nil {
		if same, known := a.Endpoints.vpc.compare(existing(a.VpcId)); known && !same {
			ps.Add(validate.Conflict("endpoints", "endpoints in another VPC", "endpoints in this one", "make them with the same vpcId").By("endpoints-vpc"))
		}
	}
	ps.Add(checkID("endpointSecurityGroupId", "sg", "security group", a.EndpointSecurityGroupId)...)
	return append(ps, checkPublicPorts(a.PublicPorts)...)
}
