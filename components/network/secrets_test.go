package network_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// Whoever pastes a secret into the wrong argument must not find it in the log.
func TestNoMessageQuotesASecret(t *testing.T) {
	secret := "ghp_" + strings.Repeat("aB3", 12)
	text, one := pulumi.String(secret), []string{secret}
	allow := func(peers func(*network.SecurityGroup) (from, to network.Peer), port network.Port) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			v, err := newVpc(ctx, func(*network.VpcArgs) {})
			if err != nil {
				return err
			}
			g, err := groups(ctx, v.Network(), "service")
			if err != nil {
				return err
			}
			from, to := peers(g["service"])
			_, err = network.Allow(ctx, from, to, port)
			return err
		}
	}
	for name, program := range map[string]pulumi.RunFunc{
		"a VPC": vpc(func(a *network.VpcArgs) {
			a.Cidr, a.PeerCidrs, a.Zones, a.Tiers = secret, one, one, []network.Tier{network.Tier(secret)}
			a.Egress, a.EndpointServices = network.Egress(secret), services{network.EndpointService(secret)}
			a.TrustedAccounts, a.ReadableBuckets, a.NetworkAcls = one, one, network.NetworkAcls(secret)
			a.FlowLogs = &network.FlowLogs{LogBucketName: text, KeyArn: text}
		}),
		"tiers that the egress lacks": vpc(func(a *network.VpcArgs) {
			a.Egress, a.Tiers = network.EgressNATSingle, []network.Tier{network.Tier(secret)}
		}),
		"a bucket that is known late": flowLogsTo(network.FlowLogs{LogBucketName: text.ToStringOutput()}),
		"a key that is known late":    flowLogsTo(network.FlowLogs{KeyArn: text.ToStringOutput()}),
		"endpoints": endpoints(func(a *network.EndpointsArgs) {
			a.VpcId, a.RouteTableIds, a.SubnetIds = text, pulumi.ToStringArray(one), pulumi.ToStringArray(one)
			a.EndpointServices = services{network.EndpointService(secret)}
			a.TrustedAccounts, a.ReadableBuckets = one, one
		}),
		"an existing VPC": existingVpc(func(a *network.ExistingVpcArgs) {
			a.VpcId, a.PublicSubnetIds, a.Egress = text, pulumi.ToStringArray(one), network.Egress(secret)
			a.PrivateSubnetIds, a.IsolatedSubnetIds = pulumi.ToStringArray(one), pulumi.ToStringArray(one)
			a.EndpointSecurityGroupId = text
		}),
		"a security group": securityGroup(func(a *network.SecurityGroupArgs) {
			a.VpcId, a.Description = text, "ü"+secret
		}),
		"the name of addresses": allow(func(to *network.SecurityGroup) (network.Peer, network.Peer) {
			return network.Addresses(secret, "198.51.100.0/24"), to
		}, 5432),
		"a name that is none": allow(func(to *network.SecurityGroup) (network.Peer, network.Peer) {
			return network.Addresses("a "+secret, secret), to
		}, 443),
		"a prefix list": allow(func(from *network.SecurityGroup) (network.Peer, network.Peer) {
			return from, network.PrefixList(secret, text)
		}, 443),
		"two peers without a group": allow(func(*network.SecurityGroup) (network.Peer, network.Peer) {
			return network.Addresses(secret, "198.51.100.0/24"), network.Internet()
		}, 443),
	} {
		_, err := componenttest.Update(program)
		require.Error(t, err, name)
		assert.NotContains(t, err.Error(), secret, name)
	}
}
