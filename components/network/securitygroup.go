package network

import (
	"regexp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

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
func NewSecurityGroup(ctx *pulumi.Context, name string, args *SecurityGroupArgs, opts ...pulumi.ResourceOption) (*SecurityGroup, error) {
	if args == nil {
		args = &SecurityGroupArgs{}
	}
	if err := args.check(name).Err(SecurityGroupType, name); err != nil {
		return nil, err
	}
	in := args.Network
	if in != nil {
		return newSecurityGroup(ctx, name, args.Labels, args.Description, in.vpc, in, opts...)
	}
	return newSecurityGroup(ctx, name, args.Labels, args.Description, existing(args.VpcId), nil, opts...)
}

func newSecurityGroup(ctx *pulumi.Context, name string, labels tagging.Labels, description string, in *home, network *Network, opts ...pulumi.ResourceOption) (*SecurityGroup, error) {
	g := &SecurityGroup{network: network}
	if err := ctx.RegisterComponentResource(SecurityGroupType, name, g, opts...); err != nil {
		return nil, err
	}
	if description == "" {
		description = naming.Base(labels.Project, labels.Environment, name)
	}
	var err error
	g.SecurityGroup, err = ec2.NewSecurityGroup(ctx, name, &ec2.SecurityGroupArgs{
		VpcId: in.id, Description: pulumi.String(description), Tags: labels.Tags(name),
	}, pulumi.Parent(g))
	if err != nil {
		return nil, err
	}
	g.SecurityGroupId, g.SecurityGroupArn = g.SecurityGroup.ID().ToStringOutput(), g.SecurityGroup.Arn
	g.group = &group{name: name, id: g.SecurityGroupId, vpc: in, parent: g, labels: labels, owned: true, edges: map[string]bool{}}
	return g, ctx.RegisterResourceOutputs(g, pulumi.Map{
		"securityGroupId":  g.SecurityGroupId,
		"securityGroupArn": g.SecurityGroupArn,
		"securityGroup":    g.SecurityGroup,
	})
}

// groupText is what AWS accepts in descriptions.
// Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
var groupText = regexp.MustCompile(`^[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{1,255}$`)

func (a *SecurityGroupArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkName(name)...)
	ps.Add(a.Labels.Check("labels")...)
	switch {
	case a.Network != nil && a.VpcId != nil:
		ps.Add(validate.Conflict("vpcId", "set", "either a network or the id of a VPC", "remove one of network and vpcId").By("vpc-twice"))
	case a.Network == nil && a.VpcId == nil:
		ps.Add(validate.Required("vpcId", "the VPC of the group", "give vpcId (in Go: Network)"))
	case a.Network != nil:
		ps.Add(a.Network.check("network")...)
	}
	ps.Add(checkID("vpcId", "vpc", "VPC", a.VpcId)...)
	if a.Description != "" && !groupText.MatchString(a.Description) {
		ps.Add(validate.Invalid("description", a.Description, "1 to 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *", "replace the other characters").By("group-description"))
	}
	return ps
}

// check reports a network that neither NewVpc nor NewExistingVpc made.
func (n *Network) check(path validate.Path) validate.Problems {
	if n.vpc != nil {
		return nil
	}
	return validate.Problems{validate.Invalid(path, "a network without a VPC", "what Vpc.Network or ExistingVpc.Network returns", "call NewVpc or NewExistingVpc").By("network")}
}
