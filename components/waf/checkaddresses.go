package waf

import (
	"fmt"
	"net/netip"

	"github.com/bulwark-iac/bulwark/components/waf/internal/value"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// mostAddresses is how many an IP set holds.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
const mostAddresses = 10_000

func (a *WebAclArgs) checkAddresses() validate.Problems {
	var ps validate.Problems
	ps.Add(a.Deny.check("deny")...)
	ps.Add(a.Allow.check("allow")...)
	if a.Deny == nil || a.Allow == nil {
		return ps
	}
	denied := map[netip.Prefix]bool{}
	for _, text := range a.Deny.Addresses {
		if p, err := netip.ParsePrefix(text); err == nil {
			denied[p] = true
		}
	}
	for i, text := range a.Allow.Addresses {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			continue
		}
		for bits := range p.Bits() + 1 {
			if wider, err := p.Addr().Prefix(bits); err == nil && denied[wider] {
				ps.Add(validate.Conflict(validate.Path("allow.addresses").Index(i), text, "a network outside of "+wider.String()+", which deny keeps out before", "remove it from one of the two").By("waf-address-denied"))
				break
			}
		}
	}
	return ps
}

func (l *AddressList) check(field validate.Path) validate.Problems {
	if l == nil {
		return nil
	}
	var ps validate.Problems
	at := field.Field("addresses")
	if len(l.Addresses) == 0 {
		ps.Add(validate.Required(at, "networks in CIDR notation, such as 203.0.113.0/24", "list them, or remove "+string(field)).By("waf-address"))
	}
	seen := map[netip.Prefix]int{}
	for i, text := range l.Addresses {
		p, problems := value.Address(at.Index(i), text)
		ps.Add(problems...)
		if len(problems) > 0 {
			continue
		}
		if first, ok := seen[p]; ok {
			ps.Add(validate.Conflict(at.Index(i), text, fmt.Sprintf("a network that is not %s already", at.Index(first)), "remove one of the two").By("waf-address"))
		}
		seen[p] = i
	}
	for _, v6 := range []bool{false, true} {
		if n := len(l.family(v6)); n > mostAddresses {
			ps.Add(validate.Invalid(at, fmt.Sprintf("%d networks of one kind", n), "at most 10,000 IPv4 and 10,000 IPv6 networks", "merge networks").By("waf-address"))
		}
	}
	ps.Add(validate.Enum(field.Field("mode"), l.Mode)...)
	return ps
}

// family are the networks of one kind, as AWS gives them back. Malformed ones are left out.
func (l *AddressList) family(v6 bool) []string {
	if l == nil {
		return nil
	}
	var out []string
	for _, text := range l.Addresses {
		if p, err := netip.ParsePrefix(text); err == nil && p.Addr().Is6() == v6 {
			out = append(out, value.AsAWSWrites(p))
		}
	}
	return out
}
