// Command network is a Pulumi program of another project that takes its network from Bulwark: a VPC, a place for a
// database, and the only connections that a service may make.
//
//	pulumi config set owner platform@acme.example
//	pulumi config set egress natPerZoneAndEndpoints
//	pulumi up
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

func main() { pulumi.Run(private) }

// private makes the VPC and the security groups of a service and its database.
func private(ctx *pulumi.Context) error {
	labels := tagging.Labels{
		Project: "acme-audio", Environment: ctx.Stack(), Owner: config.Require(ctx, "owner"), CostCenter: "1000",
		DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
	}
	main, err := network.NewVpc(ctx, "main", &network.VpcArgs{
		Labels: labels,
		Egress: network.Egress(config.Get(ctx, "egress")),
		EndpointServices: []network.EndpointService{
			network.EndpointECR, network.EndpointLogs, network.EndpointSecretsManager,
		},
	})
	if err != nil {
		return err
	}
	inMain := &network.SecurityGroupArgs{Labels: labels, Network: main.Network()}
	service, err := network.NewSecurityGroup(ctx, "service", inMain)
	if err != nil {
		return err
	}
	database, err := network.NewSecurityGroup(ctx, "database", inMain)
	if err != nil {
		return err
	}

	// The service may call the database and AWS. Nothing else can reach or be reached.
	if _, err := network.Allow(ctx, service, database, 5432); err != nil {
		return err
	}
	if _, err := network.AllowAWS(ctx, service); err != nil {
		return err
	}

	subnets, err := rds.NewSubnetGroup(ctx, "database", &rds.SubnetGroupArgs{
		SubnetIds: main.IsolatedSubnetIds, Tags: labels.Tags("database"),
	})
	if err != nil {
		return err
	}
	ctx.Export("databaseSubnets", subnets.Name)
	ctx.Export("serviceSubnets", main.WorkloadSubnetIds)
	ctx.Export("monthlyEstimate", main.MonthlyEstimateText)
	return nil
}
