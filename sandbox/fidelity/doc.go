// Package fidelity tests the sandbox itself: one program registers every resource type that the components use, with
// every property that they set, and goes through a whole life at the emulator. Whatever emulator or provider loses or
// changes shows as a difference.
//
// What the components use is read from their golden files. A component with a new property fails this test until the
// program in program_test.go sets it too.
package fidelity
