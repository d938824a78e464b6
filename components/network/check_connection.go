package network

import (
	"net/netip"
	"slices"

	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with a connection: first with its endpoints and ports by themselves, and if they are
// fine, with the three together.
func (b *connectionBuilder) check() validate.Problems {
	var ps validate.Problems
	ps.Add(b.source.problems...)
	ps.Add(b.destination.problems...)
	ps.Add(checkPorts(b.ports)...)
	if len(ps) > 0 {
		return ps
	}
	return b.checkTogether()
}

func checkPorts(ports []Port) validate.Problems {
	var ps validate.Problems
	if len(ports) == 0 {
		ps.Add(validate.Required("ports", "the TCP ports of the destination", "give at least one"))
	}
	for i, port := range ports {
		ps.Add(validate.Range(validate.Path("ports").Index(i), int(port), 1, 65535, "")...)
	}
	return append(ps, validate.Distinct("ports", ports)...)
}

func (b *connectionBuilder) checkTogether() validate.Problems {
	from, to := b.source, b.destination
	switch {
	case from.aws:
		return validate.Problems{validate.Invalid("from", from.name,
			"a peer that opens connections: AWS's services only answer", "swap the two").By("edge-direction")}
	case from.group == nil && to.group == nil:
		return validate.Problems{validate.Invalid("from", from.name, "at least one security group among the two",
			"rules belong to a security group: make one with NewSecurityGroup").By("edge-group")}
	}
	var ps validate.Problems
	if from.vpc != nil && to.vpc != nil {
		if same, known := from.vpc.compare(to.vpc); known && !same {
			ps.Add(b.otherVPC(to.name))
		}
	}
	for i, port := range b.ports {
		ps.Add(b.checkPort(validate.Path("ports").Index(i), port)...)
	}
	return ps
}

func (b *connectionBuilder) checkPort(at validate.Path, port Port) validate.Problems {
	var ps validate.Problems
	if b.destination.aws && port != 443 {
		ps.Add(validate.Invalid(at, int(port), "443: AWS's services are reached over https", "use 443").By("edge-aws-port"))
	}
	ps.Add(b.checkSource(at, int(port))...)
	for _, name := range b.taken(port) {
		ps.Add(validate.Conflict(at, int(port), "each connection once: there is "+validate.Show(name)+" already",
			"remove it from one of the two calls").By("edge-twice"))
	}
	return ps
}

// checkSource checks which ports a source that is no security group may reach.
func (b *connectionBuilder) checkSource(at validate.Path, port int) validate.Problems {
	from, to := b.source, b.destination
	if from.group != nil {
		return nil
	}
	public := publicPorts(nil)
	if to.network != nil {
		public = to.network.PublicPorts
	}
	fromOutside := from.internet || from.prefixList != nil || slices.ContainsFunc(from.blocks, func(block string) bool {
		return !netplan.IsPrivate(netip.MustParsePrefix(block))
	})
	switch {
	case fromOutside && netplan.IsDatabasePort(port):
		public := " has public addresses"
		if from.prefixList != nil {
			public = " is a prefix list, which may have public addresses"
		}
		return validate.Problems{validate.Forbidden(at, port, "no port of a database: "+from.shown()+public,
			"let a workload in the VPC connect, or come through a VPN with private addresses").By("edge-public-database")}
	case from.internet && !slices.Contains(public, port):
		return validate.Problems{validate.Forbidden(at, port, "a public port of the network: "+joined(public),
			"serve it on one of them, or add it to publicPorts").By("edge-public-port")}
	}
	return nil
}

// otherVPC is the problem of a connection between two VPCs.
func (b *connectionBuilder) otherVPC(found string) validate.Problem {
	return validate.Conflict("to", found,
		"a peer in the VPC of "+b.source.shown()+": a security group cannot refer to one of another VPC",
		"put both into one network, or connect the VPCs and allow Addresses").By("edge-vpc")
}
