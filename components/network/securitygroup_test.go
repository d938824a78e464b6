package network_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func securityGroup(change func(*network.SecurityGroupArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &network.SecurityGroupArgs{Labels: labels, VpcId: pulumi.String(someVPC)}
		change(args)
		_, err := network.NewSecurityGroup(ctx, "service", args)
		return err
	}
}

func TestSecurityGroupConforms(t *testing.T) {
	componenttest.Conform(t, componenttest.Case{
		Token: network.SecurityGroupType, Golden: "security-group", Args: network.SecurityGroupArgs{},
		Component: network.SecurityGroup{}, Minimal: securityGroup(func(*network.SecurityGroupArgs) {}),
		NoArgs:   func(ctx *pulumi.Context) error { _, err := network.NewSecurityGroup(ctx, "service", nil); return err },
		Unknown:  securityGroup(func(a *network.SecurityGroupArgs) { a.VpcId = componenttest.UnknownString() }),
		Variants: map[string]pulumi.RunFunc{"every-edge": everyEdge},
		Bad: []componenttest.Bad{
			{Name: "everything at once", Program: func(ctx *pulumi.Context) error {
				_, err := network.NewSecurityGroup(ctx, "a/b", &network.SecurityGroupArgs{
					Labels: labels, VpcId: pulumi.String("main"), Network: &network.Network{}, Description: "ünï",
				})
				return err
			}, Problems: rules{
				"name: resource-name", "vpcId: alternatives", "network: network", "vpcId: id-form",
				"description: group-description",
			}},
			{Name: "a network of nobody", Program: securityGroup(func(a *network.SecurityGroupArgs) {
				a.VpcId, a.Network = nil, &network.Network{}
			}), Problems: rules{"network: network"}},
			{Name: "a long description", Program: securityGroup(func(a *network.SecurityGroupArgs) {
				a.Description = strings.Repeat("x", 256)
			}), Problems: rules{"description: group-description"}},
		},
	})
}

func TestAGroupHasNoRuleByItself(t *testing.T) {
	recorder := componenttest.Run(t, everyEdge)
	for _, r := range recorder.Find("aws:ec2/securityGroup:SecurityGroup") {
		assert.Nil(t, r.Input("ingress"), r.Name)
		assert.Nil(t, r.Input("egress"), r.Name)
	}
}
