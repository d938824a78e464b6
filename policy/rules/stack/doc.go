// Package stack has the rules about every resource, whatever its service: tags, protection, providers, and what options
// and literals can hide.
package stack
