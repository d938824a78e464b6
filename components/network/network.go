package network

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// Network is a VPC as other components see it, whether Bulwark made it (Vpc.Network) or not (ExistingVpc.Network).
type Network struct {
	// VpcId is the id of the VPC.
	VpcId pulumi.StringOutput
	// Cidr is its block of IPv4 addresses.
	Cidr pulumi.StringOutput
	// PublicSubnetIds, PrivateSubnetIds and IsolatedSubnetIds are the subnets of each tier, by zone; empty where there are
	// none.
	PublicSubnetIds, PrivateSubnetIds, IsolatedSubnetIds pulumi.StringArrayOutput
	// WorkloadSubnetIds are where workloads live: the private subnets, or the public ones with EgressPublicAddresses.
	WorkloadSubnetIds pulumi.StringArrayOutput
	// AssignPublicIps says whether workloads need public addresses to reach anything: with EgressPublicAddresses only.
	AssignPublicIps bool
	// S3PrefixListId is the prefix list with the addresses of S3 in the region.
	S3PrefixListId pulumi.StringOutput
	// EndpointSecurityGroupId is the security group of the interface endpoints; empty where there are none.
	EndpointSecurityGroupId pulumi.StringOutput
	// PublicPorts are the TCP ports that may be opened to the internet.
	PublicPorts []int
	// Ipv6 says that what is open to the internet is so for IPv6 too.
	Ipv6 bool

	vpc    *vpcIdentity
	egress Egress
	// endpoints is the group of the interface endpoints, nil where there are none.
	endpoints *group
}

// newNetwork completes a network with what follows from the rest: the VPC's id, where workloads live, the public ports.
func newNetwork(n Network) *Network {
	n.VpcId = n.vpc.id
	n.WorkloadSubnetIds, n.AssignPublicIps = n.PrivateSubnetIds, n.egress == EgressPublicAddresses
	if n.AssignPublicIps {
		n.WorkloadSubnetIds = n.PublicSubnetIds
	}
	n.PublicPorts = publicPorts(n.PublicPorts)
	return &n
}

// vpcIdentity tells VPCs apart, even before they exist.
type vpcIdentity struct {
	id pulumi.StringOutput
	// literal is the id, where the program wrote it down.
	literal string
	// created says that this program creates the VPC.
	created bool
}

// existingVPC is a VPC that somebody else made.
func existingVPC(id pulumi.StringInput) *vpcIdentity {
	literal, _ := component.Literal(id)
	return &vpcIdentity{id: id.ToStringOutput(), literal: literal}
}

// compare says whether two VPCs are the same one, and whether that can be known before they exist.
func (v *vpcIdentity) compare(other *vpcIdentity) (same, known bool) {
	switch {
	case v == other:
		return true, true
	case v.created && (other.created || other.literal != ""), other.created && v.literal != "":
		return false, true
	case v.literal != "" && other.literal != "":
		return v.literal == other.literal, true
	}
	return false, false
}

// group is a security group that connections can start from or lead to.
type group struct {
	name   string
	id     pulumi.StringOutput
	vpc    *vpcIdentity
	parent pulumi.Resource
	labels tagging.Labels
	// owned says that labels are the group's own.
	owned bool
	// connections are the names of the connections that the group already has rules for.
	connections map[string]bool
}

// publicPorts are the ports given, or their default.
func publicPorts(given []int) []int { return slices.Clone(component.OrDefault(given, 80, 443)) }
