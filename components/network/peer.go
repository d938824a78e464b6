package network

import (
	"net/netip"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Peer is one end of a connection: a SecurityGroup, or what Network.Endpoints, Network.S3, Internet, Addresses and
// PrefixList return.
type Peer interface {
	end() end
}

// end is a peer in the terms of security group rules: exactly one of group, prefixList and blocks is set.
type end struct {
	name string
	// group is a security group, whose own rules have to let the connection through too.
	group *group
	// network is the one of a group, if it is known: it says which ports may be public.
	network *Network
	// prefixList is the id of a list of addresses.
	prefixList pulumi.StringInput
	blocks     []string
	// vpc is where the peer can be reached from only, nil if from anywhere.
	vpc *home
	// aws marks Network.S3 and Network.Endpoints: destinations, for https.
	aws      bool
	internet bool
	// problems are what is wrong with the peer itself.
	problems validate.Problems
}

func (g *SecurityGroup) end() end {
	return end{name: g.group.name, group: g.group, network: g.network, vpc: g.group.vpc}
}

// peer is every peer but security groups.
type peer end

func (p peer) end() end { return end(p) }

// Endpoints is the interface endpoints of the network, as the destination of https.
func (n *Network) Endpoints() Peer {
	p := peer{name: "endpoints", group: n.endpoints, vpc: n.vpc, aws: true, problems: n.check("")}
	if n.vpc != nil && n.endpoints == nil {
		p.problems = validate.Problems{validate.Invalid("", "a network without interface endpoints", "one with endpoints", "choose an egress with endpoints and name the features in use, or call AllowAWS, which takes the way that there is").By("no-endpoints")}
	}
	return p
}

// S3 is S3 in the region of the network, as the destination of https.
func (n *Network) S3() Peer {
	return peer{name: "s3", prefixList: n.S3PrefixListId, vpc: n.vpc, aws: true, problems: n.check("")}
}

// Internet is everybody. As a source it can reach the public ports of the network only, as a destination every port.
func Internet() Peer {
	return peer{name: "internet", internet: true}
}

// Addresses are blocks of addresses, such as an office or a connected network: "198.51.100.0/24". The name goes into the
// description of the rules. Everybody is Internet.
func Addresses(name string, blocks ...string) Peer {
	p := peer{name: name, blocks: blocks, problems: checkName(name)}
	if len(blocks) == 0 {
		p.problems = append(p.problems, validate.Required("addresses", "blocks of addresses", "give at least one"))
	}
	for i, text := range blocks {
		at := validate.Path("addresses").Index(i)
		block, problems := netplan.ParseBlock(at, text)
		p.problems = append(p.problems, problems...)
		if problems == nil && !netplan.IsPrivate(block) && block.Bits() < widest(block) {
			p.problems = append(p.problems, validate.Invalid(at, text, "a network, not a large part of the internet", "use network.Internet(), or smaller blocks").By("addresses-wide"))
		}
	}
	return p
}

// widest is the shortest prefix that passes for one network.
func widest(block netip.Prefix) int {
	if block.Addr().Is6() {
		return 20
	}
	return 8
}

// PrefixList is a managed prefix list by its id, such as the one with CloudFront's addresses. The name goes into the
// description of the rules.
func PrefixList(name string, id pulumi.StringInput) Peer {
	p := peer{name: name, prefixList: id, problems: checkName(name)}
	if id == nil {
		p.problems = append(p.problems, validate.Required("prefixListId", "the id of a prefix list", "give it, as in pl-0123456789abcdef0"))
	}
	p.problems = append(p.problems, checkID("prefixListId", "pl", "prefix list", id)...)
	return p
}
