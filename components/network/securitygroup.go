package network

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// SecurityGroupType is the type token of SecurityGroup.
const SecurityGroupType = "bulwark:network:SecurityGroup"

// SecurityGroup is a security group without rules, until Allow connects it. See NewSecurityGroup.
type SecurityGroup struct {
	pulumi.ResourceState

	// SecurityGroupId is the id of the group.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`
	// SecurityGroupArn is the ARN of the group.
	SecurityGroupArn pulumi.StringOutput `pulumi:"securityGroupArn"`

	// SecurityGroup is the group itself.
	SecurityGroup *ec2.SecurityGroup `pulumi:"securityGroup" provider:"type=aws@6.83.2:ec2/securityGroup:SecurityGroup"`

	group   *group
	network *Network
}

// NewSecurityGroup creates a security group that lets nothing in and nothing out. Allow and AllowAWS connect it. It
// reports all problems with the arguments at once, before it creates anything.
func NewSecurityGroup(
	ctx *pulumi.Context, name string, args *SecurityGroupArgs, opts ...pulumi.ResourceOption,
) (*SecurityGroup, error) {
	args = component.OrEmpty(args)
	b := &securityGroupBuilder{
		Base: component.NewBase(ctx, SecurityGroupType, name), labels: args.Labels, description: args.Description,
		network: args.Network,
	}
	if err := b.Err(args.check(name)); err != nil {
		return nil, err
	}
	if b.network != nil {
		b.vpc = b.network.vpc
	} else {
		b.vpc = existingVPC(args.VpcId)
	}
	return b.build(opts)
}

// securityGroupBuilder makes one security group, of a program or of the endpoints.
type securityGroupBuilder struct {
	component.Base
	labels      tagging.Labels
	description string
	vpc         *vpcIdentity
	// network is nil where only the VPC is known.
	network *Network
	out     *SecurityGroup
}

func (b *securityGroupBuilder) build(opts []pulumi.ResourceOption) (*SecurityGroup, error) {
	b.out = &SecurityGroup{network: b.network}
	return component.Build(&b.Base, b.out, opts, b.securityGroup)
}

func (b *securityGroupBuilder) securityGroup() (err error) {
	description := cmp.Or(b.description, naming.Base(b.labels.Project, b.labels.Environment, b.Name))
	b.out.SecurityGroup, err = ec2.NewSecurityGroup(b.Ctx, b.Name, &ec2.SecurityGroupArgs{
		VpcId: b.vpc.id, Description: pulumi.String(description), Tags: b.labels.Tags(b.Name),
	}, b.Parent)
	if err != nil {
		return err
	}
	b.out.SecurityGroupId, b.out.SecurityGroupArn = b.out.SecurityGroup.ID().ToStringOutput(), b.out.SecurityGroup.Arn
	b.out.group = &group{
		name: b.Name, id: b.out.SecurityGroupId, vpc: b.vpc, parent: b.out, labels: b.labels, owned: true,
		connections: map[string]bool{},
	}
	return nil
}
