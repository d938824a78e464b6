package network

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
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
		made, err := vpc.NewSecurityGroupIngressRule(b.ctx, r.name, &r.args, r.options(g)...)
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
		made, err := vpc.NewSecurityGroupEgressRule(b.ctx, r.name, &args, r.options(g)...)
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
	// former is the name that the rule had while names came from the labels of peers.
	former string
	args   vpc.SecurityGroupIngressRuleArgs
}

// options of the rule: it keeps its place in stacks that know it under its former name.
func (r groupRule) options(g *group) []pulumi.ResourceOption {
	opts := []pulumi.ResourceOption{pulumi.Parent(g.parent)}
	if r.former != r.name {
		opts = append(opts, pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String(r.former)}}))
	}
	return opts
}

// rules are the rules of a group for one port, one for each target.
func (b *connectionBuilder) rules(g *group, targets []target, port Port) []groupRule {
	rules := make([]groupRule, len(targets))
	for i, t := range targets {
		name := b.name(t, port)
		g.connections[name] = true
		rules[i] = groupRule{name: name, former: b.label(port) + t.suffix, args: vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId: b.id(g), IpProtocol: pulumi.String("tcp"), FromPort: pulumi.Int(port), ToPort: pulumi.Int(port),
			Description: pulumi.String(fmt.Sprintf("from %s to %s, tcp %d", b.source.name, b.destination.name, port)),
			CidrIpv4:    t.cidrIpv4, CidrIpv6: t.cidrIpv6, PrefixListId: t.prefixList, ReferencedSecurityGroupId: t.group,
			Tags: b.labels(g).Tags(b.label(port) + t.suffix),
		}}
	}
	return rules
}

// name is the name of a rule. AWS tells the rules of a group apart by port and content, so the addresses themselves
// stand in it and not what the program calls them: whoever renames an office must not ask AWS for the same rule twice.
func (b *connectionBuilder) name(t target, port Port) string {
	source, destination := b.source.name, b.destination.name
	switch {
	case t.content != "" && b.source.group == nil:
		source = t.content
	case t.content != "":
		destination = t.content
	default:
		return b.label(port) + t.suffix
	}
	return fmt.Sprintf("%s-to-%s-%d", source, destination, port)
}

// label is what the program calls a connection.
func (b *connectionBuilder) label(port Port) string {
	return fmt.Sprintf("%s-to-%s-%d", b.source.name, b.destination.name, port)
}

// taken are the rules for a port that a group has already.
func (b *connectionBuilder) taken(port Port) []string {
	var taken []string
	for _, side := range []struct{ own, other connectionEndpoint }{
		{b.source, b.destination}, {b.destination, b.source},
	} {
		if side.own.group == nil {
			continue
		}
		for _, t := range side.other.targets(side.own) {
			if name := b.name(t, port); side.own.group.connections[name] && !slices.Contains(taken, name) {
				taken = append(taken, name)
			}
		}
	}
	return taken
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
	// suffix ends the labels of the rules of a peer that has several.
	suffix string
	// content is what AWS tells the rule apart by, where that is something else than a resource of the program.
	content                               string
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
		id, _ := component.Literal(e.prefixList)
		return []target{{content: id, prefixList: e.prefixList.ToStringOutput().ToStringPtrOutput()}}
	case e.internet:
		everybody := []target{{cidrIpv4: pulumi.String(anywhere)}}
		if other.network != nil && other.network.Ipv6 {
			everybody = append(everybody, target{suffix: "-ipv6", cidrIpv6: pulumi.String(anywhereV6)})
		}
		return everybody
	}
	list := make([]target, len(e.blocks))
	for i, block := range e.blocks {
		prefix := netip.MustParsePrefix(block)
		list[i].content = urnSafe.Replace(prefix.String())
		list[i].suffix = "-" + urnSafe.Replace(block)
		if prefix.Addr().Is6() {
			list[i].cidrIpv6 = pulumi.String(block)
		} else {
			list[i].cidrIpv4 = pulumi.String(block)
		}
	}
	return list
}
