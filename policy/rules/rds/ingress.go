package rds

import (
	"net/netip"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/openings"
)

// ingress checks who is let in to the port of a database by one of its security groups.
type ingress struct {
	stack     *rule.Stack
	findings  *rule.Findings
	db, group *rule.Resource
}

func (i *ingress) check() { openings.OfGroup(i.stack, i.findings, i.group, openings.In, i.opening) }

func (i *ingress) opening(o openings.Opening) {
	for _, cidr := range o.Blocks {
		text := cidr.Text()
		if text == "" {
			continue
		}
		block, err := netip.ParsePrefix(text)
		switch {
		case err != nil:
			i.findings.Fail(cidr, "%s: expected a CIDR block", cidr)
		case i.tooWide(block) && i.reached(o):
			i.findings.Fail(cidr, "%s reaches the port of %s: expected a security group, or a private network no wider than the VPC", cidr, i.db)
		}
	}
}

// reached tells whether the rule is about the database's port.
func (i *ingress) reached(o openings.Opening) bool {
	return o.Reaches(i.db.Get("port").IntOr(defaultPort(i.db.Get("engine").Text())), openings.TCP)
}

// Widest networks that a VPC can be, by bits: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
const (
	widestIPv4 = 16
	widestIPv6 = 44
)

// tooWide tells whether a block is neither in the group's VPC nor a private network of at most its size.
func (i *ingress) tooWide(block netip.Prefix) bool {
	widest := widestIPv4
	if block.Addr().Is6() {
		widest = widestIPv6
	}
	var own []netip.Prefix
	for _, v := range i.stack.Referred(i.group, "vpcId", vpc) {
		own = append(own, i.blocks(v, block.Addr().Is6())...)
	}
	for n, b := range own {
		if b.Contains(block.Addr()) && b.Bits() <= block.Bits() {
			return false
		}
		if n == 0 || b.Bits() < widest {
			widest = b.Bits()
		}
	}
	return !block.Addr().IsPrivate() || block.Bits() < widest
}

// blocks are a VPC's own networks.
func (i *ingress) blocks(v *rule.Resource, ipv6 bool) []netip.Prefix {
	var texts []string
	if ipv6 {
		texts = append(texts, v.Get("ipv6CidrBlock").Text())
	} else {
		texts = append(texts, v.Get("cidrBlock").Text())
		for _, more := range i.stack.Referrers(v, "vpcId", cidrAssociation) {
			texts = append(texts, more.Get("cidrBlock").Text())
		}
	}
	var blocks []netip.Prefix
	for _, text := range texts {
		if block, err := netip.ParsePrefix(text); err == nil {
			blocks = append(blocks, block)
		}
	}
	return blocks
}
