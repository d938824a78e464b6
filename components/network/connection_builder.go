package network

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/inputerror"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// connectionBuilder makes the rules of one connection.
type connectionBuilder struct {
	ctx                 *pulumi.Context
	source, destination connectionEndpoint
	ports               []Port
	out                 *Connection
}

// newConnectionBuilder checks what Allow was given.
func newConnectionBuilder(ctx *pulumi.Context, from, to Peer, ports []Port) (*connectionBuilder, error) {
	b := &connectionBuilder{ctx: ctx, ports: ports, out: &Connection{}}
	b.source, b.destination = newConnectionEndpoint("from", from), newConnectionEndpoint("to", to)
	return b, b.err(b.check())
}

func (b *connectionBuilder) err(problems validate.Problems) error {
	return inputerror.Of(problems, "network.Allow", b.source.shown()+" to "+b.destination.shown())
}

func (b *connectionBuilder) build() (*Connection, error) {
	for _, port := range b.ports {
		if err := b.ingress(port); err != nil {
			return nil, err
		}
		if err := b.egress(port); err != nil {
			return nil, err
		}
	}
	return b.out, nil
}

// ingress makes the rules of the destination for one port, if it is a group.
func (b *connectionBuilder) ingress(port Port) error {
	g := b.destination.group
	if g == nil {
		return nil
	}
	for _, r := range b.rules(g, b.source.targets(b.destination), port) {
		made, err := vpc.NewSecurityGroupIngressRule(b.ctx, r.name, &r.args, pulumi.Parent(g.parent))
		if err != nil {
			return err
		}
		b.out.Ingress = append(b.out.Ingress, made)
	}
	return nil
}

// egress makes the rules of the source for one port, if it is a group.
func (b *connectionBuilder) egress(port Port) error {
	g := b.source.group
	if g == nil {
		return nil
	}
	for _, r := range b.rules(g, b.destination.targets(b.source), port) {
		// The arguments of both kinds of rules have the same fields.
		args := vpc.SecurityGroupEgressRuleArgs(r.args)
		made, err := vpc.NewSecurityGroupEgressRule(b.ctx, r.name, &args, pulumi.Parent(g.parent))
		if err != nil {
			return err
		}
		b.out.Egress = append(b.out.Egress, made)
	}
	return nil
}

// groupRule is one rule of a security group, in either direction.
type groupRule struct {
	name string
	args vpc.SecurityGroupIngressRuleArgs
}

// rules are the rules of a group for one port, one for each target.
func (b *connectionBuilder) rules(g *group, targets []target, port Port) []groupRule {
	name := b.name(port)
	g.connections[name] = true
	rules := make([]groupRule, len(targets))
	for i, t := range targets {
		rules[i] = groupRule{name: name + t.suffix, args: vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId: b.id(g), IpProtocol: pulumi.String("tcp"), FromPort: pulumi.Int(port), ToPort: pulumi.Int(port),
			Description: pulumi.String(fmt.Sprintf("from %s to %s, tcp %d", b.source.name, b.destination.name, port)),
			CidrIpv4:    t.cidrIpv4, CidrIpv6: t.cidrIpv6, PrefixListId: t.prefixList, ReferencedSecurityGroupId: t.group,
			Tags: b.labels(g).Tags(name + t.suffix),
		}}
	}
	return rules
}

// name is the name of the rules for a port.
func (b *connectionBuilder) name(port Port) string {
	return fmt.Sprintf("%s-to-%s-%d", b.source.name, b.destination.name, port)
}

// labels are those of the group, or of the source if the group has none of its own.
func (b *connectionBuilder) labels(g *group) tagging.Labels {
	if source := b.source.group; !g.owned && source != nil {
		return source.labels
	}
	return g.labels
}

// id is the id of a group, or an error if source and destination turn out to be in different VPCs.
func (b *connectionBuilder) id(g *group) pulumi.StringOutput {
	from, to := b.source.vpc, b.destination.vpc
	if from == nil || to == nil {
		return g.id
	}
	if _, known := from.compare(to); known {
		return g.id
	}
	return pulumi.All(g.id, from.id, to.id).ApplyT(func(values []any) (string, error) {
		if from, to := values[1].(string), values[2].(string); from != to {
			return "", b.err(validate.Problems{b.otherVPC(from + " and " + to)})
		}
		return values[0].(string), nil
	}).(pulumi.StringOutput)
}

// target is the other endpoint of a connection, as one rule names it.
type target struct {
	suffix                                string
	cidrIpv4, cidrIpv6, prefixList, group pulumi.StringPtrInput
}

// urnSafe replaces the colons of address blocks, which have a meaning in URNs, and their slashes.
var urnSafe = strings.NewReplacer(":", "-", "/", "_")

// targets are what the rules of the other endpoint name, to let this one through.
func (e connectionEndpoint) targets(other connectionEndpoint) []target {
	switch {
	case e.group != nil:
		return []target{{group: e.group.id.ToStringPtrOutput()}}
	case e.prefixList != nil:
		return []target{{prefixList: e.prefixList.ToStringOutput().ToStringPtrOutput()}}
	case e.internet:
		everybody := []target{{cidrIpv4: pulumi.String(anywhere)}}
		if other.network != nil && other.network.Ipv6 {
			everybody = append(everybody, target{suffix: "-ipv6", cidrIpv6: pulumi.String(anywhereV6)})
		}
		return everybody
	}
	list := make([]target, len(e.blocks))
	for i, block := range e.blocks {
		list[i].suffix = "-" + urnSafe.Replace(block)
		if netip.MustParsePrefix(block).Addr().Is6() {
			list[i].cidrIpv6 = pulumi.String(block)
		} else {
			list[i].cidrIpv4 = pulumi.String(block)
		}
	}
	return list
}
