package network

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Port is a TCP port, 1 to 65535.
type Port int

// Connection is what Allow created.
type Connection struct {
	// Ingress are the rules of the destination, Egress those of the source.
	Ingress []*vpc.SecurityGroupIngressRule
	Egress  []*vpc.SecurityGroupEgressRule
}

// Allow lets one peer open connections to TCP ports of another: network.Allow(ctx, service, database, 5432). Both ends
// that are security groups get a rule each; at least one of them has to be. It reports all problems at once, before it
// creates anything.
func Allow(ctx *pulumi.Context, from, to Peer, ports ...Port) (*Connection, error) {
	e, err := newEdge(from, to, ports)
	if err != nil {
		return nil, err
	}
	made := &Connection{}
	for _, port := range ports {
		if err := e.rules(ctx, int(port), made); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// AllowAWS lets a group reach AWS over https, on the way that its network has: S3 by its prefix list, and the other
// services through the interface endpoints, or through the internet where the network has no endpoints and a way out.
func AllowAWS(ctx *pulumi.Context, from *SecurityGroup) (*Connection, error) {
	if from == nil || from.network == nil {
		name := "?"
		if from != nil {
			name = from.group.name
		}
		return nil, validate.Problems{validate.Required("from", "a security group that knows its network", "give NewSecurityGroup a Network instead of a VpcId").By("edge-network")}.
			Err("network.AllowAWS", name)
	}
	n := from.network
	peers := []Peer{n.S3()}
	if n.endpoints != nil {
		peers = append(peers, n.Endpoints())
	} else if n.egress.plan().HasInternet() && !n.egress.plan().HasEndpoints() {
		peers = append(peers, Internet())
	}
	made := &Connection{}
	for _, to := range peers {
		c, err := Allow(ctx, from, to, 443)
		if err != nil {
			return nil, err
		}
		made.Ingress, made.Egress = append(made.Ingress, c.Ingress...), append(made.Egress, c.Egress...)
	}
	return made, nil
}

// edge is a connection that has been judged.
type edge struct{ from, to end }

func newEdge(from, to Peer, ports []Port) (*edge, error) {
	var ps validate.Problems
	var e edge
	names := [2]string{"?", "?"}
	for i, p := range []Peer{from, to} {
		path := validate.Path([]string{"from", "to"}[i])
		if p == nil || p == (*SecurityGroup)(nil) {
			ps.Add(validate.Required(path, "a peer", "give a security group, or what Internet, Addresses, PrefixList, Network.S3 or Network.Endpoints return"))
			continue
		}
		end := p.end()
		names[i] = end.name
		for _, problem := range end.problems {
			problem.Path = path.Field(string(problem.Path))
			if problem.Path == path+"." {
				problem.Path = path
			}
			ps.Add(problem)
		}
		if i == 0 {
			e.from = end
		} else {
			e.to = end
		}
	}
	ps.Add(checkPorts(ports)...)
	if ps == nil {
		ps.Add(e.check(ports)...)
	}
	return &e, ps.Err("network.Allow", names[0]+" to "+names[1])
}

func checkPorts(ports []Port) validate.Problems {
	var ps validate.Problems
	if len(ports) == 0 {
		ps.Add(validate.Required("ports", "the TCP ports of the destination", "give at least one"))
	}
	for i, port := range ports {
		at := validate.Path("ports").Index(i)
		ps.Add(validate.Range(at, int(port), 1, 65535, "")...)
		if slices.Contains(ports[:i], port) {
			ps.Add(validate.Conflict(at, int(port), "each port once", "remove one of the two").By("twice"))
		}
	}
	return ps
}

// check judges two ends, each of which is fine by itself.
func (e *edge) check(ports []Port) validate.Problems {
	var ps validate.Problems
	switch {
	case e.from.aws:
		return append(ps, validate.Invalid("from", e.from.name, "a peer that opens connections: AWS's services only answer", "swap the two").By("edge-direction"))
	case e.from.group == nil && e.to.group == nil:
		return append(ps, validate.Invalid("from", e.from.name, "at least one security group among the two", "rules belong to a security group: make one with NewSecurityGroup").By("edge-group"))
	}
	if e.from.vpc != nil && e.to.vpc != nil {
		if same, known := e.from.vpc.compare(e.to.vpc); known && !same {
			ps.Add(otherVPC(e, e.to.name))
		}
	}
	for i, port := range ports {
		at, port := validate.Path("ports").Index(i), int(port)
		if e.to.aws && port != 443 {
			ps.Add(validate.Invalid(at, port, "443: AWS's services are reached over https", "use 443").By("edge-aws-port"))
		}
		ps.Add(e.checkSource(at, port)...)
		if name := e.name(port); e.from.group != nil && e.from.group.edges[name] || e.to.group != nil && e.to.group.edges[name] {
			ps.Add(validate.Conflict(at, port, "each connection once", "remove one of the two calls").By("edge-twice"))
		}
	}
	return ps
}

// checkSource holds what comes from outside of the VPC against the port.
func (e *edge) checkSource(at validate.Path, port int) validate.Problems {
	if e.from.group != nil {
		return nil
	}
	public := publicPorts(nil)
	if e.to.network != nil {
		public = e.to.network.PublicPorts
	}
	fromOutside := e.from.internet || e.from.prefixList != nil || slices.ContainsFunc(e.from.blocks, func(block string) bool {
		return !netplan.IsPrivate(netip.MustParsePrefix(block))
	})
	switch {
	case fromOutside && netplan.IsDatabasePort(port):
		return validate.Problems{validate.Forbidden(at, port, "no port of a database: "+e.from.name+" has public addresses", "let a workload in the VPC connect, or come through a VPN with private addresses").By("edge-public-database")}
	case e.from.internet && !slices.Contains(public, port):
		return validate.Problems{validate.Forbidden(at, port, "a public port of the network: "+joined(public), "serve it on one of them, or add it to publicPorts").By("edge-public-port")}
	}
	return nil
}

// name is the name of the rules for a port.
func (e *edge) name(port int) string { return fmt.Sprintf("%s-to-%s-%d", e.from.name, e.to.name, port) }

// target is the other end in the terms of one rule.
type target struct {
	suffix                                                  string
	cidrIpv4, cidrIpv6, prefixList, referencedSecurityGroup pulumi.StringPtrInput
}

// urnSafe keeps blocks of addresses out of the way of the colons in URNs.
var urnSafe = strings.NewReplacer(":", "-", "/", "_")

// targets are what the rules of a group name, to let this peer through.
func (p end) targets(in end) []target {
	switch {
	case p.group != nil:
		return []target{{referencedSecurityGroup: p.group.id.ToStringPtrOutput()}}
	case p.prefixList != nil:
		return []target{{prefixList: p.prefixList.ToStringOutput().ToStringPtrOutput()}}
	case p.internet:
		everybody := []target{{cidrIpv4: pulumi.String(anywhere)}}
		if in.network != nil && in.network.Ipv6 {
			everybody = append(everybody, target{suffix: "-ipv6", cidrIpv6: pulumi.String(anywhereV6)})
		}
		return everybody
	}
	list := make([]target, len(p.blocks))
	for i, block := range p.blocks {
		list[i].suffix = "-" + urnSafe.Replace(block)
		if netip.MustParsePrefix(block).Addr().Is6() {
			list[i].cidrIpv6 = pulumi.String(block)
		} else {
			list[i].cidrIpv4 = pulumi.String(block)
		}
	}
	return list
}

// rules makes the rules for one port: one on each end that is a group, for each target.
func (e *edge) rules(ctx *pulumi.Context, port int, made *Connection) error {
	name := e.name(port)
	description := pulumi.String(fmt.Sprintf("from %s to %s, tcp %d", e.from.name, e.to.name, port))
	tcp, number := pulumi.String("tcp"), pulumi.Int(port)
	if g := e.to.group; g != nil {
		g.edges[name] = true
		for _, t := range e.from.targets(e.to) {
			rule, err := vpc.NewSecurityGroupIngressRule(ctx, name+t.suffix, &vpc.SecurityGroupIngressRuleArgs{
				SecurityGroupId: e.id(g), Description: description, IpProtocol: tcp, FromPort: number, ToPort: number,
				CidrIpv4: t.cidrIpv4, CidrIpv6: t.cidrIpv6, PrefixListId: t.prefixList, ReferencedSecurityGroupId: t.referencedSecurityGroup,
				Tags: e.labels(g).Tags(name + t.suffix),
			}, pulumi.Parent(g.parent))
			if err != nil {
				return err
			}
			made.Ingress = append(made.Ingress, rule)
		}
	}
	if g := e.from.group; g != nil {
		g.edges[name] = true
		for _, t := range e.to.targets(e.from) {
			rule, err := vpc.NewSecurityGroupEgressRule(ctx, name+t.suffix, &vpc.SecurityGroupEgressRuleArgs{
				SecurityGroupId: e.id(g), Description: description, IpProtocol: tcp, FromPort: number, ToPort: number,
				CidrIpv4: t.cidrIpv4, CidrIpv6: t.cidrIpv6, PrefixListId: t.prefixList, ReferencedSecurityGroupId: t.referencedSecurityGroup,
				Tags: e.labels(g).Tags(name + t.suffix),
			}, pulumi.Parent(g.parent))
			if err != nil {
				return err
			}
			made.Egress = append(made.Egress, rule)
		}
	}
	return nil
}

// labels are those of the group, or of the other one if it has none of its own.
func (e *edge) labels(g *group) tagging.Labels {
	if other := e.from.group; !g.owned && other != nil {
		return other.labels
	}
	return g.labels
}

// id is the id of a group, and an error if the two ends turn out to be in different VPCs.
func (e *edge) id(g *group) pulumi.StringOutput {
	if e.from.vpc == nil || e.to.vpc == nil {
		return g.id
	}
	if _, known := e.from.vpc.compare(e.to.vpc); known {
		return g.id
	}
	return pulumi.All(g.id, e.from.vpc.id, e.to.vpc.id).ApplyT(func(values []any) (string, error) {
		if from, to := values[1].(string), values[2].(string); from != to {
			return "", validate.Problems{otherVPC(e, from+" and "+to)}.Err("network.Allow", e.from.name+" to "+e.to.name)
		}
		return values[0].(string), nil
	}).(pulumi.StringOutput)
}

// otherVPC is the problem of an edge between two VPCs.
func otherVPC(e *edge, found string) validate.Problem {
	return validate.Conflict("to", found, "a peer in the VPC of "+e.from.name+": a security group cannot refer to one of another VPC", "put both into one network, or connect the VPCs and allow Addresses").By("edge-vpc")
}
