package validate

import (
	"fmt"
	"net/netip"
)

// CIDR checks a block of addresses in CIDR notation, IPv4 or IPv6. The prefix is valid only without problems.
func CIDR(path Path, text string) (netip.Prefix, Problems) {
	form := func(fix string) (netip.Prefix, Problems) {
		return netip.Prefix{}, Problems{Invalid(path, text, "a block of addresses in CIDR notation, such as 203.0.113.0/24 or 2001:db8::/32", fix).By("cidr-form")}
	}
	block, err := netip.ParsePrefix(text)
	if err != nil {
		if address, err := netip.ParseAddr(text); err == nil && address.Zone() == "" && !address.Is4In6() {
			return form(fmt.Sprintf("write %s/%d for a single address", text, address.BitLen()))
		}
		return form("write the address, a slash and the length of the prefix")
	}
	switch {
	case block.Addr().Is4In6():
		return form("write IPv4 without ::ffff:")
	case block != block.Masked():
		return netip.Prefix{}, Problems{Invalid(path, text, "the first address of the block", "write "+block.Masked().String()).By("cidr-host-bits")}
	}
	return block, nil
}

// CIDRs checks a list of blocks, none of which may be there twice, however it is written.
func CIDRs(path Path, texts []string) ([]netip.Prefix, Problems) {
	var ps Problems
	blocks := make([]netip.Prefix, len(texts))
	seen := map[netip.Prefix]bool{}
	for i, text := range texts {
		block, problems := CIDR(path.Index(i), text)
		ps.Add(problems...)
		if len(problems) > 0 {
			continue
		}
		if seen[block] {
			ps.Add(Duplicate(path.Index(i), text))
		}
		seen[block], blocks[i] = true, block
	}
	return blocks, ps
}

// LargeCIDR says whether a block is a large part of the internet rather than somebody's network: shorter than /8 for
// IPv4, than /20 for IPv6.
func LargeCIDR(block netip.Prefix) bool {
	if block.Addr().Is6() {
		return block.Bits() < 20
	}
	return block.Bits() < 8
}
