package network

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

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

	vpc    *home
	egress Egress
	// endpoints is the group of the interface endpoints, nil where there are none.
	endpoints *group
}

// home tells VPCs apart, before they exist too.
type home struct {
	id pulumi.StringOutput
	// text is the id, where the program wrote it down.
	text string
	// created says that this program creates the VPC.
	created bool
}

// existing is a VPC that somebody else made.
func existing(id pulumi.StringInput) *home {
	text, _ := literal(id)
	return &home{id: id.ToStringOutput(), text: text}
}

// compare says whether two VPCs are the same one, and whether that can be known before they exist.
func (h *home) compare(other *home) (same, known bool) {
	switch {
	case h == other:
		return true, true
	case h.created && (other.created || other.text != ""), other.created && h.text != "":
		return false, true
	case h.text != "" && other.text != "":
		return h.text == other.text, true
	}
	return false, false
}

// literal is a text that the program wrote down.
func literal(in pulumi.StringInput) (string, bool) {
	text, ok := in.(pulumi.String)
	return string(text), ok
}

// group is a security group that edges can start from or lead to.
type group struct {
	name   string
	id     pulumi.StringOutput
	vpc    *home
	parent pulumi.Resource
	labels tagging.Labels
	// owned says that labels are the group's own.
	owned bool
	// edges are the names of the rules that the group has already.
	edges map[string]bool
}

// publicPorts are the ports given, or their default.
func publicPorts(given []int) []int {
	if len(given) == 0 {
		return []int{80, 443}
	}
	return slices.Clone(given)
}
