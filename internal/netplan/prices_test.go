package netplan_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/netplan"
)

func TestMonthlyEstimate(t *testing.T) {
	for _, c := range []struct {
		region           string
		egress           netplan.Egress
		zones, endpoints int
		want             float64
	}{
		// By hand: (0.045+0.005)*730, (0.048+0.005)*730, 0.01*730, 0.011*730.
		{"us-east-1", netplan.NATSingle, 2, 5, 36.50},
		{"us-east-1", netplan.NATSingle, 3, 5, 36.50},
		{"us-east-1", netplan.NATPerZone, 2, 0, 73.00},
		{"us-east-1", netplan.NATPerZone, 3, 0, 109.50},
		{"us-east-1", netplan.EndpointsOnly, 2, 5, 73.00},
		{"us-east-1", netplan.EndpointsOnly, 3, 5, 109.50},
		{"us-east-1", netplan.EndpointsOnly, 3, 0, 0},
		{"us-east-1", netplan.NATSingleAndEndpoints, 2, 5, 109.50},
		{"us-east-1", netplan.NATPerZoneAndEndpoints, 3, 5, 219.00},
		{"us-east-1", netplan.PublicAddresses, 3, 5, 0},
		{"eu-west-1", netplan.NATSingle, 2, 0, 38.69},
		{"eu-west-1", netplan.NATPerZone, 3, 0, 116.07},
		{"eu-west-1", netplan.EndpointsOnly, 2, 4, 64.24},
		{"eu-west-1", netplan.NATPerZoneAndEndpoints, 2, 4, 141.62},
		{"ap-southeast-2", netplan.NATSingle, 2, 0, 36.50},
	} {
		got := netplan.MonthlyEstimate(c.region, c.egress, c.zones, c.endpoints)
		assert.InDelta(t, c.want, got.Monthly, 0.001, "%+v", c)
	}
}

func TestTheEstimateSaysWhatItIncludes(t *testing.T) {
	for _, c := range []struct {
		region string
		egress netplan.Egress
		want   string
	}{
		{
			"eu-west-1", netplan.NATPerZoneAndEndpoints,
			"the network's ways out cost $141.62 a month (2 NAT gateways with a public address $77.38, 8 interface endpoints " +
				"by zone $64.24), besides $0.048 per GB through NAT and $0.01 per GB through endpoints; " +
				"list prices of eu-west-1 on 2026-09-25, without data transfer and taxes",
		},
		{
			"us-east-1", netplan.PublicAddresses,
			"the network's ways out cost $0.00 a month, besides $3.65 for each public address of a workload; " +
				"list prices of us-east-1 on 2026-09-25, without data transfer and taxes",
		},
		{
			"sa-east-1", netplan.NATSingle,
			"the network's ways out cost $36.50 a month (1 NAT gateway with a public address $36.50), " +
				"besides $0.045 per GB through NAT; list prices of us-east-1 on 2026-09-25, those of sa-east-1 differ, " +
				"without data transfer and taxes",
		},
	} {
		assert.Equal(t, c.want, netplan.MonthlyEstimate(c.region, c.egress, 2, 4).String())
	}
}

func TestEveryChoiceIsOneOrTheOther(t *testing.T) {
	for _, e := range netplan.Egresses() {
		assert.Equal(t, e.NATGateways(3) > 0 || e == netplan.PublicAddresses, e.HasInternet(), e)
		assert.True(t, e.NATGateways(3) > 0 || e.HasEndpoints() || e == netplan.PublicAddresses, "%s has no way to AWS", e)
	}
}
