// Package rds has the rules about RDS instances and Aurora clusters and what belongs to them.
package rds
