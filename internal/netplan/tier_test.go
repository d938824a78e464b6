package netplan_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/netplan"
)

// The addresses that deployed VPCs have. A change of one of them would replace subnets with everything in them.
func TestSlotsNeverMove(t *testing.T) {
	for block, want := range map[string]map[string]string{
		"10.0.0.0/16": {
			"private a": "10.0.0.0/20", "private b": "10.0.16.0/20", "private f": "10.0.80.0/20", "private h": "10.0.112.0/20",
			"public a": "10.0.128.0/22", "public b": "10.0.132.0/22", "public h": "10.0.156.0/22",
			"isolated a": "10.0.160.0/22", "isolated h": "10.0.188.0/22",
		},
		"10.7.240.0/20": {
			"private a": "10.7.240.0/24", "private h": "10.7.247.0/24",
			"public a": "10.7.248.0/26", "public h": "10.7.249.192/26",
			"isolated a": "10.7.250.0/26", "isolated h": "10.7.251.192/26",
		},
	} {
		got := map[string]string{}
		for _, s := range netplan.Subnets(netip.MustParsePrefix(block), netplan.Tiers(), netplan.Zones()) {
			got[string(s.Tier)+" "+s.Zone] = s.CIDR.String()
		}
		assert.Len(t, got, 24)
		for slot, cidr := range want {
			assert.Equal(t, cidr, got[slot], "%s of %s", slot, block)
		}
	}
}

func TestIPv6NumbersNeverMove(t *testing.T) {
	numbers := map[string]int{}
	for _, s := range netplan.Subnets(netip.MustParsePrefix("10.0.0.0/16"), netplan.Tiers(), netplan.Zones()) {
		numbers[string(s.Tier)+" "+s.Zone] = s.IPv6
	}
	assert.Equal(t, 0, numbers["public a"])
	assert.Equal(t, 7, numbers["public h"])
	assert.Equal(t, 8, numbers["private a"])
	assert.Equal(t, 18, numbers["isolated c"])
}

func TestWhatHasNoSlotIsLeftOut(t *testing.T) {
	assert.Empty(t, netplan.Subnets(netip.MustParsePrefix("10.0.0.0/16"), []netplan.Tier{"dmz"}, []string{"a"}))
	assert.Len(t, netplan.Subnets(netip.MustParsePrefix("10.0.0.0/16"), netplan.Tiers(), []string{"a", "i", "A", ""}), 3)
}

// FuzzSubnetsAreAdditive draws a block and two sets of tiers and zones, the second of which includes the first.
func FuzzSubnetsAreAdditive(f *testing.F) {
	f.Add(byte(10), byte(0), byte(0), byte(16), byte(0b011), byte(0b011), byte(0b111), byte(0b111))
	f.Add(byte(192), byte(168), byte(0), byte(20), byte(0b001), byte(0b1), byte(0b101), byte(0b10000001))
	f.Fuzz(func(t *testing.T, b1, b2, b3, length, tiers, zones, moreTiers, moreZones byte) {
		vpc := netip.PrefixFrom(netip.AddrFrom4([4]byte{b1, b2, b3, 0}), 16+int(length)%5).Masked()
		before := netplan.Subnets(vpc, pick(netplan.Tiers(), tiers), pick(netplan.Zones(), zones))
		after := netplan.Subnets(vpc, pick(netplan.Tiers(), tiers|moreTiers), pick(netplan.Zones(), zones|moreZones))

		for _, s := range before {
			require.Contains(t, after, s, "an addition moved a subnet")
		}
		for i, s := range after {
			require.True(t, vpc.Contains(s.CIDR.Addr()) && s.CIDR.Bits() > vpc.Bits(), "%s outside of %s", s.CIDR, vpc)
			require.Equal(t, s.CIDR.Masked(), s.CIDR)
			require.LessOrEqual(t, s.CIDR.Bits(), 28, "AWS makes no smaller subnet")
			require.GreaterOrEqual(t, s.CIDR.Bits(), 16, "AWS makes no larger subnet")
			for _, other := range after[:i] {
				require.False(t, s.CIDR.Overlaps(other.CIDR), "%v and %v overlap", s, other)
				require.NotEqual(t, s.IPv6, other.IPv6, "%v and %v overlap in IPv6", s, other)
			}
		}
	})
}

// pick takes the elements whose bit is set.
func pick[T comparable](from []T, bits byte) []T {
	return slices.DeleteFunc(slices.Clone(from), func(e T) bool { return bits&(1<<slices.Index(from, e)) == 0 })
}

func TestIPv6(t *testing.T) {
	cidr, err := netplan.IPv6("2a05:d018:1234:5600::/56", 18)
	require.NoError(t, err)
	assert.Equal(t, "2a05:d018:1234:5612::/64", cidr)

	for _, bad := range []struct {
		vpc    string
		number int
	}{
		{"2a05:d018::/48", 0}, {"10.0.0.0/16", 0}, {"", 0}, {"2a05:d018:1234:5600::/56", 256},
		{"2a05:d018:1234:5600::/56", -1},
	} {
		_, err := netplan.IPv6(bad.vpc, bad.number)
		assert.ErrorContains(t, err, "expected the IPv6 block of a VPC", "%v", bad)
	}
}
