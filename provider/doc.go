// Package provider serves the components of Bulwark as the Pulumi package "bulwark", for programs in Python, TypeScript,
// YAML and the other languages of Pulumi. Programs in Go import the components themselves.
//
// The plugin is one binary, which has to be called pulumi-resource-bulwark:
//
//	go build -o bin/ ./cmd/pulumi-resource-bulwark
//
// How a program uses it is told in docs/languages.md.
//
// # What it serves
//
// Every component of components/*, listed once in components.go, under the token that it has in Go
// (bulwark:storage:Bucket) and with the same arguments. Children are the same resources under the same names, so a stack
// can move between languages without replacing anything.
//
// # What crosses the border, and what does not
//
// Fields with a pulumi tag are properties. Fields with a sibling tag (a *storage.LogBucket, a provider) are values of Go
// alone; the tag says what other languages set instead. Methods, such as grants, stay in Go.
//
// A component copies its inputs into Go structs, which drops what it does not know, and stops with a message about Go
// types at what does not fit. So the inputs are checked before: unknown properties, wrong types, and outputs of other
// resources where the value decides what is built, each with its path, all at once.
//
// # The schema
//
// schema.json is what the generated libraries and editors know. It is inferred from the Go types, with the Go comments
// as descriptions (internal/schemagen), by the test that compares it; -update writes it. The plugin serves the file.
//
// # Adding a component
//
// Add its constructor to components.go, accept the schema (go test . -run TestSchema -update), and give twins_test.go a
// case. Each of these is demanded by a test.
//
// # Upgrades
//
// Tokens and properties follow the components. A property disappears with a new major version only; schema.json shows
// it in review.
package provider
