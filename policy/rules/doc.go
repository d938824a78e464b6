// Package rules is the list of all rules of the policy pack.
//
// A rule stands in <domain>/<id>.go and nowhere else: its examples are its tests, its texts are its documentation.
// zz_all.go and every domain's zz_rules.go are generated from these files.
package rules

//go:generate go run ../internal/registry
