package netplan

import (
	"fmt"
	"math"
	"strings"
)

// Prices are list prices of one region in US dollars, without taxes and discounts.
type Prices struct {
	Region string
	// NATHour is for one NAT gateway, NATGB for every gigabyte through it.
	NATHour, NATGB float64
	// EndpointHour is for one interface endpoint in one zone, EndpointGB for every gigabyte through it.
	EndpointHour, EndpointGB float64
	// AddressHour is for one public IPv4 address, in use or not.
	AddressHour float64
}

const (
	// PricesOn is the day on which the prices were list prices.
	PricesOn = "2026-09-25"
	// PricesRegion is the region whose prices stand in for regions that have none here.
	PricesRegion = "us-east-1"
	// HoursPerMonth is what AWS's own calculator uses.
	HoursPerMonth = 730
)

// prices are from AWS's public price list, services AmazonEC2 (usage types NatGateway-Hours, NatGateway-Bytes) and
// AmazonVPC (VpcEndpoint-Hours, VpcEndpoint-Bytes, PublicIPv4:InUseAddress), which the pages below show:
// https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/us-east-1/index.json,
// https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonVPC/current/us-east-1/index.json,
// https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/privatelink/pricing/
var prices = []Prices{
	{Region: "us-east-1", NATHour: 0.045, NATGB: 0.045, EndpointHour: 0.01, EndpointGB: 0.01, AddressHour: 0.005},
	{Region: "eu-west-1", NATHour: 0.048, NATGB: 0.048, EndpointHour: 0.011, EndpointGB: 0.01, AddressHour: 0.005},
}

// PricesOf are the prices of a region, or those of PricesRegion where there are none of that region.
func PricesOf(region string) Prices {
	var standIn Prices
	for _, p := range prices {
		if p.Region == region {
			return p
		}
		if p.Region == PricesRegion {
			standIn = p
		}
	}
	return standIn
}

// Egress is how a VPC's workloads reach AWS's services and the internet.
type Egress string

// The choices.
const (
	EndpointsOnly          Egress = "endpointsOnly"
	NATSingle              Egress = "natSingle"
	NATPerZone             Egress = "natPerZone"
	NATSingleAndEndpoints  Egress = "natSingleAndEndpoints"
	NATPerZoneAndEndpoints Egress = "natPerZoneAndEndpoints"
	PublicAddresses        Egress = "publicAddresses"
)

// Egresses are all choices.
func Egresses() []Egress {
	return []Egress{EndpointsOnly, NATSingle, NATPerZone, NATSingleAndEndpoints, NATPerZoneAndEndpoints, PublicAddresses}
}

// NATGateways is how many NAT gateways the choice makes in so many zones.
func (e Egress) NATGateways(zones int) int {
	switch e {
	case NATSingle, NATSingleAndEndpoints:
		return min(1, zones)
	case NATPerZone, NATPerZoneAndEndpoints:
		return zones
	default:
		return 0
	}
}

// HasEndpoints says whether the choice makes interface endpoints.
func (e Egress) HasEndpoints() bool {
	return e == EndpointsOnly || e == NATSingleAndEndpoints || e == NATPerZoneAndEndpoints
}

// HasInternet says whether workloads can reach the internet.
func (e Egress) HasInternet() bool { return e != EndpointsOnly }

// Estimate is what a choice costs a month.
type Estimate struct {
	// Region is the one in question; Prices say whose prices were taken.
	Region string
	Prices Prices
	// NATGateways have a public address each. EndpointZones counts interface endpoints, once for each zone.
	NATGateways, EndpointZones int
	// PerAddress is what each public address of a workload costs a month; 0 where they have none.
	PerAddress float64
	// Monthly is the fixed price in US dollars, to the cent: hours, no data, no taxes, no addresses of workloads.
	Monthly float64
}

// MonthlyEstimate is what a choice costs a month in so many zones, with so many interface endpoints. Choices without
// endpoints ignore their number. S3 gateway endpoints, internet gateways, IPv6 and everything else in a VPC are free.
func MonthlyEstimate(region string, egress Egress, zones, endpoints int) Estimate {
	p := PricesOf(region)
	e := Estimate{Region: region, Prices: p, NATGateways: egress.NATGateways(zones)}
	if egress.HasEndpoints() {
		e.EndpointZones = endpoints * zones
	}
	if egress == PublicAddresses {
		e.PerAddress = monthly(p.AddressHour)
	}
	e.Monthly = monthly(float64(e.NATGateways)*(p.NATHour+p.AddressHour) + float64(e.EndpointZones)*p.EndpointHour)
	return e
}

func monthly(hour float64) float64 { return math.Round(hour*HoursPerMonth*100) / 100 }

// String is the estimate in one sentence.
func (e Estimate) String() string {
	p := e.Prices
	var fixed, data []string
	if n := e.NATGateways; n > 0 {
		fixed = append(fixed, fmt.Sprintf("%s with a public address $%.2f", count(n, "NAT gateway"),
			monthly(float64(n)*(p.NATHour+p.AddressHour))))
		data = append(data, fmt.Sprintf("$%g per GB through NAT", p.NATGB))
	}
	if n := e.EndpointZones; n > 0 {
		fixed = append(fixed, fmt.Sprintf("%s by zone $%.2f", count(n, "interface endpoint"),
			monthly(float64(n)*p.EndpointHour)))
		data = append(data, fmt.Sprintf("$%g per GB through endpoints", p.EndpointGB))
	}
	if e.PerAddress > 0 {
		data = append(data, fmt.Sprintf("$%.2f for each public address of a workload", e.PerAddress))
	}
	text := fmt.Sprintf("the network's ways out cost $%.2f a month", e.Monthly)
	if len(fixed) > 0 {
		text += " (" + strings.Join(fixed, ", ") + ")"
	}
	if len(data) > 0 {
		text += ", besides " + strings.Join(data, " and ")
	}
	text += fmt.Sprintf("; list prices of %s on %s", p.Region, PricesOn)
	if p.Region != e.Region {
		text += ", those of " + e.Region + " differ"
	}
	return text + ", without data transfer and taxes"
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
