// Package netplan lays out the addresses of a VPC, and says what its ways out cost. It knows neither Pulumi nor AWS's
// API: it turns a block, tiers and zone letters into subnets, and a choice into a price.
//
//	vpc, problems := netplan.ParseVPC("cidr", "10.0.0.0/16")
//	for _, s := range netplan.Subnets(vpc, netplan.Tiers(), []string{"a", "b"}) {
//		fmt.Println(s.Tier, s.Zone, s.CIDR) // private a 10.0.0.0/20, ...
//	}
//
// # Slots
//
// The block of a VPC is cut into fixed slots, one for each tier and zone letter, whether the subnet exists or not. So a
// subnet's addresses depend on the block, its tier and its letter only: a zone or a tier that is added later takes its
// own slot and moves nothing, and one that is removed leaves a hole that nobody else gets.
//
//	private   the first half of the block           8 slots of 1/16 each
//	public    the fifth eighth                      8 slots of 1/64 each
//	isolated  the sixth eighth                      8 slots of 1/64 each
//	-         the last quarter                      kept for two more tiers
//
// In a /16 a private subnet is a /20 with 4091 usable addresses, the others a /22 with 1019. The letters a to h have
// slots; no region has more than six zones. IPv6 subnets are the /64 with the fixed number of the same slot.
//
// A VPC is a /16, the most that AWS allows, to a /20: its public subnets are /26, of which 59 addresses are usable. A
// load balancer wants 8 free ones in a subnet of at least /27.
// Sources: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html,
// https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html,
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
//
// # Prices
//
// MonthlyEstimate is for orientation: list prices of one day, without data and taxes. See Prices for their sources.
package netplan
