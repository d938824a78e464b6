// Package network has the rules about VPCs: their subnets, routes and endpoints, and who gets through security groups
// and network ACLs.
package network
