package network

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// existingBuilder looks up what belongs to one VPC.
type existingBuilder struct {
	component.Base
	args *ExistingVpcArgs
	out  *ExistingVpc
	// found is the network as far as the steps have found it.
	found Network
}

func (b *existingBuilder) build(opts []pulumi.ResourceOption) (*ExistingVpc, error) {
	b.out = &ExistingVpc{}
	b.found = Network{
		vpc: existingVPC(b.args.VpcId), egress: b.args.Egress, PublicPorts: b.args.PublicPorts, Ipv6: b.args.Ipv6,
	}
	return component.Build(&b.Base, b.out, opts, b.vpc, b.subnets, b.endpoints, b.outputs)
}

// vpc asks for the addresses of the VPC, and for the prefix list of its region.
func (b *existingBuilder) vpc() error {
	b.found.Cidr = ec2.LookupVpcOutput(b.Ctx, ec2.LookupVpcOutputArgs{Id: b.found.vpc.id}, b.Parent).CidrBlock()
	b.found.S3PrefixListId = ec2.LookupManagedPrefixListOutput(b.Ctx, ec2.LookupManagedPrefixListOutputArgs{
		Name: b.Location().String(func(i account.Info) string { return "com.amazonaws." + i.Region + ".s3" }),
	}, b.Parent).Id()
	return nil
}

func (b *existingBuilder) subnets() error {
	b.found.PublicSubnetIds = b.inVPC("publicSubnetIds", b.args.PublicSubnetIds)
	b.found.PrivateSubnetIds = b.inVPC("privateSubnetIds", b.args.PrivateSubnetIds)
	b.found.IsolatedSubnetIds = b.inVPC("isolatedSubnetIds", b.args.IsolatedSubnetIds)
	return nil
}

// inVPC are subnets, or an error about all that are in another VPC.
func (b *existingBuilder) inVPC(path validate.Path, given pulumi.StringArrayInput) pulumi.StringArrayOutput {
	if given == nil {
		return pulumi.StringArray{}.ToStringArrayOutput()
	}
	// AWS is asked for these subnets, and not for all of the VPC's: some may not exist before the question. A filter
	// without values is no question: awsx's list of isolated subnets is empty unless some are asked for.
	found := given.ToStringArrayOutput().ApplyT(func(ids []string) pulumi.StringArrayOutput {
		if len(ids) == 0 {
			return pulumi.StringArray{}.ToStringArrayOutput()
		}
		return ec2.GetSubnetsOutput(b.Ctx, ec2.GetSubnetsOutputArgs{Filters: ec2.GetSubnetsFilterArray{
			ec2.GetSubnetsFilterArgs{Name: pulumi.String("vpc-id"), Values: pulumi.StringArray{b.found.vpc.id}},
			ec2.GetSubnetsFilterArgs{Name: pulumi.String("subnet-id"), Values: pulumi.ToStringArray(ids)},
		}}, b.Parent).Ids()
	}).(pulumi.StringArrayOutput)
	return pulumi.All(given, b.found.vpc.id, found).ApplyT(func(values []any) ([]string, error) {
		ids, vpc, found := values[0].([]string), values[1].(string), values[2].([]string)
		var ps validate.Problems
		for i, id := range ids {
			if !slices.Contains(found, id) {
				ps.Add(validate.Invalid(path.Index(i), id, "a subnet of "+vpc, "give subnets of that VPC").By("subnet-vpc"))
			}
		}
		return ids, b.Err(ps)
	}).(pulumi.StringArrayOutput)
}

// endpoints takes the group of the interface endpoints, if there are any.
func (b *existingBuilder) endpoints() error {
	b.found.EndpointSecurityGroupId = component.None()
	switch {
	case b.args.Endpoints != nil:
		b.found.endpoints = b.args.Endpoints.group()
		b.found.EndpointSecurityGroupId = b.args.Endpoints.SecurityGroupId
	case b.args.EndpointSecurityGroupId != nil:
		b.found.EndpointSecurityGroupId = b.args.EndpointSecurityGroupId.ToStringOutput()
		b.found.endpoints = &group{
			name: b.Name + "-endpoints", id: b.found.EndpointSecurityGroupId, vpc: b.found.vpc, parent: b.out,
			connections: map[string]bool{},
		}
	}
	return nil
}

// outputs sets the outputs, and the network that other components take, from what the other steps found.
func (b *existingBuilder) outputs() error {
	n, v := newNetwork(b.found), b.out
	v.network = n
	v.VpcId, v.Cidr, v.S3PrefixListId = n.VpcId, n.Cidr, n.S3PrefixListId
	v.EndpointSecurityGroupId = n.EndpointSecurityGroupId
	v.PublicSubnetIds, v.PrivateSubnetIds, v.IsolatedSubnetIds = n.PublicSubnetIds, n.PrivateSubnetIds, n.IsolatedSubnetIds
	v.WorkloadSubnetIds, v.AssignPublicIps = n.WorkloadSubnetIds, pulumi.Bool(n.AssignPublicIps).ToBoolOutput()
	return nil
}
