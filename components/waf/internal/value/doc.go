// Package value judges the plain values that a web ACL is made of: networks, countries, paths, ARNs. It knows no resource,
// so that its tests need no compiled provider package.
package value
