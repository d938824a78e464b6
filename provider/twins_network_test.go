package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/network"
)

var _ = addTwins(map[string]twin{
	network.EndpointsType: {
		inputs: object{
			"labels": labelsObject, "vpcId": someVPC, "routeTableIds": []any{someTable}, "subnetIds": []any{subnet0, subnet1},
			"endpointServices": []any{"ecr", "secretsManager"}, "trustedAccounts": []any{"210987654321"},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := network.NewEndpoints(ctx, "it", &network.EndpointsArgs{
				Labels: labels, VpcId: pulumi.String(someVPC), RouteTableIds: pulumi.ToStringArray([]string{someTable}),
				SubnetIds:        pulumi.ToStringArray([]string{subnet0, subnet1}),
				EndpointServices: []network.EndpointService{network.EndpointECR, network.EndpointSecretsManager}, TrustedAccounts: []string{"210987654321"},
			})
			return err
		},
	},
	network.ExistingVpcType: {
		inputs: object{"vpcId": someVPC, "privateSubnetIds": []any{subnet0, subnet1}, "endpointSecurityGroupId": someGroup, "publicPorts": []any{443.0}},
		program: func(ctx *pulumi.Context) error {
			_, err := network.NewExistingVpc(ctx, "it", &network.ExistingVpcArgs{
				VpcId: pulumi.String(someVPC), PrivateSubnetIds: pulumi.ToStringArray([]string{subnet0, subnet1}),
				EndpointSecurityGroupId: pulumi.String(someGroup), PublicPorts: []int{443},
			})
			return err
		},
	},
	network.SecurityGroupType: {
		inputs: object{"labels": labelsObject, "vpcId": someVPC, "description": "The workers"},
		program: func(ctx *pulumi.Context) error {
			_, err := network.NewSecurityGroup(ctx, "it", &network.SecurityGroupArgs{Labels: labels, VpcId: pulumi.String(someVPC), Description: "The workers"})
			return err
		},
	},
	network.VpcType: {
		inputs: object{
			"labels": labelsObject, "cidr": "10.1.0.0/16", "peerCidrs": []any{"10.2.0.0/16"}, "zones": []any{"a", "c"}, "ipv6": true,
			"egress": "natSingleAndEndpoints", "endpointServices": []any{"ecr", "logs"}, "publicPorts": []any{443.0}, "networkAcls": "perTier",
			"flowLogs": object{"keyArn": someKey, "retentionDays": 30.0},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := network.NewVpc(ctx, "it", &network.VpcArgs{
				Labels: labels, Cidr: "10.1.0.0/16", PeerCidrs: []string{"10.2.0.0/16"}, Zones: []string{"a", "c"}, Ipv6: true,
				Egress: network.EgressNATSingleAndEndpoints, EndpointServices: []network.EndpointService{network.EndpointECR, network.EndpointLogs},
				PublicPorts: []int{443}, NetworkAcls: network.NetworkAclsPerTier,
				FlowLogs: &network.FlowLogs{KeyArn: pulumi.String(someKey), RetentionDays: 30},
			})
			return err
		},
	},
})
