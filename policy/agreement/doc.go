// Package agreement holds the rules against the examples of another scanner: where a rule says that it asks the same as a
// check of Trivy (rule.References.Trivy), it has to pass what that check's authors call good, and fail what they call bad.
//
// The examples are Terraform. They are read from the module github.com/aquasecurity/trivy-checks when the test runs, and
// turned into the resources and properties that pulumi-aws makes of the same settings. testdata/disagreements.txt lists
// where the two do not agree, and why; a disagreement that it does not list fails the test, and so does one that is gone.
//
// It is a module of its own, so that nobody who uses Bulwark gets to see what it requires.
package agreement
