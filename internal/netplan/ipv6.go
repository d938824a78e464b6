package netplan

import (
	"fmt"
	"net/netip"
)

// IPv6 is the /64 with that number in the /56 that AWS gave a VPC.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
func IPv6(vpc string, number int) (string, error) {
	block, err := netip.ParsePrefix(vpc)
	if err != nil || !block.Addr().Is6() || block.Bits() != 56 || number < 0 || number > 255 {
		return "", fmt.Errorf("IPv6 subnet %d of %q: expected the IPv6 block of a VPC, a /56, and a number of 0 to 255",
			number, vpc)
	}
	b := block.Masked().Addr().As16()
	b[7] = byte(number)
	return netip.PrefixFrom(netip.AddrFrom16(b), 64).String(), nil
}
