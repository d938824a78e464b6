// Package edge has the rules about load balancers, certificates and web ACLs: what the internet sees.
package edge
