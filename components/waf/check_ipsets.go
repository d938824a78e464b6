package waf

import (
	"fmt"
	"net/netip"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// mostAddresses is how many an IP set holds.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
const mostAddresses = 10_000

func (a *WebAclArgs) checkIPSets() validate.Problems {
	blocked, ps := a.Block.check("block")
	allowed, problems := a.Allow.check("allow")
	ps.Add(problems...)

	within := map[netip.Prefix]bool{}
	for _, block := range blocked {
		within[block] = true
	}
	for i, block := range allowed {
		for bits := range block.Bits() + 1 {
			if wider, err := block.Addr().Prefix(bits); err == nil && within[wider] {
				ps.Add(validate.Conflict(validate.Path("allow.addresses").Index(i), a.Allow.Addresses[i],
					"addresses outside of "+wider.String()+", which is blocked before allow is looked at",
					"remove it from one of the two").By("waf-address-blocked"))
				break
			}
		}
	}
	return ps
}

// check also returns the blocks by their places, invalid ones as the zero value.
// Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html
func (s *IPSet) check(path validate.Path) ([]netip.Prefix, validate.Problems) {
	if s == nil {
		return nil, nil
	}
	at := path.Field("addresses")
	blocks, ps := validate.CIDRs(at, s.Addresses)
	if len(s.Addresses) == 0 {
		ps.Add(validate.Required(at, "blocks of addresses in CIDR notation, such as 203.0.113.0/24",
			"list them, or remove "+string(path)).By("waf-address"))
	}
	for i, block := range blocks {
		if block.IsValid() && block.Bits() == 0 {
			ps.Add(validate.Invalid(at.Index(i), s.Addresses[i], "a prefix of at least 1: WAF knows no /0",
				"use rules of your own for what applies to everybody").By("waf-address"))
		}
	}
	for _, ipv6 := range []bool{false, true} {
		if n := len(s.addresses(ipv6)); n > mostAddresses {
			ps.Add(validate.Invalid(at, fmt.Sprintf("%d blocks of one IP version", n),
				"at most 10,000 IPv4 and 10,000 IPv6 blocks", "merge neighbours into larger blocks").By("waf-address"))
		}
	}
	ps.Add(validate.Enum(path.Field("mode"), s.Mode)...)
	return blocks, ps
}
