package network_test

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// A VPC without a way to the internet, and a service in it that may use a database and AWS. In a program of your own,
// pulumi.Run takes the place of pulumi.RunErr and of the mocks.
func ExampleNewVpc() {
	program := func(ctx *pulumi.Context) error {
		labels := tagging.Labels{
			Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
			DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
		}
		main, err := network.NewVpc(ctx, "main", &network.VpcArgs{
			Labels: labels,
			Zones:  []string{"a", "b", "c"},
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
		if _, err := network.Allow(ctx, service, database, 5432); err != nil {
			return err
		}
		_, err = network.AllowAWS(ctx, service)
		ctx.Export("estimate", main.MonthlyEstimateText)
		return err
	}

	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, subnet := range recorder.Find("aws:ec2/subnet:Subnet") {
		fmt.Println(subnet.Name, subnet.Input("cidrBlock"))
	}
	for _, rule := range recorder.Find("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") {
		fmt.Println(rule.Input("description"))
	}
	// Output:
	// main-isolated-a 10.0.160.0/22
	// main-isolated-b 10.0.164.0/22
	// main-isolated-c 10.0.168.0/22
	// main-private-a 10.0.0.0/20
	// main-private-b 10.0.16.0/20
	// main-private-c 10.0.32.0/20
	// main-public-a 10.0.128.0/22
	// main-public-b 10.0.132.0/22
	// main-public-c 10.0.136.0/22
	// from service to database, tcp 5432
	// from service to endpoints, tcp 443
	// from service to s3, tcp 443
}

// existing takes a VPC that awsx makes. It has a NAT gateway in each zone, and no endpoints.
func existing(ctx *pulumi.Context) (*network.Network, error) {
	vpc, err := ec2.NewVpc(ctx, "main", &ec2.VpcArgs{EnableDnsHostnames: pulumi.Bool(true)})
	if err != nil {
		return nil, err
	}
	theirs, err := network.NewExistingVpc(ctx, "theirs", &network.ExistingVpcArgs{
		VpcId:             vpc.VpcId,
		PublicSubnetIds:   vpc.PublicSubnetIds,
		PrivateSubnetIds:  vpc.PrivateSubnetIds,
		IsolatedSubnetIds: vpc.IsolatedSubnetIds,
		Egress:            network.EgressNATPerZone,
	})
	if err != nil {
		return nil, err
	}
	return theirs.Network(), nil
}

// A VPC that somebody else made is used like one of NewVpc.
func ExampleNewExistingVpc() {
	program := func(ctx *pulumi.Context) error {
		in, err := existing(ctx)
		if err != nil {
			return err
		}
		service, err := network.NewSecurityGroup(ctx, "service", &network.SecurityGroupArgs{Labels: labels, Network: in})
		if err != nil {
			return err
		}
		_, err = network.AllowAWS(ctx, service)
		return err
	}

	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, rule := range recorder.Find("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") {
		fmt.Println(rule.Input("description"))
	}
	// Output:
	// from service to internet, tcp 443
	// from service to s3, tcp 443
}

// What is open to the internet is refused before anything exists, unless it is a public port.
func ExampleAllow_mistakes() {
	program := func(ctx *pulumi.Context) error {
		labels := tagging.Labels{
			Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
			DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
		}
		main, err := network.NewVpc(ctx, "main", &network.VpcArgs{Labels: labels})
		if err != nil {
			return err
		}
		database, err := network.NewSecurityGroup(ctx, "database", &network.SecurityGroupArgs{
			Labels: labels, Network: main.Network(),
		})
		if err != nil {
			return err
		}
		_, err = network.Allow(ctx, network.Internet(), database, 5432)
		fmt.Println(strings.NewReplacer(": expected", "\n  expected", "; fix:", "\n  fix:").Replace(err.Error()))
		return nil
	}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", &componenttest.Recorder{})); err != nil {
		fmt.Println(err)
	}
	// Output:
	// network.Allow "internet to database": ports[0]: 5432
	//   expected no port of a database: internet has public addresses
	//   fix: let a workload in the VPC connect, or come through a VPN with private addresses
}
