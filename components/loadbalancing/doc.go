// Package loadbalancing makes Application Load Balancers: the way in through which the internet, or the rest of the
// network, reaches a service.
//
// A load balancer with a domain name, and a service behind it:
//
//	balancer, err := loadbalancing.NewLoadBalancer(ctx, "edge", &loadbalancing.LoadBalancerArgs{
//		Labels:      labels,
//		Network:     main.Network(),
//		Scheme:      loadbalancing.InternetFacing,
//		DomainNames: []string{"app.acme.example"},
//		HostedZone:  &dns.Zone{Id: zone.ZoneId, Name: "acme.example"},
//		TargetGroups: []loadbalancing.TargetGroup{
//			{Name: "app", Port: 8080, HealthCheck: &loadbalancing.HealthCheck{Path: "/health"}},
//		},
//		DefaultTargetGroup: "app",
//		LogBucket:          logs,
//	})
//	...
//	_, err = network.Allow(ctx, balancer.SecurityGroup, service, 8080)
//
// # What it builds
//
// NewLoadBalancer makes the load balancer with its listeners, rules and target groups, a security group, a certificate
// that renews itself, and the records that point the domain names at it. All of them are exposed as the resources of
// pulumi-aws. A hosted zone for a domain that has none yet comes from package dns.
//
// # What it decides
//
// A load balancer is internal unless the program says InternetFacing. It offers TLS 1.2 and 1.3 with the ciphers that
// AWS recommends; port 80 answers with a permanent redirect. Requests that could be understood in two ways are
// refused, header fields that HTTP does not know are dropped, and the host that the client named reaches the target.
// What no rule matches is answered with 404, unless there is a DefaultTargetGroup.
//
// An internet-facing load balancer lets everybody reach 443 and 80, or only the AllowedClients that are named; an
// internal one lets in AllowedClients and nobody else. Nothing may go out: whoever puts a service behind it allows the
// connection to that service with network.Allow, which names both ends.
//
// Access and connection logs are required, in two prefixes of a log bucket, unless Logging is toggle.Disabled.
//
// ListenerHTTP makes a load balancer without a certificate, for a sandbox or a development stack without a domain. It
// never happens by itself.
//
// # Errors
//
// What is wrong is reported before anything is created, all of it at once: certificates of another region, names
// outside of the zone, a log bucket that would refuse the logs, rules with the same priority, numbers that AWS
// refuses. What is known late, such as the zones of an existing network's subnets, is checked as soon as it is known.
//
// # Lifecycle
//
// A permanent load balancer is protected, by Pulumi and by AWS. A disposable one can be destroyed.
//
// # Changes
//
// Target groups have generated names, and are replaced without a gap. Between ListenerHTTP and ListenerHTTPS the
// listener on port 80 stays. A change of DomainNames makes a new certificate before the old one goes.
//
// # What it does not do
//
// No web ACL: package waf takes LoadBalancerArn. No sign-in at the listener, no client certificates, no weighted target
// groups: add lb.ListenerRule to ListenerArn, with a priority that Rules do not use.
//
// # Upgrades
//
// Names, tokens and outputs do not change without an alias. No upgrade replaces a load balancer; the default of
// SecurityPolicy follows AWS's recommendation, in place.
package loadbalancing
