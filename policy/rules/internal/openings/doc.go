// Package openings reads what security groups let through, for the rules of all domains: rules of a group stand in it, in
// resources of their own, or both, and are written in three ways.
package openings
