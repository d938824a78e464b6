package network

import (
	"net/netip"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	anywhere   = "0.0.0.0/0"
	anywhereV6 = "::/0"
	icmpV6     = "58"
)

// aclRule is one rule of a network ACL.
type aclRule struct {
	number   int
	protocol string
	from, to int
	// icmp is the type of an ICMP message.
	icmp int
	// cidr is an IPv4 or IPv6 block; ownIPv6 stands for the VPC's IPv6 block, which AWS chooses.
	cidr    string
	ownIPv6 bool
}

// aclSources are what the rules of network ACLs follow from.
type aclSources struct {
	vpc   string
	peers []string
	ports []int
	ipv6  bool
}

func (a *VpcArgs) aclSources(block netip.Prefix) aclSources {
	return aclSources{vpc: block.String(), peers: a.PeerCidrs, ports: publicPorts(a.PublicPorts), ipv6: a.Ipv6}
}

// ephemeral are the ports that answers come back to: those of NAT gateways, Lambda and Linux together, without that of
// remote desktops, which nobody outside has to reach.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
var ephemeral = [][2]int{{1024, 3388}, {3390, 65535}}

// ingress lets in the VPC and its peers, the answers to what went out, and the public ports where the tier has any.
// Network ACLs have no memory of connections, and none of prefix lists: answers come from anywhere.
func (s aclSources) ingress(tier Tier) []aclRule {
	rules := s.neighbours()
	outside := func(number int, cidr string) {
		add := func(number int, protocol string, low, high int) {
			rules = append(rules, aclRule{number: number, protocol: protocol, from: low, to: high, cidr: cidr})
		}
		if tier == TierPublic {
			for i, port := range s.ports {
				add(number+i, "tcp", port, port)
			}
		}
		for i, ports := range ephemeral {
			add(number+50+i, "tcp", ports[0], ports[1])
			if tier != TierIsolated {
				add(number+60+i, "udp", ports[0], ports[1])
			}
		}
	}
	outside(200, anywhere)
	if s.ipv6 && tier != TierIsolated {
		outside(400, anywhereV6)
	}
	if tier != TierIsolated {
		// Destination unreachable, and packet too big: path MTU discovery needs them.
		// Source: https://docs.aws.amazon.com/vpc/latest/userguide/path_mtu_discovery.html
		rules = append(rules, aclRule{number: 300, protocol: "icmp", icmp: 3, cidr: anywhere})
		if s.ipv6 {
			rules = append(rules, aclRule{number: 500, protocol: icmpV6, icmp: 2, cidr: anywhereV6})
		}
	}
	return rules
}

// egress lets out everything, or, in the isolated tier, what goes to the VPC, its peers and, for S3, to port 443.
func (s aclSources) egress(tier Tier) []aclRule {
	if tier == TierIsolated {
		return append(s.neighbours(), aclRule{number: 200, protocol: "tcp", from: 443, to: 443, cidr: anywhere})
	}
	rules := []aclRule{{number: 100, protocol: "-1", cidr: anywhere}}
	if s.ipv6 {
		rules = append(rules, aclRule{number: 101, protocol: "-1", cidr: anywhereV6})
	}
	return rules
}

// neighbours are the VPC and its peers.
func (s aclSources) neighbours() []aclRule {
	rules := []aclRule{{number: 100, protocol: "-1", cidr: s.vpc}}
	if s.ipv6 {
		rules = append(rules, aclRule{number: 101, protocol: "-1", ownIPv6: true})
	}
	for i, peer := range s.peers {
		rules = append(rules, aclRule{number: 110 + i, protocol: "-1", cidr: peer})
	}
	return rules
}

// acls makes the network ACLs: the default one for all subnets, or one for each tier and a default one without rules.
func (b *builder) acls() (err error) {
	sources, name := b.args.aclSources(b.block), b.Name+"-default"
	shared := &ec2.DefaultNetworkAclArgs{
		DefaultNetworkAclId: b.out.Vpc.DefaultNetworkAclId, SubnetIds: pulumi.StringArray{}, Tags: b.args.Labels.Tags(name),
	}
	ingress, egress := ec2.DefaultNetworkAclIngressArray{}, ec2.DefaultNetworkAclEgressArray{}
	var perTier []pulumi.Resource
	if b.args.NetworkAcls == NetworkAclsPerTier {
		for _, tier := range b.args.tiers() {
			if b.out.networkACLs[tier], err = b.tierACL(sources, tier); err != nil {
				return err
			}
			perTier = append(perTier, b.out.networkACLs[tier])
		}
	} else {
		shared.SubnetIds = b.subnetIDs(b.args.tiers()...)
		for _, r := range sources.ingress(TierPublic) {
			ingress = append(ingress, b.aclRule(r))
		}
		for _, r := range sources.egress(TierPublic) {
			egress = append(egress, ec2.DefaultNetworkAclEgressArgs(b.aclRule(r)))
		}
	}
	shared.Ingress, shared.Egress = ingress, egress
	// Subnets leave the default one when they get another, so that it has to be read after that.
	opts := b.Child(pulumi.DependsOn(perTier))
	b.out.DefaultNetworkAcl, err = ec2.NewDefaultNetworkAcl(b.Ctx, name, shared, opts...)
	return err
}

func (b *builder) tierACL(sources aclSources, tier Tier) (*ec2.NetworkAcl, error) {
	var ingress ec2.NetworkAclIngressArray
	for _, r := range sources.ingress(tier) {
		ingress = append(ingress, ec2.NetworkAclIngressArgs(b.aclRule(r)))
	}
	var egress ec2.NetworkAclEgressArray
	for _, r := range sources.egress(tier) {
		egress = append(egress, ec2.NetworkAclEgressArgs(b.aclRule(r)))
	}
	name := b.Name + "-" + string(tier)
	return ec2.NewNetworkAcl(b.Ctx, name, &ec2.NetworkAclArgs{
		VpcId: b.out.Vpc.ID(), SubnetIds: b.subnetIDs(tier), Ingress: ingress, Egress: egress, Tags: b.tierTags(name, tier),
	}, b.Parent)
}

// aclRule is a rule as a resource has it. The types of all four lists have the same fields.
func (b *builder) aclRule(r aclRule) ec2.DefaultNetworkAclIngressArgs {
	args := ec2.DefaultNetworkAclIngressArgs{
		RuleNo: pulumi.Int(r.number), Action: pulumi.String("allow"), Protocol: pulumi.String(r.protocol),
		FromPort: pulumi.Int(r.from), ToPort: pulumi.Int(r.to),
	}
	if r.icmp != 0 {
		args.IcmpType, args.IcmpCode = pulumi.Int(r.icmp), pulumi.Int(-1)
	}
	switch block, err := netip.ParsePrefix(r.cidr); {
	case r.ownIPv6:
		args.Ipv6CidrBlock = b.out.Vpc.Ipv6CidrBlock.ToStringPtrOutput()
	case err == nil && block.Addr().Is6():
		args.Ipv6CidrBlock = pulumi.String(r.cidr)
	default:
		args.CidrBlock = pulumi.String(r.cidr)
	}
	return args
}
