package value

import (
	"fmt"
	"net/netip"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Address judges a network as WAF takes it: CIDR notation, no bits behind the prefix, no /0.
// Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html
func Address(field validate.Path, text string) (netip.Prefix, validate.Problems) {
	invalid := func(expected, fix string) validate.Problems {
		return validate.Problems{validate.Invalid(field, text, expected, fix).By("waf-address")}
	}
	const form = "a network in CIDR notation, such as 203.0.113.0/24 or 2001:db8::/32"
	p, err := netip.ParsePrefix(text)
	if err != nil {
		if addr, err := netip.ParseAddr(text); err == nil && addr.Zone() == "" {
			return p, invalid(form, fmt.Sprintf("write %s/%d for a single address", text, addr.BitLen()))
		}
		return p, invalid(form, "write address, slash and the length of the prefix")
	}
	switch {
	case p.Addr().Is4In6():
		return p, invalid("an IPv4 network in its own notation", "write it without ::ffff:")
	case p.Bits() == 0:
		return p, invalid("a prefix of at least 1: WAF knows no /0", "use rules of your own for what shall hold for everybody")
	case p != p.Masked():
		return p, invalid("the first address of the network", "write "+p.Masked().String())
	}
	return p, nil
}

// AsAWSWrites is a network as AWS gives it back: IPv6 with all of its digits.
func AsAWSWrites(p netip.Prefix) string {
	if p.Addr().Is4() {
		return p.String()
	}
	return fmt.Sprintf("%s/%d", p.Addr().StringExpanded(), p.Bits())
}
