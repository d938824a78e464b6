//go:build sandbox

package fidelity

import (
	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
)

// networks makes a VPC with all that it can have, connections of each kind, and a cheap VPC in the second region that
// logs into a bucket.
func networks(ctx *pulumi.Context, second *pulumiaws.Provider) error {
	main, err := network.NewVpc(ctx, "main", &network.VpcArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Cidr: "10.1.0.0/16", PeerCidrs: []string{"10.2.0.0/16", "fd00:2::/48"},
		Zones: []string{"a", "b", "c"}, Ipv6: true, Egress: network.EgressNATPerZoneAndEndpoints, EndpointServices: network.EndpointService("").Values(),
		TrustedAccounts: []string{"210987654321"}, ReadableBuckets: []string{"al2023-repos-eu-west-1-de612dc2"}, PublicPorts: []int{443},
		NetworkAcls: network.NetworkAclsPerTier, FlowLogs: &network.FlowLogs{RetentionDays: 731},
	})
	if err != nil {
		return err
	}
	web, err := network.NewSecurityGroup(ctx, "web", &network.SecurityGroupArgs{Labels: labels, Network: main.Network(), Description: "Load balancer"})
	if err != nil {
		return err
	}
	database, err := network.NewSecurityGroup(ctx, "database", &network.SecurityGroupArgs{Labels: labels, Network: main.Network()})
	if err != nil {
		return err
	}
	for _, c := range []struct {
		from, to network.Peer
		port     network.Port
	}{
		{network.Internet(), web, 443},
		{network.Addresses("office", "198.51.100.0/24", "2001:db8:7::/48"), web, 8444},
		{network.PrefixList("s3", main.S3PrefixListId), web, 8443},
		{web, database, 5432},
		{web, network.Internet(), 443},
	} {
		if _, err := network.Allow(ctx, c.from, c.to, c.port); err != nil {
			return err
		}
	}
	if _, err := network.AllowAWS(ctx, web); err != nil {
		return err
	}

	logs, err := storage.NewLogBucket(ctx, "flows", &storage.LogBucketArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Sources: storage.LogSources{FlowLogs: &storage.FlowLogSource{HivePartitions: true}},
	}, pulumi.Provider(second))
	if err != nil {
		return err
	}
	_, err = network.NewVpc(ctx, "cheap", &network.VpcArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Ipv6: true, Egress: network.EgressPublicAddresses,
		PeerCidrs: []string{"10.2.0.0/16"}, FlowLogs: &network.FlowLogs{LogBucket: logs, HivePartitions: true},
	}, pulumi.Provider(second))
	return err
}
