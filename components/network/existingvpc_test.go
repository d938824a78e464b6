package network_test

import (
	"testing"

	"github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func existingVpc(change func(*network.ExistingVpcArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := newExistingVpc(ctx, change)
		return err
	}
}

func newExistingVpc(ctx *pulumi.Context, change func(*network.ExistingVpcArgs)) (*network.ExistingVpc, error) {
	args := &network.ExistingVpcArgs{
		VpcId: pulumi.String(someVPC), PrivateSubnetIds: existingSubnets("0", "1"), Egress: network.EgressNATSingle,
	}
	change(args)
	return network.NewExistingVpc(ctx, "theirs", args)
}

func existingSubnets(digits ...string) pulumi.StringArray {
	var ids pulumi.StringArray
	for _, d := range digits {
		ids = append(ids, pulumi.String(componenttest.ExistingSubnet+d))
	}
	return ids
}

func TestExistingVpcConforms(t *testing.T) {
	componenttest.Conform(t, componenttest.Case{
		Token: network.ExistingVpcType, Golden: "existing-vpc", Args: network.ExistingVpcArgs{},
		Component: network.ExistingVpc{}, Minimal: existingVpc(func(*network.ExistingVpcArgs) {}),
		NoArgs: func(ctx *pulumi.Context) error { _, err := network.NewExistingVpc(ctx, "theirs", nil); return err },
		Unknown: existingVpc(func(a *network.ExistingVpcArgs) {
			a.VpcId, a.PrivateSubnetIds = componenttest.UnknownString(), pulumi.StringArray{componenttest.UnknownString()}
			a.Egress, a.EndpointSecurityGroupId = network.EgressEndpointsOnly, componenttest.UnknownString()
		}),
		Variants: map[string]pulumi.RunFunc{"connected": connectedExisting},
		Bad: []componenttest.Bad{
			{Name: "everything at once", Program: existingVpc(func(a *network.ExistingVpcArgs) {
				a.VpcId = pulumi.String("vpc-main")
				a.PublicSubnetIds = pulumi.ToStringArray([]string{"subnet-1"})
				a.PrivateSubnetIds = pulumi.ToStringArray([]string{someVPC})
				a.IsolatedSubnetIds = pulumi.ToStringArray([]string{""})
				a.Egress = "nat"
				a.EndpointSecurityGroupId = pulumi.String("default")
				a.PublicPorts = []int{22}
			}), Problems: []string{
				"vpcId: id-form", "publicSubnetIds[0]: id-form", "privateSubnetIds[0]: id-form",
				"isolatedSubnetIds[0]: id-form", "egress: not-supported",
				"endpointSecurityGroupId: id-form", "publicPorts[0]: port-high-risk",
			}},
			{Name: "no subnets, no endpoints", Program: existingVpc(func(a *network.ExistingVpcArgs) {
				a.PrivateSubnetIds, a.Egress = nil, network.EgressEndpointsOnly
			}), Problems: []string{"privateSubnetIds: egress-tier", "endpointSecurityGroupId: egress-endpoints"}},
			{
				Name: "public addresses without public subnets, and endpoints nobody uses",
				Program: existingVpc(func(a *network.ExistingVpcArgs) {
					a.Egress, a.EndpointSecurityGroupId = network.EgressPublicAddresses, pulumi.String(someGroup)
				}),
				Problems: rules{"publicSubnetIds: egress-tier", "egress: egress-endpoints"},
			},
			{Name: "endpoints of another VPC, twice", Program: func(ctx *pulumi.Context) error {
				made, err := network.NewEndpoints(ctx, "aws", &network.EndpointsArgs{
					Labels: labels, VpcId: pulumi.String("vpc-11111111"), RouteTableIds: pulumi.StringArray{},
				})
				if err != nil {
					return err
				}
				return existingVpc(func(a *network.ExistingVpcArgs) {
					a.Egress, a.Endpoints, a.EndpointSecurityGroupId = network.EgressEndpointsOnly, made, pulumi.String(someGroup)
				})(ctx)
			}, Problems: []string{"endpointSecurityGroupId: alternatives", "endpoints: endpoints-vpc"}},
		},
	})
}

// connectedExisting uses a VPC with endpoints as if Bulwark had made it.
func connectedExisting(ctx *pulumi.Context) error {
	v, err := newExistingVpc(ctx, func(a *network.ExistingVpcArgs) {
		a.PublicSubnetIds, a.IsolatedSubnetIds = existingSubnets("2"), existingSubnets("3")
		a.Egress, a.EndpointSecurityGroupId = network.EgressNATSingleAndEndpoints, pulumi.String(someGroup)
		a.Ipv6 = true
	})
	if err != nil {
		return err
	}
	g, err := groups(ctx, v.Network(), "web", "service", "database")
	if err != nil {
		return err
	}
	if _, err := network.Allow(ctx, network.Internet(), g["web"], 443); err != nil {
		return err
	}
	if _, err := network.Allow(ctx, g["service"], g["database"], 5432); err != nil {
		return err
	}
	_, err = network.AllowAWS(ctx, g["service"])
	return err
}

func TestAnExistingVpcLooksLikeAnother(t *testing.T) {
	got := map[string]any{}
	componenttest.Run(t, func(ctx *pulumi.Context) error {
		v, err := newExistingVpc(ctx, func(a *network.ExistingVpcArgs) {
			a.PublicSubnetIds, a.Egress = existingSubnets("2", "3"), network.EgressPublicAddresses
		})
		if err != nil {
			return err
		}
		n := v.Network()
		for name, value := range map[string]pulumi.Output{
			"vpc": n.VpcId, "cidr": n.Cidr, "workloads": n.WorkloadSubnetIds, "isolated": n.IsolatedSubnetIds,
			"s3": n.S3PrefixListId,
		} {
			ctx.Export(name, value.ApplyT(func(v any) any { got[name] = v; return v }))
		}
		assert.True(t, n.AssignPublicIps)
		assert.Equal(t, []int{80, 443}, n.PublicPorts)
		return nil
	})
	assert.Equal(t, map[string]any{
		"vpc": someVPC, "cidr": "172.31.0.0/16",
		"workloads": []string{componenttest.ExistingSubnet + "2", componenttest.ExistingSubnet + "3"},
		"isolated":  []string{}, "s3": "pl-0123456789abcdef0",
	}, got)
}

func TestASubnetOfAnotherVpcFailsTheProgram(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		v, err := newExistingVpc(ctx, func(a *network.ExistingVpcArgs) { a.PrivateSubnetIds = existingSubnets("0", "9") })
		if err != nil {
			return err
		}
		ctx.Export("subnets", v.PrivateSubnetIds)
		return nil
	})
	require.ErrorContains(t, err, `bulwark:network:ExistingVpc "theirs": privateSubnetIds[1]: `+
		`"subnet-00000000000000009": expected a subnet of vpc-0123456789abcdef0; fix: give subnets of that VPC`)
}

// TestAVpcOfAwsx takes every output of an awsx.ec2.Vpc as it comes: nothing of it is known in a preview, and its list of
// isolated subnets is empty, which is nothing to ask AWS about.
func TestAVpcOfAwsx(t *testing.T) {
	program := func(ctx *pulumi.Context) error {
		vpc, err := ec2.NewVpc(ctx, "main", nil)
		if err != nil {
			return err
		}
		theirs, err := network.NewExistingVpc(ctx, "theirs", &network.ExistingVpcArgs{
			VpcId: vpc.VpcId, PublicSubnetIds: vpc.PublicSubnetIds, PrivateSubnetIds: vpc.PrivateSubnetIds,
			IsolatedSubnetIds: vpc.IsolatedSubnetIds, Egress: network.EgressNATPerZone,
		})
		if err != nil {
			return err
		}
		service, err := network.NewSecurityGroup(ctx, "service", &network.SecurityGroupArgs{
			Labels: labels, Network: theirs.Network(),
		})
		if err != nil {
			return err
		}
		ctx.Export("workloads", theirs.WorkloadSubnetIds)
		_, err = network.AllowAWS(ctx, service)
		return err
	}
	previewed, err := componenttest.Preview(program)
	require.NoError(t, err)
	assert.Equal(t, componenttest.Unknown, previewed.Find("aws:ec2/securityGroup:SecurityGroup")[0].Input("vpcId"))

	recorder := componenttest.Run(t, program)
	assert.Equal(t, someVPC, recorder.Find("aws:ec2/securityGroup:SecurityGroup")[0].Input("vpcId"))
	var asked []any
	for _, invoke := range recorder.Invokes() {
		if invoke.Token == "aws:ec2/getSubnets:getSubnets" {
			ids := invoke.Args["filters"].ArrayValue()[1].ObjectValue()["values"].ArrayValue()
			asked = append(asked, len(ids))
		}
	}
	assert.ElementsMatch(t, []any{2, 2}, asked, "the public and the private subnets")
}
