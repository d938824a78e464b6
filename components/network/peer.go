package network

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/secretwords"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Peer is one endpoint of a connection: a SecurityGroup, or what Network.Endpoints, Network.S3, Internet, Addresses and
// PrefixList return.
type Peer interface {
	connectionEndpoint() connectionEndpoint
}

// connectionEndpoint is a peer as the rules of security groups need it: exactly one of group, prefixList, blocks and
// internet is set.
type connectionEndpoint struct {
	name string
	// group is a security group, whose own rules have to let the connection through too.
	group *group
	// network is that of a group, if it is known: it says which ports may be public.
	network *Network
	// prefixList is the id of a list of addresses.
	prefixList pulumi.StringInput
	blocks     []string
	internet   bool
	// vpc is the only one that the peer can be reached from, nil if it is reached from anywhere.
	vpc *vpcIdentity
	// aws marks Network.S3 and Network.Endpoints: destinations, for https.
	aws bool
	// problems are what is wrong with the peer itself.
	problems validate.Problems
}

// unnamed stands for the name of a peer that is missing.
const unnamed = "?"

// newConnectionEndpoint is a peer of a connection; the path leads to it.
func newConnectionEndpoint(path validate.Path, p Peer) connectionEndpoint {
	if p == nil || p == (*SecurityGroup)(nil) {
		return connectionEndpoint{name: unnamed, problems: validate.Problems{validate.Required(path, "a peer",
			"give a security group, or what Internet, Addresses, PrefixList, Network.S3 or Network.Endpoints return")}}
	}
	e := p.connectionEndpoint()
	var below validate.Problems
	for _, problem := range e.problems {
		if problem.Path == "" {
			problem.Path = path
		} else {
			problem.Path = path.Field(string(problem.Path))
		}
		below.Add(problem)
	}
	e.problems = below
	return e
}

// shown is the name for a message, unless it looks like a secret.
func (e connectionEndpoint) shown() string {
	if secretwords.Suspect(e.name) != "" {
		return unnamed
	}
	return e.name
}

func (g *SecurityGroup) connectionEndpoint() connectionEndpoint {
	return connectionEndpoint{name: g.group.name, group: g.group, network: g.network, vpc: g.group.vpc}
}

// peer is every peer but security groups.
type peer connectionEndpoint

func (p peer) connectionEndpoint() connectionEndpoint { return connectionEndpoint(p) }

// Endpoints is the interface endpoints of the network, as the destination of https.
func (n *Network) Endpoints() Peer {
	p := peer{name: "endpoints", group: n.endpoints, vpc: n.vpc, aws: true, problems: n.check("")}
	if n.vpc != nil && n.endpoints == nil {
		p.problems.Add(validate.Invalid("", "a network without interface endpoints", "one with endpoints",
			"choose an egress with endpoints and name the endpoint services in use, or call AllowAWS, which takes the way "+
				"that there is").By("no-endpoints"))
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

// Addresses are blocks of addresses, such as an office or a connected network: "198.51.100.0/24". The name goes into
// the description of the rules. Everybody is Internet.
func Addresses(name string, blocks ...string) Peer {
	p := peer{name: name, blocks: blocks, problems: checkName(name)}
	if len(blocks) == 0 {
		p.problems.Add(validate.Required("addresses", "blocks of addresses", "give at least one"))
	}
	at := validate.Path("addresses")
	prefixes, problems := validate.CIDRs(at, blocks)
	p.problems.Add(problems...)
	for i, block := range prefixes {
		if block.IsValid() && !netplan.IsPrivate(block) && validate.LargeCIDR(block) {
			p.problems.Add(validate.Invalid(at.Index(i), blocks[i], "a network, not a large part of the internet",
				"use network.Internet(), or smaller blocks").By("addresses-wide"))
		}
	}
	return p
}

// PrefixList is a managed prefix list by its id, such as the one with CloudFront's addresses. The name goes into the
// description of the rules.
func PrefixList(name string, id pulumi.StringInput) Peer {
	p := peer{name: name, prefixList: id, problems: checkName(name)}
	if id == nil {
		p.problems.Add(validate.Required("prefixListId", "the id of a prefix list", "give it, as in pl-0123456789abcdef0"))
	}
	p.problems.Add(checkID("prefixListId", "pl", "prefix list", id)...)
	return p
}
