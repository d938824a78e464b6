// Package e2e runs the policy pack where it has to work: under the Pulumi engine, with programs that deploy. Its tests
// carry the build tag sandbox:
//
//	go test -tags sandbox ./policy/e2e
package e2e
