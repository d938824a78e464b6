package netplan_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// found is "path: rule" of each problem.
func found(problems validate.Problems) []string {
	var out []string
	for _, p := range problems {
		out = append(out, string(p.Path)+": "+p.Rule)
	}
	return out
}

func TestParseVPC(t *testing.T) {
	for text, rule := range map[string]string{
		"10.0.0.0/16": "", "10.255.240.0/20": "", "172.31.0.0/16": "", "192.168.0.0/18": "", "100.64.0.0/16": "",
		"": "cidr-form", "10.0.0.0": "cidr-form", "10.0.0/16": "cidr-form", "10.0.0.0/33": "cidr-form",
		"fd00::/16": "cidr-form", "::ffff:10.0.0.0/112": "cidr-form",
		"10.0.0.0/15": "vpc-size", "10.0.0.0/21": "vpc-size", "10.0.0.0/28": "vpc-size", "0.0.0.0/0": "vpc-size",
		"10.0.1.0/16": "cidr-host-bits", "8.8.0.0/16": "vpc-private", "172.32.0.0/16": "vpc-private",
		"172.17.0.0/16": "vpc-docker", "172.17.16.0/20": "vpc-docker",
	} {
		block, problems := netplan.ParseVPC("cidr", text)
		if rule == "" {
			assert.Empty(t, problems, text)
			assert.Equal(t, text, block.String())
			continue
		}
		assert.Equal(t, []string{"cidr: " + rule}, found(problems), text)
		assert.False(t, block.IsValid(), text)
	}
}

func TestTheMessageOfASmallVPC(t *testing.T) {
	_, problems := netplan.ParseVPC("cidr", "10.9.8.0/24")
	require.Len(t, problems, 1)
	assert.Equal(t, `cidr: "10.9.8.0/24": expected a block of /16 to /20: this one is too small for a subnet in each `+
		`tier and zone; fix: use 10.9.0.0/20 or a larger block`, problems[0].String())
}

func TestCheckPeers(t *testing.T) {
	vpc := netip.MustParsePrefix("10.1.0.0/16")
	for name, c := range map[string]struct {
		peers []string
		want  []string
	}{
		"none":        {},
		"neighbours":  {peers: []string{"10.0.0.0/16", "10.2.0.0/15", "192.168.7.0/24", "fd00:1::/32"}},
		"the same":    {peers: []string{"10.1.0.0/16"}, want: []string{"peers[0]: peer-overlap"}},
		"inside":      {peers: []string{"10.2.0.0/16", "10.1.99.0/24"}, want: []string{"peers[1]: peer-overlap"}},
		"around":      {peers: []string{"10.0.0.0/8"}, want: []string{"peers[0]: peer-overlap"}},
		"one another": {peers: []string{"10.2.0.0/16", "10.2.3.0/24"}, want: []string{"peers[1]: peer-overlap"}},
		"malformed, all": {
			peers: []string{"office", "10.2.0.1/16", "::ffff:10.0.0.0/112"},
			want:  []string{"peers[0]: cidr-form", "peers[1]: cidr-host-bits", "peers[2]: cidr-form"},
		},
		"VPC and each other": {
			peers: []string{"10.0.0.0/8", "10.0.0.0/8"},
			want:  []string{"peers[0]: peer-overlap", "peers[1]: peer-overlap", "peers[1]: peer-overlap"},
		},
	} {
		assert.Equal(t, c.want, found(netplan.CheckPeers("peers", vpc, c.peers)), name)
	}
	problems := netplan.CheckPeers("peers", netip.Prefix{}, []string{"10.0.0.0/8"})
	assert.Empty(t, problems, "an invalid VPC is a problem by itself")
}

func TestCheckZones(t *testing.T) {
	for name, c := range map[string]struct {
		zones []string
		want  []string
	}{
		"two":     {zones: []string{"a", "c"}},
		"all":     {zones: netplan.Zones()},
		"one":     {zones: []string{"a"}, want: []string{"zones: zone-count"}},
		"none":    {want: []string{"zones: zone-count"}},
		"a ninth": {zones: append(netplan.Zones(), "i"), want: []string{"zones[8]: zone-slot"}},
		"names, twice": {zones: []string{"eu-west-1a", "a", "A", "", "a", "ab"}, want: []string{
			"zones[0]: zone-slot", "zones[2]: zone-slot", "zones[3]: zone-slot", "zones[4]: duplicate", "zones[5]: zone-slot",
		}},
		"the same only": {zones: []string{"b", "b"}, want: []string{"zones[1]: duplicate"}},
	} {
		assert.Equal(t, c.want, found(netplan.CheckZones("zones", c.zones)), name)
	}
}

func TestCheckRegion(t *testing.T) {
	tokyo := []string{"ap-northeast-1d", "ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1-tpe-1a"}
	assert.Empty(t, netplan.CheckRegion("zones", "ap-northeast-1", []string{"a", "c", "d"}, tokyo))

	problems := netplan.CheckRegion("zones", "ap-northeast-1", []string{"a", "b", "e", "x"}, tokyo)
	assert.Equal(t, []string{"zones[1]: zone-region", "zones[2]: zone-region"}, found(problems), "x is left to CheckZones")
	assert.Equal(t, `zones[1]: "b": expected a zone that ap-northeast-1 has for this account: a, c, d; `+
		`fix: choose among them`, problems[0].String())
}

func TestIsPrivate(t *testing.T) {
	for text, want := range map[string]bool{
		"10.0.0.0/8": true, "172.16.0.0/12": true, "192.168.1.1/32": true, "100.64.0.0/10": true,
		"fd00::/8": true, "fe80::/10": true,
		"0.0.0.0/0": false, "8.0.0.0/7": false, "172.0.0.0/8": false, "203.0.113.0/24": false,
		"::/0": false, "2001:db8::/32": false, "fc00::/6": false,
	} {
		assert.Equal(t, want, netplan.IsPrivate(netip.MustParsePrefix(text)), text)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"10.0.0.0/16", "10.0.0.1/16", "fd00::/8", "x", "1.2.3.4/-1", "::ffff:1.2.3.4/100", "fe80::1%eth0/64",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if block, problems := netplan.ParseVPC("cidr", text); len(problems) == 0 {
			require.True(t, netplan.IsPrivate(block))
			require.Len(t, netplan.Subnets(block, netplan.Tiers(), netplan.Zones()), 24)
			require.NotEmpty(t, netplan.CheckPeers("peers", block, []string{text}), "it overlaps with itself")
		}
	})
}
