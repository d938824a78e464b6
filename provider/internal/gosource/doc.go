// Package gosource reads what the components say about themselves in Go: doc comments of types, fields and constants,
// the values of constants, and which functions construct a component.
//
// It reads source, not compiled code, because comments exist in source only. Constants are worked out by go/types, which
// needs the packages of the module, and nothing of its dependencies: those are taken to be empty, so that reading takes
// milliseconds.
package gosource
