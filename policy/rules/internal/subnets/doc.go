// Package subnets tells public subnets from private ones, for the rules of all domains.
package subnets
