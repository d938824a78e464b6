// Package dns makes public hosted zones of Route 53, and says to other components which zone is meant.
//
// A zone for a domain, and a load balancer that is reached under a name in it:
//
//	zone, err := dns.NewHostedZone(ctx, "zone", &dns.HostedZoneArgs{Labels: labels, ZoneName: "acme.example"})
//	...
//	_, err = loadbalancing.NewLoadBalancer(ctx, "edge", &loadbalancing.LoadBalancerArgs{
//		DomainNames: []string{"app.acme.example"},
//		HostedZone:  zone.Zone(),
//		...
//	})
//
// A zone that exists already is &dns.Zone{Id: id, Name: "acme.example"}.
//
// # What it decides
//
// A permanent zone is protected and retained: one that is created anew has other name servers, and its domain is out of
// reach until the registrar or the parent zone names them. A disposable one is deleted together with the records in it,
// whoever made them.
//
// # What it does not do
//
// No private zones, no DNSSEC, no query logs, no records: components that have names make their own.
//
// # Upgrades
//
// Names, tokens and outputs do not change without an alias. No upgrade replaces a hosted zone.
package dns
