// Package awsprovider builds an AWS provider for Pulumi from checksummed Go modules, for machines that cannot download
// the official one. The sandbox uses it; a deployment to AWS uses the official provider.
//
//	go run ./cmd/build -o <folder>
//
// The official provider is Terraform's AWS provider behind Pulumi's bridge. So is this one, with the official tokens,
// property names, nesting and automatic names, so that a program does not notice which of the two it talks to. It reports
// the version that the Go SDK asks for, 6.83.2. What differs is inside: Terraform AWS 6.13 where the official provider
// has 5.100, and 37 of its 250 services. What version 6 has changed is brought back; docs/sandbox.md lists what is not.
// Keep the states of the two apart.
//
// # Parts
//
//   - cmd/build copies the module to a work folder, vendors its dependencies there, compiles, and installs. Its
//     compilation of the services happens once: first the generator is linked, then, with what it computed embedded,
//     the provider.
//   - internal/overlay makes changed copies of some vendored files, which the go command compiles in place of the
//     originals: two lists of services cut down to those in services.go; the waiters with their delays divided by the
//     environment variable BULWARK_PACE (1 if unset; only the sandbox sets it); the argument "region" and other
//     decisions of Terraform AWS 6 taken back (region.go, version5.go); types and schemas that are shared, and so
//     compared quickly (types.go); a quicker start; and a request body that may be closed before its answer is read.
//   - internal/names knows the official names. The table names.json is worked out by cmd/names from the Terraform schemas
//     and the sources of the Go SDK; exceptions.go and autonames.go hold what no rule gives, and newer.txt lists what is
//     left out because the official provider does not have it.
//   - internal/gosdk reads those sources, internal/terraform holds the Terraform schemas as plain data.
//   - bridge applies the table to the Terraform provider; internal/inputs is what it does to values on their way, such as
//     arguments that version 6 has removed.
//   - cmd/schemagen computes the Pulumi schema, cmd/pulumi-resource-aws is the provider.
//   - internal/fidelity compares the schema of a build with the Go SDK; accepted.txt holds the differences that are known,
//     each with its reason.
//
// The packages that link Terraform's provider carry the build tag "provider": a plain go test ./... stays fast. The tests
// that look at a build carry the tag "sandbox":
//
//	BULWARK_AWS_PROVIDER=<folder> go test -tags sandbox ./...
//
// # Adding a service
//
// Add its folder name to internal/overlay/services.go, build, work the names out anew, and build again:
//
//	go run ./cmd/build -o <folder>
//	go run ./cmd/names -terraform <folder>/terraform.json -v
//	go run ./cmd/build -o <folder>
//
// cmd/names lists what it finds no name for: exceptions.go is the place for it, unless it is newer than the official
// provider; newer.txt shows which way it went. Then run the sandbox tests.
//
// # A newer Terraform provider or Go SDK
//
// Change go.mod, build, run cmd/names and the sandbox tests: they name each difference that is new, and each accepted one
// that is gone. An overlay whose original has changed stops the build with the text that it looked for.
package awsprovider
