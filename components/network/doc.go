// Package network makes VPCs in which nothing can be reached, and nothing can be sent, that was not asked for.
//
// A VPC, and a service that may use a database and AWS:
//
//	main, err := network.NewVpc(ctx, "main", &network.VpcArgs{
//		Labels:           labels,
//		EndpointServices: []network.EndpointService{network.EndpointECR, network.EndpointLogs},
//	})
//	...
//	inMain := &network.SecurityGroupArgs{Labels: labels, Network: main.Network()}
//	service, err := network.NewSecurityGroup(ctx, "service", inMain)
//	database, err := network.NewSecurityGroup(ctx, "database", inMain)
//	...
//	_, err = network.Allow(ctx, service, database, 5432)
//	_, err = network.AllowAWS(ctx, service)
//
// # What it builds
//
// NewVpc makes a VPC with public, private and isolated subnets, route tables, the way out that VpcArgs.Egress says,
// endpoints and flow logs. NewExistingVpc takes one that exists, by ids or by the outputs of an awsx.ec2.Vpc. Both
// return the same Network, which is what other components take. NewSecurityGroup makes a group, Allow connects two.
//
// # What it decides
//
// Subnets have fixed slots by tier and zone letter, so that zones and tiers can be added later and nothing moves; the
// internal package netplan says which. No subnet assigns public addresses by itself. The VPC's default security group
// and route table let nothing through. The network ACLs let in the public ports, the connected networks, and answers,
// but neither remote desktops nor shells. Flow logs record every connection, minute by minute.
//
// S3 is reached through a gateway endpoint, which is free, with every choice of Egress. Interface endpoints follow from
// VpcArgs.EndpointServices, because each of them costs by zone and hour. The policies of all of them let the account's
// own identities reach resources of the account, and nothing else; S3's also lets container images through. The preview
// says what the ways out cost a month.
//
// A security group has no rule, in either direction, until Allow makes one. Rules are separate resources with
// descriptions; they name other groups, the prefix list of S3 or named addresses. Everybody is Internet: it reaches the
// public ports only (80 and 443 by default), and no port of a database.
//
// # Errors
//
// What is wrong is said before anything is created, all of it at once: blocks that overlap or are too small, zones that
// the region does not have, services without an endpoint there, connections into another VPC, databases open to the
// internet. For that the region is asked, with the provider that the component was given.
//
// # Lifecycle
//
// A permanent VPC is protected. Its flow logs and their key are protected and retained.
//
// # What it does not do
//
// No peering, transit gateways or VPNs: connect the VPC with pulumi-aws, and name the other side in PeerCidrs. No
// secondary blocks, no UDP or ICMP between groups. Allow and AllowAWS exist in Go only; other languages make rules with
// the ids that the components return.
//
// # Upgrades
//
// Names, tokens and outputs do not change without an alias. No upgrade replaces a VPC or moves a subnet.
package network
