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

// rule is one rule of a network ACL.
type rule struct {
	number   int
	protocol string
	from, to int
	// icmp is the type of an ICMP message.
	icmp int
	// cidr is an IPv4 or IPv6 block; own stands for the VPC's IPv6 block, which AWS chooses.
	cidr string
	own  bool
}

// aclSources is what network ACLs are made of.
type aclSources struct {
	vpc   string
	peers []string
	ports []int
	ipv6  bool
}

func (a *VpcArgs) aclSources(block netip.Prefix) aclSources {
	return aclSources{vpc: block.String(), peers: a.PeerCidrs, ports: publicPorts(a.PublicPorts), ipv6: a.Ipv6}
}

// ephemeral are the ports that answers come back to: those of NAT gateways, Lambda and Linux together, without the
// port of remote desktops, which nobody outside has to reach.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
var ephemeral = [][2]int{{1024, 3388}, {3390, 65535}}

// ingress lets in the VPC and its peers, the answers to what went out, and the public ports where the tier has any.
// Network ACLs have no memory of connections, and none of prefix lists: answers come from anywhere.
func (s aclSources) ingress(tier Tier) []rule {
	rules := s.neighbours()
	outside := func(number int, cidr string) {
		if tier == TierPublic {
			for i, port := range s.ports {
				rules = append(rules, rule{number: number + i, protocol: "tcp", from: port, to: port, cidr: cidr})
			}
		}
		for i, ports := range ephemeral {
			rules = append(rules, rule{number: number + 50 + i, protocol: "tcp", from: ports[0], to: ports[1], cidr: cidr})
			if tier != TierIsolated {
				rules = append(rules, rule{number: number + 60 + i, protocol: "udp", from: ports[0], to: ports[1], cidr: cidr})
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
		rules = append(rules, rule{number: 300, protocol: "icmp", icmp: 3, cidr: anywhere})
		if s.ipv6 {
			rules = append(rules, rule{number: 500, protocol: icmpV6, icmp: 2, cidr: anywhereV6})
		}
	}
	return rules
}

// egress lets out everything, or, in the isolated tier, what goes to the VPC, its peers and, for S3, to port 443.
func (s aclSources) egress(tier Tier) []rule {
	if tier == TierIsolated {
		return append(s.neighbours(), rule{number: 200, protocol: "tcp", from: 443, to: 443, cidr: anywhere})
	}
	rules := []rule{{number: 100, protocol: "-1", cidr: anywhere}}
	if s.ipv6 {
		rules = append(rules, rule{number: 101, protocol: "-1", cidr: anywhereV6})
	}
	return rules
}

// neighbours are the VPC and its peers.
func (s aclSources) neighbours() []rule {
	rules := []rule{{number: 100, protocol: "-1", cidr: s.vpc}}
	if s.ipv6 {
		rules = append(rules, rule{number: 101, protocol: "-1", own: true})
	}
	for i, peer := range s.peers {
		rules = append(rules, rule{number: 110 + i, protocol: "-1", cidr: peer})
	}
	return rules
}

// acls makes the network ACLs: the default one for all subnets, or one for each tier beside a default one without rules.
func (b *builder) acls() error {
	sources := b.args.aclSources(b.block)
	shared := &ec2.DefaultNetworkAclArgs{DefaultNetworkAclId: b.vpc.DefaultNetworkAclId, Tags: b.args.Labels.Tags(b.name + "-default")}
	ingress, egress := ec2.DefaultNetworkAclIngressArray{}, ec2.DefaultNetworkAclEgressArray{}
	var perTier []pulumi.Resource
	if b.args.NetworkAcls == NetworkAclsPerTier {
		shared.SubnetIds = pulumi.StringArray{}
		for _, tier := range b.args.tiers() {
			acl, err := b.tierACL(sources, tier)
			if err != nil {
				return err
			}
			b.out.acls[tier] = acl
			perTier = append(perTier, acl)
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
	// Subnets leave the default one when they get another, and it has to be looked at after that.
	var err error
	b.out.DefaultNetworkAcl, err = ec2.NewDefaultNetworkAcl(b.ctx, b.name+"-default", shared, b.parent, pulumi.DependsOn(perTier))
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
	name := b.name + "-" + string(tier)
	return ec2.NewNetworkAcl(b.ctx, name, &ec2.NetworkAclArgs{
		VpcId: b.vpc.ID(), SubnetIds: b.subnetIDs(tier), Ingress: ingress, Egress: egress, Tags: b.tierTags(name, tier),
	}, b.parent)
}

// aclRule is a rule as a resource has it. The types of all four lists have the same fields.
func (b *builder) aclRule(r rule) ec2.DefaultNetworkAclIngressArgs {
	args := ec2.DefaultNetworkAclIngressArgs{
		RuleNo: pulumi.Int(r.number), Action: pulumi.String("allow"), Protocol: pulumi.String(r.protocol),
		FromPort: pulumi.Int(r.from), ToPort: pulumi.Int(r.to),
	}
	if r.icmp != 0 {
		args.IcmpType, args.IcmpCode = pulumi.Int(r.icmp), pulumi.Int(-1)
	}
	switch block, err := netip.ParsePrefix(r.cidr); {
	case r.own:
		args.Ipv6CidrBlock = b.vpc.Ipv6CidrBlock.ToStringPtrOutput()
	case err == nil && block.Addr().Is6():
		args.Ipv6CidrBlock = pulumi.String(r.cidr)
	default:
		args.CidrBlock = pulumi.String(r.cidr)
	}
	return args
}
